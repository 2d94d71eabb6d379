/* SPDX-License-Identifier: Apache-2.0 */
/* --lang, and what the environment says of the language. */
#include "cli/terminal/language_option.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "base/cleanup.h"

#define OPTION "--lang"

enum {
    LANGUAGE_NAME_CEILING = 16,
    LANGUAGE_LIST_CEILING = 256, /* what error lists of the table */
};

static const struct language *chosen = &language_table[0];

/* The first of the variables that decide the locale of messages; empty
 * counts as unset (POSIX, 8.2). */
static const char *
messages_locale(void)
{
    static const char *const variables[] = { "LC_ALL", "LC_MESSAGES", "LANG" };

    for (size_t i = 0; i < ARRAY_LENGTH(variables); i++) {
        const char *value = getenv(variables[i]);
        if (value != NULL && *value != '\0')
            return value;
    }
    return "C";
}

/* "nl_BE.UTF-8@euro" asks for nl. NULL where the language is not ours. */
static const struct language *
language_of_locale(const char *locale, size_t length)
{
    const size_t bare = strcspn(locale, "_.@");
    char name[LANGUAGE_NAME_CEILING];

    if (bare < length)
        length = bare;
    if (length >= sizeof(name))
        return NULL;
    memcpy(name, locale, length);
    name[length] = '\0';
    return language_by_name(name);
}

static bool
is_plain(const char *locale, size_t length)
{
    return (length == 1 && strncmp(locale, "C", 1) == 0)
           || (length == 5 && strncmp(locale, "POSIX", 5) == 0);
}

/* The first of a list such as "de:nl:en" that is ours. */
static const struct language *
language_of_list(const char *list)
{
    while (*list != '\0') {
        const size_t length = strcspn(list, ":");
        const struct language *language = language_of_locale(list, length);
        if (language != NULL)
            return language;
        if (is_plain(list, length))
            break;
        list += length;
        list += *list == ':';
    }
    return NULL;
}

/* The rules of gettext's manual, 2.3: LANGUAGE counts only where some other
 * locale than C was asked for. */
static const struct language *
language_of_environment(void)
{
    const char *locale = messages_locale();
    const char *list = getenv("LANGUAGE");

    if (is_plain(locale, strlen(locale)))
        return NULL;
    if (list != NULL && *list != '\0')
        return language_of_list(list);
    return language_of_locale(locale, strlen(locale));
}

/* The last of the words that gives the option a value that is known. */
static const struct language *
language_of_words(int argc, const char *const *argv)
{
    const struct language *found = NULL;

    for (int i = 1; i < argc; i++) {
        const struct language *language = NULL;
        if (strcmp(argv[i], "--") == 0)
            break;
        if (strcmp(argv[i], OPTION) == 0 && i + 1 < argc)
            language = language_by_name(argv[i + 1]);
        else if (strncmp(argv[i], OPTION "=", strlen(OPTION "=")) == 0)
            language = language_by_name(argv[i] + strlen(OPTION "="));
        if (language != NULL)
            found = language;
    }
    return found;
}

void
language_option_begin(int argc, const char *const *argv)
{
    const struct language *language = language_of_words(argc, argv);

    if (language == NULL)
        language = language_of_environment();
    chosen = language != NULL ? language : &language_table[0];
}

int
language_option_take(const char *name, struct error *err)
{
    const struct language *language = language_by_name(name);
    AUTOBUFFER list = BUFFER_INIT(LANGUAGE_LIST_CEILING);

    if (language != NULL) {
        chosen = language;
        return 0;
    }
    for (size_t i = 0; i < language_table_length; i++)
        buffer_printf(&list, "%s%s", i > 0 ? ", " : "",
                      language_table[i].name);
    error_set(err, _("%s: there is no language '%s'"), OPTION, name);
    return error_advise(err, _("there are: %s"), buffer_text(&list));
}

const struct language *
language_option_chosen(void)
{
    return chosen;
}
