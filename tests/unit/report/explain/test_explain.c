/* SPDX-License-Identifier: Apache-2.0 */
#include "report/explain/explain.h"

#include <stdio.h>
#include <string.h>

#include <jansson.h>

#include "base/cleanup.h"
#include "control/requirement/requirement_table.h"
#include "unit/report/golden.h"
#include "report/markup/column.h"
#include "report/explain/explain_page.h"
#include "report/explain/explain_writers.h"
#include "report/view/report.h"
#include "report/json/report_json.h"
#include "unit/unit.h"

/* Every word that can be explained, ahead of them "" for the control. */
enum { WORDS_CEILING = 100 };

static size_t
all_words(const char *words[WORDS_CEILING])
{
    size_t count = 0;

    words[count++] = "";
    for (size_t i = 0; i < requirement_table_length; i++)
        words[count++] = requirement_table[i].id;
    for (size_t i = 0; i < profile_table_length; i++)
        words[count++] = profile_table[i].name;
    for (size_t i = 0; i < framework_table_length; i++)
        words[count++] = framework_table[i].id;
    assert_true(count <= WORDS_CEILING);
    return count;
}

static void
explain_in(const char *name, const char *word, const char *format,
           struct buffer *target)
{
    const struct language *language = language_by_name(name);
    AUTOERROR err = ERROR_INIT;
    struct explain_topic topic = { NULL, NULL, NULL };

    if ((*word != '\0' && explain_topic_by_word(word, NULL, &topic, &err) < 0)
        || explain_format_by_name(format)->write(&topic, language, target,
                                                 &err)
               < 0)
        fail_msg("%s: %s", word, error_message(&err));
}

static void
explain(const char *word, const char *format, struct buffer *target)
{
    explain_in("en", word, format, target);
}

/* The page in the folder of its language: English pages need none. */
static void
assert_dutch(const char *word)
{
    AUTOBUFFER target = BUFFER_INIT(REPORT_CEILING);
    AUTOFREE char *path = NULL;

    explain_in("nl", word, "text", &target);
    if (asprintf(&path, "nl/explain/%s.txt", *word != '\0' ? word : "control")
        < 0)
        fail_msg("out of memory");
    golden_compare(path, &target);
}

static void
assert_golden(const char *word, const char *format, const char *ending)
{
    AUTOBUFFER target = BUFFER_INIT(REPORT_CEILING);
    AUTOFREE char *path = NULL;

    explain(word, format, &target);
    if (asprintf(&path, "explain/%s.%s", *word != '\0' ? word : "control",
                 ending)
        < 0)
        fail_msg("out of memory");
    golden_compare(path, &target);
}

static void
writes_pages(void **state)
{
    static const char *const others[] = { "", "cis-4.0", "bio2",
                                          "iso-27001-2022", "nis2" };

    (void) state;
    for (size_t i = 0; i < requirement_table_length; i++)
        assert_golden(requirement_table[i].id, "text", "txt");
    for (size_t i = 0; i < profile_table_length; i++)
        assert_golden(profile_table[i].name, "text", "txt");
    for (size_t i = 0; i < ARRAY_LENGTH(others); i++)
        assert_golden(others[i], "text", "txt");
    assert_golden("contact-enabled", "json", "json");
}

static void
writes_dutch_pages(void **state)
{
    static const char *const others[] = { "", "cis-4.0", "bio2",
                                          "iso-27001-2022", "nis2" };

    (void) state;
    for (size_t i = 0; i < requirement_table_length; i++)
        assert_dutch(requirement_table[i].id);
    for (size_t i = 0; i < profile_table_length; i++)
        assert_dutch(profile_table[i].name);
    for (size_t i = 0; i < ARRAY_LENGTH(others); i++)
        assert_dutch(others[i]);
}

/* Every page in Dutch fits, by the columns that its letters take, and says
 * nothing in English; a program reads the same in any language. */
