/* SPDX-License-Identifier: Apache-2.0 */
#include "report/view/report.h"

#include <locale.h>
#include <string.h>

#include "base/cleanup.h"
#include "base/text.h"
#include "unit/report/golden.h"
#include "unit/report/sample_run.h"
#include "unit/unit.h"

static void
assert_text(const struct report_view *view, const char *path)
{
    AUTOBUFFER target = BUFFER_INIT(REPORT_CEILING);
    AUTOERROR err = ERROR_INIT;

    if (report_by_name("text")->write(view, &target, &err) < 0)
        fail_msg("%s", error_message(&err));
    golden_compare(path, &target);
}

/* One view for each golden file. */
static void
writes_views(void **state)
{
    static const struct {
        const char *path, *profile;
        struct report_view view;
    } cases[] = {
        { "text/strict.txt", NULL, { .exit_status = 2 } },
        { "text/strict-all.txt", NULL, { .exit_status = 2, .all = true } },
        { "text/strict-rows.txt", NULL, { .exit_status = 2, .rows = 1 } },
        { "text/strict-colour.txt",
          NULL,
          { .exit_status = 2, .rows = 1, .all = true, .colour = true } },
        { "text/baseline-nl.txt", "baseline-nl", { .exit_status = 2 } },
        { "text/conformity-all.txt",
          "conformity",
          { .exit_status = 2, .all = true } },
        { "text/cis-5.0.txt", "cis-5.0", { .exit_status = 2 } },
    };

    (void) state;
    for (size_t i = 0; i < ARRAY_LENGTH(cases); i++) {
        struct report_view view = cases[i].view;
        struct run *run = sample_run_new(
            cases[i].profile != NULL ? profile_by_name(cases[i].profile)
                                     : NULL);
        view.run = run;
        assert_text(&view, cases[i].path);
        run_free(run);
    }
}

/* The same run in Dutch, where letters take more than a byte. */
static void
writes_dutch(void **state)
{
    static const struct {
        const char *path, *profile;
        struct report_view view;
    } cases[] = {
        { "nl/text/strict-all.txt", NULL, { .exit_status = 2, .all = true } },
        { "nl/text/strict-colour.txt",
          NULL,
          { .exit_status = 2, .rows = 1, .all = true, .colour = true } },
        { "nl/text/baseline-nl.txt", "baseline-nl", { .exit_status = 2 } },
        { "nl/text/cis-5.0.txt", "cis-5.0", { .exit_status = 2 } },
    };

    (void) state;
    for (size_t i = 0; i < ARRAY_LENGTH(cases); i++) {
        struct report_view view = cases[i].view;
        struct run *run = sample_run_new(
            cases[i].profile != NULL ? profile_by_name(cases[i].profile)
                                     : NULL);
        view.run = run;
        view.language = language_by_name("nl");
        assert_text(&view, cases[i].path);
        run_free(run);
    }
}

static void
counts_by_frameworks(void **state)
{
    const struct framework *const frameworks[] = {
        framework_by_id("cis-5.0"),
        framework_by_id("bio2"),
        framework_by_id("dora"),
    };
    struct run *run = sample_run_new(profile_by_name("baseline-nl"));
    struct report_view view = {
        .run = run,
        .exit_status = 2,
        .rows = 1,
        .frameworks = frameworks,
        .framework_count = ARRAY_LENGTH(frameworks),
    };

    (void) state;
    assert_text(&view, "text/frameworks.txt");
    view.language = language_by_name("nl");
    assert_text(&view, "nl/text/frameworks.txt");
    run_free(run);
}

static void
writes_a_run_in_which_nothing_could_be_read(void **state)
{
    struct run *run = sample_run_empty(profile_default());
    struct report_view view = { .run = run, .exit_status = 2 };

    (void) state;
    run->complete = false;
    run->config = "piket.yaml";
    run->tenants[0].error = "HTTP 401 InvalidAuthenticationToken\033[2J";
    assert_int_equal(run_add_error(run, "the listing broke off", NULL), 0);
    assert_text(&view, "text/unread.txt");
    view.language = language_by_name("nl");
    assert_text(&view, "nl/text/unread.txt");
    run_free(run);
}

static void
writes_a_compliant_run(void **state)
{
    struct run *run = sample_run_new(NULL);
    const struct report_view view = { .run = run };

    (void) state;
    for (size_t i = 0; i < run->assessment_count; i++)
        if (run->assessments[i].status == ASSESSMENT_COMPLIANT)
            run->assessments[0] = run->assessments[i];
    run->assessment_count = 1;
    run->limitation_count = 0;
    run->excluded = 0;
    assert_text(&view, "text/compliant.txt");
    run_free(run);
}

