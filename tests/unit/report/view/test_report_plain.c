/* SPDX-License-Identifier: Apache-2.0 */
/* The formats for machines and pages: jsonl, csv, markdown, prometheus,
 * nagios. */
#include "report/view/report.h"

#include <jansson.h>
#include <string.h>

#include "base/cleanup.h"
#include "control/mask/mask.h"
#include "unit/report/golden.h"
#include "unit/report/hostile_run.h"
#include "report/run/report_nagios.h"
#include "unit/report/sample_run.h"
#include "unit/unit.h"

static void
write_view(const char *format, const struct report_view *view,
           struct buffer *target)
{
    AUTOERROR err = ERROR_INIT;

    if (report_by_name(format)->write(view, target, &err) < 0)
        fail_msg("%s: %s", format, error_message(&err));
}

static void
compare_view(const char *format, const struct report_view *view,
             const char *path)
{
    AUTOBUFFER target = BUFFER_INIT(REPORT_CEILING);

    write_view(format, view, &target);
    golden_compare(path, &target);
}

static const struct {
    const char *format, *ending;
} formats[] = {
    { "jsonl", "jsonl" },     { "csv", "csv" },       { "markdown", "md" },
    { "prometheus", "prom" }, { "nagios", "nagios" },
};

static void
compare_all(const struct report_view *view, const char *name)
{
    for (size_t i = 0; i < ARRAY_LENGTH(formats); i++) {
        AUTOFREE char *path = NULL;
        if (asprintf(&path, "plain/%s.%s", name, formats[i].ending) < 0)
            fail_msg("out of memory");
        compare_view(formats[i].format, view, path);
    }
}

static void
write_the_hostile_run(void **state)
{
    const struct framework *const frameworks[] = {
        framework_by_id("cis-5.0"),
    };
    struct run *run = hostile_run_new();
    struct report_view view = {
        .run = run,
        .all = true,
        .exit_status = 2,
        .check_status = 2,
        .frameworks = frameworks,
        .framework_count = ARRAY_LENGTH(frameworks),
    };

    (void) state;
    compare_all(&view, "hostile");
    view.language = language_by_name("nl");
    compare_view("markdown", &view, "nl/plain/hostile.md");
    run_free(run);
}

static void
write_the_masked_run(void **state)
{
    struct run *run = hostile_run_new(), *masked = NULL, *previous;

    (void) state;
    assert_int_equal(mask_run(run, NULL, &masked, &previous, NULL), 0);
    const struct report_view view = { .run = masked, .check_status = 2 };
    compare_view("json", &view, "plain/masked.json");
    compare_view("markdown", &view, "plain/masked.md");
    run_free(masked);
    run_free(run);
}

static void
write_a_run_in_which_nothing_could_be_read(void **state)
{
    struct run *run = sample_run_empty(profile_default());
    const struct report_view view = { .run = run, .check_status = 2 };

    (void) state;
    run->complete = false;
    run->tenants[0].error = "HTTP 401\033[2J";
    run->tenants[0].credential = NULL;
    assert_int_equal(run_add_error(run, "the listing broke off", NULL), 0);
    compare_all(&view, "unread");
    run_free(run);
}

static void
cut_to_the_rows_that_are_wanted(void **state)
{
    struct run *run = sample_run_new(profile_by_name("conformity"));
    const struct report_view view = { .run = run,
                                      .rows = 1,
                                      .check_status = 1 };

    (void) state;
    compare_view("markdown", &view, "plain/rows.md");
    compare_view("prometheus", &view, "plain/rows.prom");
    compare_view("nagios", &view, "plain/rows.nagios");
    run_free(run);
}

/* All of it, and each by itself. */
static void
jsonl_holds_what_json_holds(void **state)
{
    AUTOBUFFER lines = BUFFER_INIT(REPORT_CEILING);
    AUTOBUFFER whole = BUFFER_INIT(REPORT_CEILING);
    struct run *run = hostile_run_new();
    const struct report_view view = { .run = run };
    size_t count = 0;

    (void) state;
    write_view("jsonl", &view, &lines);
    write_view("json", &view, &whole);
    json_t *document = json_loadb(whole.data, whole.length, 0, NULL);
    assert_non_null(document);
    const json_t *subscriptions = json_object_get(document, "subscriptions");
    for (char *line = lines.data; *line != '\0'; count++) {
        char *end = strchr(line, '\n');
        assert_non_null(end);
        json_t *tree = json_loadb(line, (size_t) (end - line),
                                  JSON_REJECT_DUPLICATES, NULL);
        assert_non_null(tree);
        if (count == 0) {
            assert_true(json_equal(json_object_get(tree, "run"),
                                   json_object_get(document, "run")));
            assert_true(json_equal(json_object_get(tree, "summary"),
                                   json_object_get(document, "summary")));
        } else {
            assert_string_equal(
                json_string_value(json_object_get(tree, "type")),
                "subscription");
            assert_string_equal(
                json_string_value(json_object_get(tree, "runId")), run->id);
            assert_int_equal(json_object_del(tree, "type"), 0);
            assert_int_equal(json_object_del(tree, "runId"), 0);
            assert_true(
                json_equal(tree, json_array_get(subscriptions, count - 1)));
        }
        json_decref(tree);
        line = end + 1;
    }
    assert_int_equal(count, json_array_size(subscriptions) + 1);
    json_decref(document);
    run_free(run);
}