static void
fits_in_dutch(void **state)
{
    const char *words[WORDS_CEILING];
    const size_t count = all_words(words);
    AUTOCOLUMN column;
    column_init(&column);

    (void) state;
    for (size_t i = 0; i < count; i++) {
        AUTOBUFFER page = BUFFER_INIT(REPORT_CEILING);
        AUTOBUFFER english = BUFFER_INIT(REPORT_CEILING);
        AUTOBUFFER dutch = BUFFER_INIT(REPORT_CEILING);
        explain_in("nl", words[i], "text", &page);
        AUTOFREE char *text = buffer_take(&page, NULL);
        for (char *rest = text, *line; (line = strsep(&rest, "\n")) != NULL;)
            if (column_width(&column, line) > EXPLAIN_WIDTH)
                fail_msg("%s: too wide: %s", words[i], line);
        explain_in("en", words[i], "json", &english);
        explain_in("nl", words[i], "json", &dutch);
        assert_string_equal(buffer_text(&dutch), buffer_text(&english));
    }
}

static void
assert_translated(const char *sentence)
{
    if (language_text(language_by_name("nl"), sentence) == sentence)
        fail_msg("no Dutch for: %s", sentence);
}

static void
has_dutch_for_every_requirement(void **state)
{
    const struct language *dutch = language_by_name("nl");
    AUTOCOLUMN column;
    column_init(&column);

    (void) state;
    for (size_t i = 0; i < explain_requirement_texts_length; i++) {
        const struct explain_requirement_text *text =
            &explain_requirement_texts[i];
        assert_translated(text->title);
        assert_translated(text->passes);
        for (size_t j = 0; text->meaning[j] != NULL; j++)
            assert_translated(text->meaning[j]);
        for (size_t j = 0; text->why[j] != NULL; j++)
            assert_translated(text->why[j]);
        for (size_t j = 0; text->risk[j] != NULL; j++)
            assert_translated(text->risk[j]);
        for (size_t j = 0; text->fix[j] != NULL; j++)
            if (strncmp(text->fix[j], EXPLAIN_VERBATIM, EXPLAIN_MARKER_LENGTH)
                != 0)
                assert_translated(text->fix[j]);
    }
    for (size_t i = 0; i < framework_control_table_length; i++) {
        const char *title = framework_control_table[i].title;
        assert_translated(title);
        /* The report of check cuts longer ones. */
        assert_true(column_width(&column, language_text(dutch, title)) <= 48);
    }
    for (size_t i = 0; i < profile_table_length; i++)
        assert_translated(profile_table[i].title);
}

/* Every line fits, ends without a blank, and is ASCII, so that a byte is a
 * column. No page suggests a command that does not exist. */
static void
fits_a_terminal(void **state)
{
    const char *words[WORDS_CEILING];
    const size_t count = all_words(words);

    (void) state;
    for (size_t i = 0; i < count; i++) {
        AUTOBUFFER target = BUFFER_INIT(REPORT_CEILING);
        explain(words[i], "text", &target);
        for (const char *line = buffer_text(&target); *line != '\0';) {
            const size_t length = strcspn(line, "\n");
            assert_true(length <= EXPLAIN_WIDTH);
            assert_true(length == 0 || line[length - 1] != ' ');
            for (size_t j = 0; j < length; j++)
                assert_true(line[j] >= ' ' && line[j] <= '~');
            line += length + 1;
        }
        assert_null(strstr(buffer_text(&target), "remediate"));
    }
}

