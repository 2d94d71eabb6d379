/* SPDX-License-Identifier: Apache-2.0 */
/* What every format owes, whatever it looks like. */
#include "report/view/report.h"

#include <string.h>

#include "base/cleanup.h"
#include "base/text.h"
#include "control/mask/mask.h"
#include "unit/report/hostile_run.h"
#include "unit/report/sample_run.h"
#include "unit/unit.h"

enum {
    MANY = 400,
    PIECE_CEILING = 96 * 1024, /* of a document that passes itself on */
};

static void
finds_formats_by_name(void **state)
{
    (void) state;
    assert_string_equal(report_by_name("text")->name, "text");
    assert_string_equal(report_by_name("json")->name, "json");
    assert_null(report_by_name("JSON"));
    assert_null(report_by_name(""));
    for (size_t i = 0; i < report_table_length; i++) {
        assert_ptr_equal(report_by_name(report_table[i].name),
                         &report_table[i]);
        assert_non_null(report_table[i].summary);
        assert_non_null(report_table[i].write);
    }
}

static void
write_run(const struct report_format *format, const struct run *run,
          const char *language, struct buffer *target)
{
    const struct report_view view = {
        .run = run,
        .language = language_by_name(language),
        .all = true,
    };
    AUTOERROR err = ERROR_INIT;

    if (format->write(&view, target, &err) < 0)
        fail_msg("%s: %s", format->name, error_message(&err));
}

static void
check_bytes(const char *format, const struct buffer *written)
{
    const char *text = buffer_text(written);
    size_t i = 0;

    assert_int_equal(text[written->length - 1], '\n');
    while (i < written->length) {
        uint32_t point = 0;
        const size_t length =
            text_utf8_point(text + i, written->length - i, &point);
        if (length == 0)
            fail_msg("%s: byte %zu is not UTF-8", format, i);
        if (point != '\n' && point != '\r' && !text_point_is_printable(point))
            fail_msg("%s: byte %zu acts on a terminal: U+%04X", format, i,
                     (unsigned) point);
        i += length;
    }
}

/* Nothing that a name could hold reaches a terminal as more than text. */
static void
every_format_writes_the_hostile_run(void **state)
{
    static const char *const languages[] = { "en", "nl" };
    struct run *run = hostile_run_new();

    (void) state;
    for (size_t i = 0; i < report_table_length; i++)
        for (size_t j = 0; j < ARRAY_LENGTH(languages); j++) {
            AUTOBUFFER once = BUFFER_INIT(REPORT_CEILING);
            AUTOBUFFER again = BUFFER_INIT(REPORT_CEILING);
            write_run(&report_table[i], run, languages[j], &once);
            write_run(&report_table[i], run, languages[j], &again);
            assert_string_equal(buffer_text(&once), buffer_text(&again));
            assert_int_equal(strlen(buffer_text(&once)), once.length);
            check_bytes(report_table[i].name, &once);
        }
    run_free(run);
}

/* Whether the line that holds the text stands in the other document, too. */
static bool
is_line_of(const struct buffer *other, const char *begin, const char *text)
{
    while (text > begin && text[-1] != '\n')
        text--;
    return memmem(buffer_text(other), other->length, text, strcspn(text, "\n"))
           != NULL;
}

/* plain is what the format says of any run, such as an example in an
 * explanation. */
static void
look_for_secrets(const char *format, const struct buffer *written,
                 const struct buffer *plain)
{
    for (size_t i = 0; i < hostile_run_secret_count; i++) {
        const char *found = buffer_text(written);
        while ((found = strcasestr(found, hostile_run_secrets[i])) != NULL) {
            if (!is_line_of(plain, buffer_text(written), found))
                fail_msg("%s shows '%s': %.*s", format, hostile_run_secrets[i],
                         (int) strcspn(found, "\n"), found);
            found += strcspn(found, "\n");
        }
    }
}

/* The pages of explain, which html holds, have addresses of their own: as
 * examples. */
static void
blank_explanations(struct buffer *written)
{
    char *begin = strstr(written->data, "aria-labelledby=\"explanations\"");

    if (begin != NULL)
        memset(begin, ' ', (size_t) (strstr(begin, "</section>") - begin));
}

/* A writer knows nothing of the mask, and can only show what a run holds. */
static void
no_format_shows_what_is_masked(void **state)
{
    static const char *const languages[] = { "en", "nl" };
    struct run *run = hostile_run_new(), *masked = NULL, *previous;

    (void) state;
    struct run *empty = sample_run_empty(run->profile);
    empty->tenant_count = 0;
    assert_int_equal(mask_run(run, NULL, &masked, &previous, NULL), 0);
    for (size_t i = 0; i < report_table_length; i++)
        for (size_t j = 0; j < ARRAY_LENGTH(languages); j++) {
            AUTOBUFFER target = BUFFER_INIT(REPORT_CEILING);
            AUTOBUFFER plain = BUFFER_INIT(REPORT_CEILING);
            write_run(&report_table[i], masked, languages[j], &target);
            blank_explanations(&target);
            write_run(&report_table[i], empty, languages[j], &plain);
            look_for_secrets(report_table[i].name, &target, &plain);
        }
    run_free(empty);
    run_free(masked);
    run_free(run);
}

static int
count_bytes(const char *bytes, size_t length, void *data)
{
    size_t *count = data;

    (void) bytes;
    *count += length;
    return 0;
}

/* A document grows with the estate, the memory that it takes does not. */
static void
every_format_passes_on_what_it_has_written(void **state)
{
    struct run *run = hostile_run_many(MANY);

    (void) state;
    for (size_t i = 0; i < report_table_length; i++) {
        AUTOBUFFER whole = BUFFER_INIT(REPORT_CEILING);
        AUTOBUFFER target = BUFFER_INIT(PIECE_CEILING);
        size_t count = 0;
        buffer_drain_to(&target, count_bytes, &count);
        write_run(&report_table[i], run, "en", &whole);
        write_run(&report_table[i], run, "en", &target);
        assert_int_equal(buffer_flush(&target), 0);
        assert_int_equal(count, whole.length);
    }
    run_free(run);
}

static void
every_format_fails_where_there_is_no_room(void **state)
{
    struct run *run = hostile_run_new();
    const struct report_view view = { .run = run, .all = true };

    (void) state;
    for (size_t i = 0; i < report_table_length; i++) {
        AUTOBUFFER whole = BUFFER_INIT(REPORT_CEILING);
        write_run(&report_table[i], run, "en", &whole);
        for (size_t part = 0; part < 16; part++) {
            AUTOBUFFER target = BUFFER_INIT(whole.length * part / 16);
            AUTOERROR err = ERROR_INIT;
            assert_int_equal(report_table[i].write(&view, &target, &err), -1);
            assert_non_null(err.message);
        }
    }
    run_free(run);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(finds_formats_by_name),
        cmocka_unit_test(every_format_writes_the_hostile_run),
        cmocka_unit_test(no_format_shows_what_is_masked),
        cmocka_unit_test(every_format_passes_on_what_it_has_written),
        cmocka_unit_test(every_format_fails_where_there_is_no_room),
    };

    return cmocka_run_group_tests_name("report", tests, NULL, NULL);
}
