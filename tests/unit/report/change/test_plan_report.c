/* SPDX-License-Identifier: Apache-2.0 */
#include "report/change/plan_report.h"

#include <string.h>

#include "unit/control/sample_plan.h"
#include "base/cleanup.h"
#include "unit/report/golden.h"
#include "report/markup/column.h"
#include "report/view/report.h"
#include "unit/unit.h"

static struct run *run;
static struct plan *plan, *reversal;

static int
begin(void **state)
{
    (void) state;
    run = sample_plan_run();
    plan = sample_plan(run);
    reversal = sample_plan_reversal(run);
    return 0;
}

static int
end(void **state)
{
    (void) state;
    plan_free(reversal);
    plan_free(plan);
    run_free(run);
    return 0;
}

static struct plan_view
view_of(const struct plan *shown)
{
    return (struct plan_view){
        .plan = shown, .rows = 20, .exit_status = 2, .tenant_named = true
    };
}

static void
compare(const struct plan_view *view, const char *format, const char *golden)
{
    AUTOBUFFER written = BUFFER_INIT(REPORT_CEILING);
    AUTOERROR err = ERROR_INIT;

    if (plan_format_by_name(format)->write(view, &written, &err) < 0)
        fail_msg("%s", error_message(&err));
    golden_compare(golden, &written);
}

static void
writes_a_remediation(void **state)
{
    struct plan_view view = view_of(plan);

    (void) state;
    compare(&view, "text", "plan/remediation.txt");
    view.rows = 0;
    view.colour = true;
    compare(&view, "text", "plan/colour.txt");
    view = view_of(plan);
    view.language = language_by_name("nl");
    compare(&view, "text", "nl/plan/remediation.txt");
    view = view_of(plan);
    view.digest = "5feceb66ffc86f38d952786c6d696c79"
                  "c2dbc239dd4e91b46729d73a27fb57e9";
    compare(&view, "json", "plan/remediation.json");
}

static void
writes_a_reversal(void **state)
{
    struct plan_view view = view_of(reversal);

    (void) state;
    view.exit_status = 1;
    view.saved = "plan.json";
    compare(&view, "text", "plan/reversal.txt");
    compare(&view, "json", "plan/reversal.json");
}

static void
writes_one_that_is_empty(void **state)
{
    struct plan *empty;
    AUTOERROR err = ERROR_INIT;

    (void) state;
    assert_int_equal(
        plan_new(&empty, PLAN_REMEDIATION, 1795338850000, 1, &err), 0);
    empty->profile = "baseline-nl";
    empty->complete = true;
    empty->subscriptions = 3;
    empty->compliant = 3;
    struct plan_view view = view_of(empty);
    view.exit_status = 0;
    compare(&view, "text", "plan/empty.txt");
    plan_free(empty);
}

static void
write_text(const struct plan_view *view, struct buffer *target)
{
    AUTOERROR err = ERROR_INIT;

    if (plan_text_write(view, target, &err) < 0)
        fail_msg("%s", error_message(&err));
}

/* Nothing of what came from Azure acts on a terminal. */
static void
is_safe_on_a_terminal(void **state)
{
    const struct plan_view view = { .plan = plan };
    AUTOBUFFER written = BUFFER_INIT(REPORT_CEILING);

    (void) state;
    write_text(&view, &written);
    assert_non_null(strstr(buffer_text(&written), "calc"));
    for (size_t i = 0; i < written.length; i++)
        assert_true((unsigned char) written.data[i] >= 0x20
                    || written.data[i] == '\n');
}

static void
keeps_within_the_width(void **state)
{
    const struct plan_view views[] = {
        { .plan = plan },
        { .plan = plan, .language = language_by_name("nl") },
        { .plan = reversal, .language = language_by_name("nl") },
    };

    (void) state;
    for (size_t i = 0; i < ARRAY_LENGTH(views); i++) {
        AUTOBUFFER written = BUFFER_INIT(REPORT_CEILING);
        AUTOCOLUMN column;
        column_init(&column);
        write_text(&views[i], &written);
        for (char *line = written.data, *next; *line != '\0'; line = next) {
            next = strchr(line, '\n') + 1;
            next[-1] = '\0';
            if (column_width(&column, line) > PLAN_WIDTH)
                fail_msg("too wide: %s", line);
        }
    }
}

/* Ahead of being applied, nothing is said of how to apply it. */
static void
says_no_next_step_where_it_is_applied(void **state)
{
    struct plan_view view = view_of(plan);
    AUTOBUFFER written = BUFFER_INIT(REPORT_CEILING);

    (void) state;
    view.applying = true;
    write_text(&view, &written);
    assert_null(strstr(buffer_text(&written), "Next:"));
    assert_null(strstr(buffer_text(&written), "exit status"));
    assert_non_null(strstr(buffer_text(&written), "KNOW BEFORE"));
}

static size_t
count(const char *text, const char *part)
{
    size_t found = 0;

    for (; (text = strstr(text, part)) != NULL; text += strlen(part))
        found++;
    return found;
}

/* Two thousand contacts may differ in two thousand ways. */
static void
shows_so_many_kinds_of_change(void **state)
{
    struct plan_view view = view_of(plan);
    AUTOBUFFER few = BUFFER_INIT(REPORT_CEILING);
    AUTOBUFFER all = BUFFER_INIT(REPORT_CEILING);

    (void) state;
    view.rows = 2;
    write_text(&view, &few);
    assert_non_null(strstr(buffer_text(&few), "CHANGE   6"));
    assert_int_equal(count(buffer_text(&few), "- alerts"), 1);
    assert_non_null(
        strstr(buffer_text(&few), "... 3 more, in other ways: --rows all"));
    assert_non_null(strstr(buffer_text(&few), "... 21 more: --rows all"));
    assert_non_null(strstr(buffer_text(&few), "add --rows all"));
    view.rows = 0;
    write_text(&view, &all);
    assert_int_equal(count(buffer_text(&all), "- alerts"), 2);
    assert_null(strstr(buffer_text(&all), "--rows all"));
}

static void
knows_its_formats(void **state)
{
    (void) state;
    assert_int_equal(plan_format_table_length, 2);
    assert_null(plan_format_by_name("xml"));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(writes_a_remediation),
        cmocka_unit_test(writes_a_reversal),
        cmocka_unit_test(writes_one_that_is_empty),
        cmocka_unit_test(is_safe_on_a_terminal),
        cmocka_unit_test(keeps_within_the_width),
        cmocka_unit_test(says_no_next_step_where_it_is_applied),
        cmocka_unit_test(shows_so_many_kinds_of_change),
        cmocka_unit_test(knows_its_formats),
    };

    return cmocka_run_group_tests(tests, begin, end);
}
