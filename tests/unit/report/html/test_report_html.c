/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jansson.h>

#include "base/cleanup.h"
#include "control/requirement/requirement_table.h"
#include "unit/report/golden.h"
#include "unit/report/hostile_run.h"
#include "report/markup/html_asset.h"
#include "report/view/report.h"
#include "unit/report/sample_run.h"
#include "unit/unit.h"

enum { MANY = 1200, ROWS = 500 };

static const char data_begin[] =
    "<script type=\"application/json\" id=\"data\">";

static void
write_page(const struct report_view *view, struct buffer *target)
{
    AUTOERROR err = ERROR_INIT;

    if (report_by_name("html")->write(view, target, &err) < 0)
        fail_msg("%s", error_message(&err));
}

/* The page without what stands in files of its own. */
static void
compare(const char *path, const struct buffer *page)
{
    static const struct {
        const char *begin, *end;
    } assets[] = {
        { "<style>", "</style>" },
        { "<script>", "</script>" },
        { "script-src '", "'" },
        { "style-src '", "'" },
    };
    AUTOBUFFER shown = BUFFER_INIT(REPORT_CEILING);
    const char *text = buffer_text(page);

    while (*text != '\0') {
        bool skipped = false;
        for (size_t i = 0; i < ARRAY_LENGTH(assets); i++) {
            if (strncmp(text, assets[i].begin, strlen(assets[i].begin)) != 0)
                continue;
            buffer_append_text(&shown, assets[i].begin);
            text = strstr(text + strlen(assets[i].begin), assets[i].end);
            assert_non_null(text);
            skipped = true;
        }
        if (!skipped)
            buffer_append_byte(&shown, *text++);
    }
    golden_compare(path, &shown);
}

/* A third of them differs from what it was. */
static struct run *
changed(struct run *run)
{
    for (size_t i = 0; i < run->assessment_count; i += 3) {
        struct assessment *assessment = &run->assessments[i];
        if (i % 2 == 0)
            assessment->reading = (struct contact_reading){ 0 };
        assert_int_equal(assessment_make(&assessment->subscription,
                                         &assessment->reading, run->profile,
                                         run->arena, assessment, NULL),
                         0);
    }
    /* The last is gone now, the first was not there. */
    run->assessments++;
    run->assessment_count--;
    run->complete = true;
    return run;
}

static void
writes_every_part(void **state)
{
    static const char *const languages[] = { "en", "nl" };
    const struct framework *frameworks[] = { framework_by_id("cis-3.0"),
                                             framework_by_id("bio2") };
    struct run *run = hostile_run_new();
    struct run *previous = changed(sample_run_new(NULL));

    (void) state;
    for (size_t i = 0; i < ARRAY_LENGTH(languages); i++) {
        const struct report_view view = {
            .run = run,
            .previous = previous,
            .language = language_by_name(languages[i]),
            .exit_status = 2,
            .frameworks = frameworks,
            .framework_count = ARRAY_LENGTH(frameworks),
        };
        AUTOBUFFER page = BUFFER_INIT(REPORT_CEILING);
        char path[64];
        write_page(&view, &page);
        (void) snprintf(path, sizeof(path), "html/hostile.%s.html",
                        languages[i]);
        compare(path, &page);
    }
    run_free(run);
    run_free(previous);
}

static void
writes_a_run_of_nothing(void **state)
{
    struct run *run = sample_run_empty(profile_default());
    const struct report_view view = { .run = run, .exit_status = 2 };
    AUTOBUFFER page = BUFFER_INIT(REPORT_CEILING);

    (void) state;
    run->interrupted = true;
    write_page(&view, &page);
    assert_non_null(strstr(buffer_text(&page), "INTERRUPTED"));
    assert_non_null(
        strstr(buffer_text(&page), "No subscription was checked."));
    assert_null(strstr(buffer_text(&page), "<rect"));
    run_free(run);
}

static size_t
count_of(const char *text, const char *part)
{
    size_t count = 0;

    for (text = strstr(text, part); text != NULL;
         text = strstr(text + 1, part))
        count++;
    return count;
}