/* One signed in to, and what Lighthouse adds; some are not visible. */
static void
writes_what_is_delegated_and_not_visible(void **state)
{
    struct run *run = sample_run_new(profile_default());
    struct report_view view = { .run = run, .exit_status = 2 };

    (void) state;
    sample_run_uncover(run);
    assert_text(&view, "text/coverage.txt");
    view.language = language_by_name("nl");
    assert_text(&view, "nl/text/coverage.txt");
    run_free(run);
}

static void
writes_several_tenants(void **state)
{
    struct run_tenant tenants[] = {
        { .id = "7c0ffee0-0000-4000-8000-00000000abcd",
          .display_name = "contoso.nl",
          .credential = "AzureCliCredential",
          .identity = "piket-audit" },
        { .id = "11111111-0000-4000-8000-00000000abcd",
          .credential = "AzureCliCredential" },
        { .id = "",
          .display_name = "fabrikam.nl\033[2J",
          .error = "no credential could sign in" },
    };
    struct run *run = sample_run_new(NULL);
    struct report_view view = { .run = run, .exit_status = 2 };

    (void) state;
    run->tenants = tenants;
    run->tenant_count = ARRAY_LENGTH(tenants);
    run->interrupted = true;
    for (size_t i = 0; i < run->assessment_count; i += 3)
        run->assessments[i].subscription.tenant_id = tenants[1].id;
    assert_text(&view, "text/tenants.txt");
    view.language = language_by_name("nl");
    assert_text(&view, "nl/text/tenants.txt");
    run_free(run);
}

/* No byte that a terminal would obey, and valid UTF-8 throughout. */
static void
is_safe_for_a_terminal(void **state)
{
    AUTOBUFFER target = BUFFER_INIT(REPORT_CEILING);
    AUTOBUFFER repaired = BUFFER_INIT(REPORT_CEILING);
    struct run *run = sample_run_new(NULL);
    const struct report_view view = { .run = run, .all = true };

    (void) state;
    assert_int_equal(report_by_name("text")->write(&view, &target, NULL), 0);
    for (size_t i = 0; i < target.length; i++) {
        const unsigned char byte = (unsigned char) target.data[i];
        assert_true(byte == '\n' || (byte >= 0x20 && byte != 0x7f));
    }
    assert_int_equal(text_repair_utf8(&repaired, target.data, target.length),
                     0);
    assert_string_equal(buffer_text(&repaired), buffer_text(&target));
    assert_null(strstr(buffer_text(&target), "\xe2\x80\xae"));
    assert_null(strstr(buffer_text(&target), "\xc2\x9b"));
    run_free(run);
}

static void
leaves_the_locale_alone(void **state)
{
    AUTOBUFFER target = BUFFER_INIT(REPORT_CEILING);
    struct run *run = sample_run_new(NULL);
    const struct report_view view = { .run = run };

    (void) state;
    assert_string_equal(setlocale(LC_CTYPE, NULL), "C");
    const locale_t before = uselocale((locale_t) 0);
    assert_int_equal(report_by_name("text")->write(&view, &target, NULL), 0);
    assert_ptr_equal(uselocale((locale_t) 0), before);
    assert_string_equal(setlocale(LC_CTYPE, NULL), "C");
    run_free(run);
}

static void
fails_where_there_is_no_room(void **state)
{
    AUTOBUFFER target = BUFFER_INIT(1000);
    AUTOERROR err = ERROR_INIT;
    struct run *run = sample_run_new(NULL);
    const struct report_view view = { .run = run };

    (void) state;
    assert_int_equal(report_by_name("text")->write(&view, &target, &err), -1);
    assert_non_null(err.message);
    run_free(run);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(writes_views),
        cmocka_unit_test(writes_dutch),
        cmocka_unit_test(counts_by_frameworks),
        cmocka_unit_test(writes_a_run_in_which_nothing_could_be_read),
        cmocka_unit_test(writes_a_compliant_run),
        cmocka_unit_test(writes_what_is_delegated_and_not_visible),
        cmocka_unit_test(writes_several_tenants),
        cmocka_unit_test(is_safe_for_a_terminal),
        cmocka_unit_test(leaves_the_locale_alone),
        cmocka_unit_test(fails_where_there_is_no_room),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
