/* SPDX-License-Identifier: Apache-2.0 */
#include "report/view/report.h"

#include <jansson.h>
#include <string.h>

#include "base/cleanup.h"
#include "unit/report/golden.h"
#include "unit/report/sample_run.h"
#include "unit/unit.h"

static void
write_json(const struct run *run, struct buffer *target)
{
    const struct report_view view = { .run = run };
    AUTOERROR err = ERROR_INIT;

    if (report_by_name("json")->write(&view, target, &err) < 0)
        fail_msg("%s", error_message(&err));
}

static void
writes_runs(void **state)
{
    static const struct {
        const char *path, *profile;
    } cases[] = {
        { "json/strict.json", NULL },
        { "json/baseline-nl.json", "baseline-nl" },
    };

    (void) state;
    for (size_t i = 0; i < ARRAY_LENGTH(cases); i++) {
        AUTOBUFFER target = BUFFER_INIT(REPORT_CEILING);
        struct run *run = sample_run_new(
            cases[i].profile != NULL ? profile_by_name(cases[i].profile)
                                     : NULL);
        write_json(run, &target);
        golden_compare(cases[i].path, &target);
        run_free(run);
    }
}

static void
counts_by_frameworks(void **state)
{
    const struct framework *const frameworks[] = {
        framework_by_id("cis-3.0"),
        framework_by_id("cis-5.0"),
    };
    AUTOBUFFER target = BUFFER_INIT(REPORT_CEILING);
    struct run *run = sample_run_new(profile_by_name("conformity"));
    const struct report_view view = {
        .run = run,
        .frameworks = frameworks,
        .framework_count = ARRAY_LENGTH(frameworks),
    };

    (void) state;
    assert_int_equal(report_by_name("json")->write(&view, &target, NULL), 0);
    golden_compare("json/frameworks.json", &target);
    run_free(run);
}

static void
writes_a_run_in_which_nothing_could_be_read(void **state)
{
    AUTOBUFFER target = BUFFER_INIT(REPORT_CEILING);
    struct run *run = sample_run_empty(profile_default());

    (void) state;
    run->complete = false;
    run->config = "piket.yaml";
    run->tenants[0].error = "HTTP 401\033[2J";
    run->tenants[0].credential = NULL;
    assert_int_equal(run_add_error(run, "the listing broke off", NULL), 0);
    write_json(run, &target);
    golden_compare("json/unread.json", &target);
    run_free(run);
}

static void
writes_what_is_delegated_and_not_visible(void **state)
{
    AUTOBUFFER target = BUFFER_INIT(REPORT_CEILING);
    struct run *run = sample_run_new(profile_by_name("conformity"));

    (void) state;
    sample_run_uncover(run);
    write_json(run, &target);
    golden_compare("json/coverage.json", &target);
    run_free(run);
}

/* The parts that are written one by one are one document, laid out as if it
 * had been written whole. */
static void
is_one_document(void **state)
{
    AUTOBUFFER target = BUFFER_INIT(REPORT_CEILING);
    struct run *run = sample_run_new(NULL);
    json_error_t error;

    (void) state;
    write_json(run, &target);
    json_t *document =
        json_loadb(target.data, target.length, JSON_REJECT_DUPLICATES, &error);
    if (document == NULL)
        fail_msg("line %d: %s", error.line, error.text);
    AUTOFREE char *whole =
        json_dumps(document, JSON_INDENT(2) | JSON_ENSURE_ASCII);
    assert_non_null(whole);
    assert_int_equal(strlen(whole) + 1, target.length);
    assert_memory_equal(target.data, whole, strlen(whole));
    assert_int_equal(target.data[target.length - 1], '\n');
    json_decref(document);
    run_free(run);
}

static const json_t *
subscription_named(const json_t *document, const char *name)
{
    size_t i;
    const json_t *item;

    json_array_foreach(
        json_object_get(document, "subscriptions"), i,
        item) if (strcmp(json_string_value(json_object_get(item, "name")),
                         name)
                  == 0) return item;
    fail_msg("no subscription is named %s", name);
    return NULL;
}

static void
keeps_foreign_text_and_ascii(void **state)
{
    static const char name[] = "\033[31mred\033[0m \xe2\x80\xaegnp.exe\xc2\x9b"
                               "2J";
    static const char note[] = "deleted\177\177";
    AUTOBUFFER target = BUFFER_INIT(REPORT_CEILING);
    struct run *run = sample_run_new(NULL);

    (void) state;
    assert_int_equal(run_add_note(run, note, NULL), 0);
    write_json(run, &target);
    for (size_t i = 0; i < target.length; i++)
        assert_true(target.data[i] == '\n'
                    || (target.data[i] >= 0x20 && target.data[i] < 0x7f));
    json_t *document = json_loadb(target.data, target.length, 0, NULL);
    assert_non_null(document);
    assert_non_null(subscription_named(document, name));
    const json_t *notes =
        json_object_get(json_object_get(document, "run"), "notes");
    assert_string_equal(
        json_string_value(json_array_get(notes, json_array_size(notes) - 1)),
        note);
    json_decref(document);
    run_free(run);
}

static void
recommends_once_for_one_cause(void **state)
{
    AUTOBUFFER target = BUFFER_INIT(REPORT_CEILING);
    struct run *run = sample_run_new(NULL);

    (void) state;
    write_json(run, &target);
    json_t *document = json_loadb(target.data, target.length, 0, NULL);
    assert_non_null(document);
    const json_t *item = subscription_named(document, "Data-Lab");
    const json_t *recommended = json_object_get(item, "recommendations");
    assert_int_equal(json_array_size(json_object_get(item, "findings")), 12);
    assert_int_equal(json_array_size(recommended), 1);
    assert_string_equal(json_string_value(json_array_get(recommended, 0)),
                        "create a security contact named default");
    item = subscription_named(document, "Closed");
    assert_true(json_is_null(json_object_get(item, "reach")));
    assert_true(json_is_null(json_object_get(item, "contact")));
    item = subscription_named(document, "Infra-Edge");
    assert_true(json_is_null(
        json_object_get(json_object_get(item, "error"), "httpStatus")));
    json_decref(document);
    run_free(run);
}

static void
fails_where_there_is_no_room(void **state)
{
    struct run *run = sample_run_new(NULL);
    const struct report_view view = { .run = run };

    (void) state;
    for (size_t ceiling = 0; ceiling < 5000; ceiling += 499) {
        AUTOBUFFER target = BUFFER_INIT(ceiling);
        AUTOERROR err = ERROR_INIT;
        assert_int_equal(report_by_name("json")->write(&view, &target, &err),
                         -1);
        assert_non_null(err.message);
    }
    run_free(run);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(writes_runs),
        cmocka_unit_test(counts_by_frameworks),
        cmocka_unit_test(writes_a_run_in_which_nothing_could_be_read),
        cmocka_unit_test(writes_what_is_delegated_and_not_visible),
        cmocka_unit_test(is_one_document),
        cmocka_unit_test(keeps_foreign_text_and_ascii),
        cmocka_unit_test(recommends_once_for_one_cause),
        cmocka_unit_test(fails_where_there_is_no_room),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
