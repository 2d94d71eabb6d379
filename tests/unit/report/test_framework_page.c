/* SPDX-License-Identifier: Apache-2.0 */
/* Holds docs/frameworks.md against the tables: PIKET_GOLDEN_RENEW=1 writes it
 * anew. */
#include <string.h>

#include "base/cleanup.h"
#include "control/requirement/framework.h"
#include "unit/report/golden.h"
#include "report/view/report.h"
#include "unit/unit.h"

static const char introduction[] =
    "# Frameworks\n"
    "\n"
    "What `piket check --framework ID` counts by, and `piket explain ID` "
    "explains. Titles are in our words; the publisher's\n"
    "text decides. *direct*: the control's own text asks for the setting. "
    "*related*: somebody maps the setting to a control\n"
    "that asks for something wider; it is evidence beside other evidence. "
    "*mapped by* names that somebody: azure-policy is\n"
    "Microsoft's own mapping.\n"
    "\n"
    "No control and no mapping asks for contact-enabled or email-valid. They "
    "stand beside a setting, as contact-configured\n"
    "does, because it has no effect without them.\n"
    "\n"
    "Left out because only Baseline Veilige Cloud names it: ISO/IEC "
    "27001:2022 A.5.25. Its \"CIS 3.0.0, 2.1.20\" is 3.1.13\n"
    "in that version. Left out because only one of its four controls has a "
    "mapping: CIS 1.0.0, whose numbers are those of 1.1.0.\n"
    "\n"
    "Also mapped by azure-policy or Prowler, and left out here: Azure "
    "Security Benchmark 3, NIST SP 800-53 revision 4,\n"
    "FedRAMP 20x, HIPAA, MITRE ATT&CK, C5, SecNumCloud, the Cyber Assessment "
    "Framework of the United Kingdom, SWIFT CSCF,\n"
    "APRA CPS 234, RBI, RMiT, LGPD and Sarbanes-Oxley.\n"
    "\n"
    "A test holds this page against the tables in `src/control/`; "
    "`PIKET_GOLDEN_RENEW=1` writes it anew.\n";

static void
append_control(struct buffer *page, const struct framework_control *control)
{
    buffer_printf(page, "| %s | %s | ", control->number, control->title);
    for (size_t i = 0; control->requirements[i] != NULL; i++)
        buffer_printf(page, "%s%s", i > 0 ? ", " : "",
                      control->requirements[i]);
    buffer_printf(page, " | %s | %s |\n",
                  framework_strength_name(control->strength), control->source);
}

static void
the_page_says_what_the_tables_say(void **state)
{
    AUTOBUFFER page = BUFFER_INIT(REPORT_CEILING);

    (void) state;
    buffer_append_text(&page, introduction);
    for (size_t i = 0; i < framework_table_length; i++) {
        const struct framework *framework = &framework_table[i];
        buffer_printf(&page,
                      "\n## %s\n\n%s %s, %s\n\n"
                      "| control | asks for | shown by | strength | mapped by "
                      "|\n|---|---|---|---|---|\n",
                      framework->id, framework->title, framework->version,
                      framework->publisher);
        for (size_t j = framework_control_next(framework, 0);
             j < framework_control_table_length;
             j = framework_control_next(framework, j + 1))
            append_control(&page, &framework_control_table[j]);
    }
    assert_false(buffer_failed(&page));
    golden_compare("../../docs/frameworks.md", &page);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_page_says_what_the_tables_say),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