/* Whichever separator a spreadsheet believes in: nothing that begins a field
 * begins a formula. */
static void
csv_holds_no_formula(void **state)
{
    AUTOBUFFER target = BUFFER_INIT(REPORT_CEILING);
    struct run *run = hostile_run_new();
    const struct report_view view = { .run = run };
    bool quoted = false; /* for who separates by commas */
    size_t defused = 0;

    (void) state;
    run->assessments[0].subscription.name = "x; \"=cmd|' /C calc'!A0";
    run->assessments[1].subscription.name = "\"=1+1";
    run->assessments[2].subscription.name = "\xef\xbc\x9d"
                                            "1+1;;-1";
    write_view("csv", &view, &target);
    for (const char *next = buffer_text(&target); *next != '\0'; next++) {
        quoted = quoted != (*next == '"');
        if (*next != ';' && (quoted || (*next != ',' && *next != '\n')))
            continue;
        const char *begin = next + 1 + strspn(next + 1, " \"");
        defused += *begin == '\'';
        if (*begin != '\0' && strchr("=+-@\t", *begin) != NULL)
            fail_msg("a formula: %.40s", next);
    }
    assert_true(defused > 20);
    assert_non_null(
        strstr(buffer_text(&target), ",\"x;' \"\"=cmd|' /C calc'!A0\","));
    assert_non_null(strstr(buffer_text(&target), ",\"'\xef\xbc\x9d"
                                                 "1+1;;'-1\","));
    run_free(run);
}

/* Series of single subscriptions have an end, and say so. */
static void
prometheus_leaves_out_what_nobody_could_keep(void **state)
{
    AUTOBUFFER target = BUFFER_INIT(REPORT_CEILING);
    struct run *run = hostile_run_many(2500);
    const struct report_view view = { .run = run };
    size_t count = 0;

    (void) state;
    write_view("prometheus", &view, &target);
    for (const char *next = buffer_text(&target);
         (next = strstr(next, "\npiket_subscription_problem{")) != NULL;
         next++)
        count++;
    assert_int_equal(count, 1000);
    assert_non_null(strstr(buffer_text(&target),
                           "\npiket_subscription_problems_left_out 1500\n"));
    run_free(run);
}

static void
nagios_has_statuses_and_room_of_its_own(void **state)
{
    static const struct {
        int check, nagios;
    } cases[] = {
        { 0, 0 }, { 1, 2 }, { 2, 3 }, { 3, 3 }, { 130, 3 }, { 143, 3 },
    };
    AUTOBUFFER target = BUFFER_INIT(REPORT_CEILING);
    AUTOERROR err = ERROR_INIT;
    struct run *run = hostile_run_new();
    const struct report_view view = { .run = run, .check_status = 1 };

    (void) state;
    for (size_t i = 0; i < ARRAY_LENGTH(cases); i++)
        assert_int_equal(report_nagios_exit_status(cases[i].check),
                         cases[i].nagios);
    write_view("nagios", &view, &target);
    assert_true(target.length < 4096);
    assert_true(strchr(buffer_text(&target), '|')
                == strrchr(buffer_text(&target), '|'));
    buffer_clear(&target);
    error_set(&err, "no <b>credential</b> | 'x'=1\nsecond");
    assert_int_equal(report_nagios_failure(&err, &target), 0);
    assert_string_equal(buffer_text(&target),
                        "PIKET UNKNOWN - could not run: no "
                        "\xe2\x80\xb9"
                        "b\xe2\x80\xba"
                        "credential\xe2\x80\xb9/b\xe2\x80\xba \xc2\xa6 "
                        "'x'=1 second\n");
    run_free(run);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(write_the_hostile_run),
        cmocka_unit_test(write_the_masked_run),
        cmocka_unit_test(write_a_run_in_which_nothing_could_be_read),
        cmocka_unit_test(cut_to_the_rows_that_are_wanted),
        cmocka_unit_test(jsonl_holds_what_json_holds),
        cmocka_unit_test(csv_holds_no_formula),
        cmocka_unit_test(prometheus_leaves_out_what_nobody_could_keep),
        cmocka_unit_test(nagios_has_statuses_and_room_of_its_own),
    };

    return cmocka_run_group_tests_name("report_plain", tests, NULL, NULL);
}
