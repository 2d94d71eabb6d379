/* SPDX-License-Identifier: Apache-2.0 */
#include "control/requirement/requirement.h"

#include "base/cleanup.h"
#include "control/requirement/requirement_table.h"
#include "unit/unit.h"

static const char *const soc[] = { "soc@contoso.nl" };
static const char *const domains[] = { "contoso.nl" };

static void
lists_the_documented_requirements(void **state)
{
    static const struct {
        const char *id, *severity;
    } documented[] = {
        { "contact-configured", "high" },      { "contact-enabled", "high" },
        { "email-configured", "high" },        { "email-valid", "high" },
        { "email-count", "medium" },           { "email-domain", "medium" },
        { "phone-configured", "low" },         { "phone-valid", "low" },
        { "alerts-notified", "high" },         { "owner-notified", "medium" },
        { "attack-paths-notified", "medium" }, { "desired-contact", "medium" },
    };

    (void) state;
    assert_int_equal(requirement_table_length, ARRAY_LENGTH(documented));
    for (size_t i = 0; i < ARRAY_LENGTH(documented); i++) {
        const struct requirement *row = &requirement_table[i];
        assert_string_equal(row->id, documented[i].id);
        assert_string_equal(requirement_severity_name(row->severity),
                            documented[i].severity);
    }
    assert_null(requirement_by_id("phone"));
}

static void
knows_what_is_configured(void **state)
{
    const struct thresholds nothing = { 0 };
    const struct thresholds phone = { .desired_phone = "+31201234567" };
    const struct thresholds emails = { .desired_emails = soc,
                                       .desired_email_count = 1 };
    const struct thresholds some = { .allowed_domains = domains,
                                     .allowed_domain_count = 1 };
    const struct requirement *domain = requirement_by_id("email-domain");
    const struct requirement *desired = requirement_by_id("desired-contact");

    (void) state;
    assert_false(domain->configured(&nothing));
    assert_true(domain->configured(&some));
    assert_int_equal(domain->unconfigured, FINDING_REASON_NO_DOMAINS);
    assert_false(desired->configured(&nothing));
    assert_true(desired->configured(&phone));
    assert_true(desired->configured(&emails));
    assert_int_equal(desired->unconfigured, FINDING_REASON_NO_DESIRED);
    assert_null(requirement_by_id("email-valid")->configured);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lists_the_documented_requirements),
        cmocka_unit_test(knows_what_is_configured),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
