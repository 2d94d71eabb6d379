/* SPDX-License-Identifier: Apache-2.0 */
/* Any texts as the environment's locales, and as words of a command line: the
 * language chosen is one of the table, --lang goes before the environment, and
 * what is no language is an error that names it. */
#include <stdlib.h>

#include "base/cleanup.h"
#include "cli/terminal/language_option.h"
#include "fuzz.h"

static const struct language *
choose(int count, const char *const *words)
{
    bool known = false;

    language_option_begin(count, words);
    const struct language *chosen = language_option_chosen();
    for (size_t i = 0; i < language_table_length; i++)
        known = known || chosen == &language_table[i];
    fuzz_expect(known);
    return chosen;
}

static void
option_check(const char *name)
{
    AUTOERROR err = ERROR_INIT;
    const struct language *language = language_by_name(name);

    if (language_option_take(name, &err) == 0)
        fuzz_expect(language != NULL && language_option_chosen() == language);
    else
        fuzz_expect(language == NULL && err.message != NULL
                    && strstr(err.message, name) != NULL);
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    struct fuzz_input input = FUZZ_INPUT_INIT(bytes, length);
    AUTOFREE char *locale = fuzz_text(&input);
    AUTOFREE char *list = fuzz_text(&input);
    AUTOFREE char *word = fuzz_text(&input);
    const char *const words[] = { "piket", word, "nl", NULL };
    const char *const asked[] = { "piket", "--lang=nl", "check", NULL };

    fuzz_expect(setenv("LC_ALL", locale, 1) == 0
                && setenv("LANGUAGE", list, 1) == 0);
    (void) choose(3, words);
    fuzz_expect(strcmp(choose(3, asked)->name, "nl") == 0);
    option_check(word);
    return 0;
}
