/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/option/option.h"

#include <string.h>

#include "base/cleanup.h"
#include "cli/option/azure_options.h"
#include "unit/unit.h"

static struct azure_options taken;

static int
take(int val, char *argument, struct error *err)
{
    return azure_options_take(&taken, val, argument, err) < 0 ? -1 : 0;
}

static const struct poptOption table[] = {
    OPTION_HELP_ROW,
    { NULL, '\0', POPT_ARG_INCLUDE_TABLE,
      (void *) (uintptr_t) azure_options_table, 0, "Azure:", NULL },
    POPT_TABLEEND
};

static enum option_result
parse(const char *first, const char *second, const char *third)
{
    const char *words[] = { "piket test", first, second, third, NULL };
    int count = 1;

    while (words[count] != NULL)
        count++;
    azure_options_init(&taken);
    return option_parse(count, words, table, take);
}

static void
takes_values_and_flags(void **state)
{
    (void) state;
    assert_int_equal(parse("--concurrency=7", "-vv", "-q"), OPTION_PARSED);
    assert_int_equal(taken.session.concurrency, 7);
    assert_int_equal(taken.verbosity, 2);
    assert_true(taken.quiet);
    assert_int_equal(parse("--timeout", "5", NULL), OPTION_PARSED);
    assert_int_equal(taken.session.try_timeout, 5000);
    assert_int_equal(parse("--cloud", "azurechina", NULL), OPTION_PARSED);
    assert_string_equal(taken.session.cloud->name, "AzureChinaCloud");
}

static void
refuses_what_is_no_option_of_it(void **state)
{
    static const char *const words[][2] = {
        { "--conc", "7" }, { "--concurrency", NULL }, { "--nothing", NULL },
        { "-x", NULL },    { "subscription", NULL },  { "--quiet=yes", NULL },
        { "--", "word" },
    };

    (void) state;
    for (size_t i = 0; i < ARRAY_LENGTH(words); i++)
        if (parse(words[i][0], words[i][1], NULL) != OPTION_USAGE)
            fail_msg("%s was taken", words[i][0]);
}

static char joined[32];

static int
join(const char *word, struct error *err)
{
    if (strlen(joined) + strlen(word) + 2 > sizeof(joined))
        return error_set(err, "too long: %s", word);
    strncat(joined, word, sizeof(joined) - strlen(joined) - 1);
    strncat(joined, ";", sizeof(joined) - strlen(joined) - 1);
    return 0;
}

static void
hands_over_words_among_options(void **state)
{
    static const struct option_words words = { "WORD...", join };
    const char *fine[] = { "piket test", "one", "-q", "two", NULL };
    const char *long_one[] = { "piket test", "a word that is far too long",
                               "one", NULL };

    (void) state;
    azure_options_init(&taken);
    joined[0] = '\0';
    assert_int_equal(option_parse_words(4, fine, table, take, &words),
                     OPTION_PARSED);
    assert_string_equal(joined, "one;two;");
    assert_true(taken.quiet);
    assert_int_equal(option_parse_words(3, long_one, table, take, &words),
                     OPTION_USAGE);
}

static void
reads_numbers_within_bounds(void **state)
{
    AUTOERROR err = ERROR_INIT;
    uint64_t value = 0;

    (void) state;
    assert_int_equal(option_number("--n", "3", 1, 3, &value, &err), 0);
    assert_int_equal(value, 3);
    assert_int_equal(option_number("--n", "4", 1, 3, &value, &err), -1);
    assert_string_equal(error_message(&err),
                        "--n: '4' is not a whole number from 1 to 3");
    assert_int_equal(option_number("--n", "0", 1, 3, &value, &err), -1);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(takes_values_and_flags),
        cmocka_unit_test(refuses_what_is_no_option_of_it),
        cmocka_unit_test(hands_over_words_among_options),
        cmocka_unit_test(reads_numbers_within_bounds),
    };

    return cmocka_run_group_tests_name("option", tests, NULL, NULL);
}
