/* SPDX-License-Identifier: Apache-2.0 */
#include "report/language/language.h"

#include <stdlib.h>
#include <string.h>

#include "base/cleanup.h"
#include "unit/unit.h"

static const struct language *
dutch(void)
{
    return language_by_name("nl");
}

static void
finds_languages(void **state)
{
    (void) state;
    assert_string_equal(language_table[0].name, "en");
    assert_ptr_equal(language_by_name("en"), &language_table[0]);
    assert_string_equal(dutch()->name, "nl");
    assert_null(language_by_name("de"));
    assert_null(language_by_name("NL"));
    assert_null(language_by_name(""));
}

/* What has no translation, and English, stay the very same text. */
static void
looks_sentences_up(void **state)
{
    const char *sentence = "no security contact", *unknown = "no such text";

    (void) state;
    assert_string_equal(language_text(dutch(), sentence),
                        "geen beveiligingscontact");
    assert_ptr_equal(language_text(NULL, sentence), sentence);
    assert_ptr_equal(language_text(language_by_name("en"), sentence),
                     sentence);
    assert_ptr_equal(language_text(dutch(), unknown), unknown);
    assert_string_equal(language_text(dutch(), ""), "");
}

static void
chooses_the_form_by_the_count(void **state)
{
    static const struct {
        size_t count;
        const char *english, *dutch;
    } cases[] = {
        { 0, "many", "voldoen" },
        { 1, "compliant", "voldoet" },
        { 2, "many", "voldoen" },
    };

    (void) state;
    for (size_t i = 0; i < ARRAY_LENGTH(cases); i++) {
        assert_string_equal(
            language_plural(NULL, "compliant", "many", cases[i].count),
            cases[i].english);
        assert_string_equal(
            language_plural(dutch(), "compliant", "many", cases[i].count),
            cases[i].dutch);
        /* One that has a single form is not known as several. */
        assert_string_equal(language_plural(dutch(), "no security contact",
                                            "many", cases[i].count),
                            cases[i].count == 1 ? "no security contact"
                                                : "many");
    }
}

/* The order is what the search relies on. */
static void
finds_every_entry(void **state)
{
    (void) state;
    for (size_t i = 0; i < language_table_length; i++) {
        const struct language *language = &language_table[i];
        for (size_t j = 0; j < *language->entry_count; j++) {
            const struct language_entry *entry = &language->entries[j];
            assert_ptr_equal(language_text(language, entry->message),
                             entry->text);
            assert_true(*entry->text != '\0');
        }
    }
}

/* Neither the locale nor the environment has a say. */
static void
depends_on_its_arguments_alone(void **state)
{
    (void) state;
    assert_int_equal(setenv("LC_ALL", "nl_NL.UTF-8", 1), 0);
    assert_int_equal(setenv("LANGUAGE", "nl", 1), 0);
    assert_string_equal(language_text(NULL, "none"), "none");
    assert_int_equal(setenv("LC_ALL", "C", 1), 0);
    assert_int_equal(setenv("LANGUAGE", "en", 1), 0);
    assert_string_equal(language_text(dutch(), "none"), "geen");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(finds_languages),
        cmocka_unit_test(looks_sentences_up),
        cmocka_unit_test(chooses_the_form_by_the_count),
        cmocka_unit_test(finds_every_entry),
        cmocka_unit_test(depends_on_its_arguments_alone),
    };

    return cmocka_run_group_tests_name("language", tests, NULL, NULL);
}
