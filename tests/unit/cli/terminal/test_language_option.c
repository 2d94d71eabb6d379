/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/terminal/language_option.h"

#include <stdlib.h>
#include <string.h>

#include "base/cleanup.h"
#include "unit/unit.h"

static void
set_or_unset(const char *name, const char *value)
{
    assert_int_equal(value != NULL ? setenv(name, value, 1) : unsetenv(name),
                     0);
}

static const char *
begin(const char *first, const char *second)
{
    const char *words[] = { "piket", first, second, NULL };
    int count = 1;

    while (words[count] != NULL)
        count++;
    language_option_begin(count, words);
    return language_option_chosen()->name;
}

/* gettext's manual, 2.3, but that no locale has to be installed. */
static void
follows_the_environment(void **state)
{
    static const struct {
        const char *all, *messages, *lang, *list, *name;
    } cases[] = {
        { NULL, NULL, NULL, NULL, "en" },
        { NULL, NULL, "nl_NL.UTF-8", NULL, "nl" },
        { NULL, NULL, "nl", NULL, "nl" },
        { NULL, NULL, "nl_BE@euro", NULL, "nl" },
        { NULL, NULL, "de_DE.UTF-8", NULL, "en" },
        { NULL, NULL, "nlx_NL", NULL, "en" },
        { NULL, NULL, "Nl_NL", NULL, "en" },
        { NULL, NULL, "a-name-that-is-much-too-long_NL", NULL, "en" },
        { NULL, NULL, "../../etc/passwd", NULL, "en" },
        /* the first that is set */
        { NULL, "nl_NL", "en_US.UTF-8", NULL, "nl" },
        { NULL, "en_US.UTF-8", "nl_NL", NULL, "en" },
        { "C", "nl_NL", "nl_NL", NULL, "en" },
        { "nl_NL", "C", "C", NULL, "nl" },
        { "", "", "nl_NL", NULL, "nl" },
        /* LANGUAGE, which the plain locales leave out of account */
        { NULL, NULL, NULL, "nl", "en" },
        { "C", NULL, "nl_NL", "nl", "en" },
        { "POSIX", NULL, NULL, "nl", "en" },
        { NULL, NULL, "C.UTF-8", "nl", "nl" },
        { NULL, NULL, "en_US.UTF-8", "nl_NL:en", "nl" },
        { NULL, NULL, "nl_NL", "de:fr:nl", "nl" },
        { NULL, NULL, "nl_NL", "en:nl", "en" },
        { NULL, NULL, "nl_NL", "de:C:nl", "en" },
        { NULL, NULL, "nl_NL", "de", "en" },
        { NULL, NULL, "nl_NL", "", "nl" },
        { NULL, NULL, "nl_NL", "::nl", "nl" },
    };

    (void) state;
    for (size_t i = 0; i < ARRAY_LENGTH(cases); i++) {
        set_or_unset("LC_ALL", cases[i].all);
        set_or_unset("LC_MESSAGES", cases[i].messages);
        set_or_unset("LANG", cases[i].lang);
        set_or_unset("LANGUAGE", cases[i].list);
        if (strcmp(begin(NULL, NULL), cases[i].name) != 0)
            fail_msg("case %zu is not %s", i, cases[i].name);
    }
}

static void
heeds_the_option_first(void **state)
{
    (void) state;
    set_or_unset("LC_ALL", "nl_NL.UTF-8");
    set_or_unset("LANGUAGE", NULL);
    assert_string_equal(begin("--lang", "en"), "en");
    assert_string_equal(begin("--lang=en", "--help"), "en");
    assert_string_equal(begin("--lang=en", "--lang=nl"), "nl");
    /* The wrong value is said in the language that would have been. */
    assert_string_equal(begin("--lang", "de"), "nl");
    assert_string_equal(begin("--language", "en"), "nl");
    assert_string_equal(begin("--lang", NULL), "nl");
    assert_string_equal(begin("--", "--lang=en"), "nl");
}

static void
refuses_others_with_the_choices(void **state)
{
    static const char *const names[] = { "de", "NL", "nl_NL", "" };

    (void) state;
    set_or_unset("LC_ALL", "C");
    for (size_t i = 0; i < ARRAY_LENGTH(names); i++) {
        AUTOERROR err = ERROR_INIT;
        begin("--lang", "en");
        assert_int_equal(language_option_take(names[i], &err), -1);
        assert_non_null(strstr(error_message(&err), "there is no language"));
        assert_string_equal(err.advice, "there are: en, nl");
        assert_string_equal(language_option_chosen()->name, "en");
    }
    assert_int_equal(language_option_take("nl", NULL), 0);
    assert_string_equal(_("none"), "geen");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(follows_the_environment),
        cmocka_unit_test(heeds_the_option_first),
        cmocka_unit_test(refuses_others_with_the_choices),
    };

    return cmocka_run_group_tests_name("language_option", tests, NULL, NULL);
}