/* Only what is compiled in runs, and nothing is fetched. */
static void
allows_only_its_own(void **state)
{
    struct run *run = hostile_run_new();
    const struct report_view view = { .run = run };
    AUTOBUFFER page = BUFFER_INIT(REPORT_CEILING);
    AUTOBUFFER policy = BUFFER_INIT(4096);

    (void) state;
    write_page(&view, &page);
    buffer_printf(&policy,
                  "content=\"default-src 'none'; script-src '%s'; style-src "
                  "'%s'; base-uri 'none'; form-action 'none'\"",
                  html_asset_script.hash, html_asset_style.hash);
    assert_non_null(strstr(buffer_text(&page), buffer_text(&policy)));
    /* Neither styles nor scripts that the policy would have to let pass. */
    assert_null(strstr(buffer_text(&page), " style="));
    assert_null(strstr(buffer_text(&page), "<link"));
    assert_null(strstr(buffer_text(&page), "<img"));
    assert_int_equal(count_of(buffer_text(&page), "<script"), 2);
    run_free(run);
}

/* The JSON that the script reads. */
static json_t *
read_data(const struct buffer *page)
{
    const char *begin = strstr(buffer_text(page), data_begin);

    assert_non_null(begin);
    begin += strlen(data_begin);
    const char *end = strstr(begin, "</script>");
    assert_non_null(end);
    assert_null(memchr(begin, '<', (size_t) (end - begin)));
    for (const char *byte = begin; byte < end; byte++)
        assert_true((unsigned char) *byte < 0x80);
    json_error_t error;
    json_t *data = json_loadb(begin, (size_t) (end - begin), 0, &error);
    if (data == NULL)
        fail_msg("%s", error.text);
    return data;
}

/* Whatever a name holds, the rows stay data. */
static void
hands_every_row_to_the_script(void **state)
{
    struct run *run = hostile_run_new();
    const struct report_view view = { .run = run };
    AUTOBUFFER page = BUFFER_INIT(REPORT_CEILING);

    (void) state;
    write_page(&view, &page);
    json_t *data = read_data(&page);
    const json_t *rows = json_object_get(data, "rows");
    assert_int_equal(json_array_size(rows), run->assessment_count);
    for (size_t i = 0; i < run->assessment_count; i++) {
        const json_t *row = json_array_get(rows, i);
        assert_int_equal(json_array_size(row), 12);
        assert_string_equal(json_string_value(json_array_get(row, 0)),
                            run->assessments[i].subscription.id);
        assert_int_equal(json_integer_value(json_array_get(row, 5)),
                         run->assessments[i].status);
    }
    assert_int_equal(json_array_size(json_object_get(data, "requirements")),
                     requirement_table_length);
    assert_int_equal(json_array_size(json_object_get(data, "reasons")),
                     FINDING_REASON_COUNT);
    json_decref(data);
    run_free(run);
}

/* A large run has the worst rows as such, says so, and has all as data. */
static void
cuts_what_reads_without_the_script(void **state)
{
    struct run *run = hostile_run_many(MANY);
    const struct report_view view = { .run = run };
    AUTOBUFFER page = BUFFER_INIT(REPORT_CEILING);

    (void) state;
    write_page(&view, &page);
    const char *table = strstr(buffer_text(&page), "subscription-table");
    assert_non_null(table);
    AUTOFREE char *rows =
        strndup(table, (size_t) (strstr(table, "</table>") - table));
    assert_non_null(rows);
    assert_int_equal(count_of(rows, "<th scope=\"row\">"), ROWS);
    assert_non_null(strstr(buffer_text(&page),
                           "<p id=\"cut\">These are the worst 500 of "
                           "1\xe2\x80\xaf"
                           "200 subscriptions."));
    json_t *data = read_data(&page);
    assert_int_equal(json_array_size(json_object_get(data, "rows")), MANY);
    json_decref(data);
    run_free(run);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(writes_every_part),
        cmocka_unit_test(writes_a_run_of_nothing),
        cmocka_unit_test(allows_only_its_own),
        cmocka_unit_test(hands_every_row_to_the_script),
        cmocka_unit_test(cuts_what_reads_without_the_script),
    };

    return cmocka_run_group_tests_name("report_html", tests, NULL, NULL);
}