static void
writes_the_same_as_json(void **state)
{
    const char *words[WORDS_CEILING];
    const size_t count = all_words(words);

    (void) state;
    for (size_t i = 0; i < count; i++) {
        AUTOBUFFER target = BUFFER_INIT(REPORT_CEILING);
        explain(words[i], "json", &target);
        AUTOJSON json_t *page = json_loads(buffer_text(&target), 0, NULL);
        assert_non_null(page);
        const char *id = json_string_value(json_object_get(page, "id"));
        if (*words[i] == '\0')
            assert_null(id);
        else
            assert_string_equal(id, words[i]);
        assert_true(json_array_size(json_object_get(page, "sections")) >= 2);
        size_t j;
        const json_t *section;
        json_array_foreach(json_object_get(page, "sections"), j, section)
        {
            assert_true(json_array_size(json_object_get(section, "paragraphs"))
                        > 0);
        }
    }
}

static void
has_texts_for_every_requirement(void **state)
{
    (void) state;
    assert_int_equal(explain_requirement_texts_length,
                     requirement_table_length);
    for (size_t i = 0; i < requirement_table_length; i++) {
        const struct explain_requirement_text *text =
            explain_requirement_text(&requirement_table[i]);
        assert_ptr_equal(text, &explain_requirement_texts[i]);
        assert_string_equal(text->id, requirement_table[i].id);
        assert_non_null(text->title);
        assert_non_null(text->passes);
        assert_non_null(text->meaning[0]);
        assert_non_null(text->why[0]);
        assert_non_null(text->risk[0]);
        assert_non_null(text->fix[0]);
    }
}

static void
finds_topics_in_any_case(void **state)
{
    struct explain_topic topic;

    (void) state;
    assert_int_equal(
        explain_topic_by_word("Owner-Notified", NULL, &topic, NULL), 0);
    assert_string_equal(topic.requirement->id, "owner-notified");
    assert_int_equal(explain_topic_by_word("CIS-3.0", NULL, &topic, NULL), 0);
    assert_string_equal(topic.profile->name, "cis-3.0");
    assert_string_equal(topic.framework->id, "cis-3.0");
    assert_null(topic.requirement);
}

static void
refuses_other_words_with_the_nearest(void **state)
{
    static const struct {
        const char *word, *nearest; /* NULL: none is near */
    } cases[] = {
        { "owner-notify", "owner-notified" },
        { "baseline", "baseline-nl" },
        { "cis-4", "cis-4.0" },
        { "nis-2", "nis2" },
        { "completely-different", NULL },
        { "", NULL },
    };

    (void) state;
    for (size_t i = 0; i < ARRAY_LENGTH(cases); i++) {
        AUTOERROR err = ERROR_INIT;
        struct explain_topic topic = { NULL, NULL, NULL };
        char expected[64];
        assert_int_equal(
            explain_topic_by_word(cases[i].word, NULL, &topic, &err), -1);
        assert_non_null(strstr(error_message(&err), cases[i].word));
        if (cases[i].nearest == NULL) {
            assert_null(strstr(err.advice, "did you mean"));
            continue;
        }
        snprintf(expected, sizeof(expected), "did you mean '%s'?",
                 cases[i].nearest);
        assert_string_equal(err.advice, expected);
    }
}

static void
fails_where_there_is_no_room(void **state)
{
    const struct explain_topic topic = { NULL, NULL, NULL };

    (void) state;
    for (size_t i = 0; i < explain_format_table_length; i++) {
        AUTOBUFFER target = BUFFER_INIT(1000);
        AUTOERROR err = ERROR_INIT;
        assert_int_equal(
            explain_format_table[i].write(&topic, NULL, &target, &err), -1);
        assert_non_null(err.message);
    }
    assert_null(explain_format_by_name("html"));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(writes_pages),
        cmocka_unit_test(writes_dutch_pages),
        cmocka_unit_test(fits_in_dutch),
        cmocka_unit_test(has_dutch_for_every_requirement),
        cmocka_unit_test(fits_a_terminal),
        cmocka_unit_test(writes_the_same_as_json),
        cmocka_unit_test(has_texts_for_every_requirement),
        cmocka_unit_test(finds_topics_in_any_case),
        cmocka_unit_test(refuses_other_words_with_the_nearest),
        cmocka_unit_test(fails_where_there_is_no_room),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
