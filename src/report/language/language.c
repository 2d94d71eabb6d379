/* SPDX-License-Identifier: Apache-2.0 */
/* The languages that people are answered in. */
#include "report/language/language.h"

#include <stdlib.h>
#include <string.h>

#include "base/cleanup.h"

static const size_t none = 0;

const struct language language_table[] = {
    { "en", NULL, &none },
    { "nl", language_nl_entries, &language_nl_entry_count },
};

const size_t language_table_length = ARRAY_LENGTH(language_table);

const struct language *
language_by_name(const char *name)
{
    for (size_t i = 0; i < ARRAY_LENGTH(language_table); i++)
        if (strcmp(language_table[i].name, name) == 0)
            return &language_table[i];
    return NULL;
}

static int
compare(const void *message, const void *entry)
{
    return strcmp(message, ((const struct language_entry *) entry)->message);
}

static const struct language_entry *
entry_of(const struct language *language, const char *message)
{
    if (language == NULL || *language->entry_count == 0)
        return NULL;
    return bsearch(message, language->entries, *language->entry_count,
                   sizeof(*language->entries), compare);
}

const char *
language_text(const struct language *language, const char *message)
{
    const struct language_entry *entry = entry_of(language, message);

    return entry != NULL ? entry->text : message;
}

const char *
language_plural(const struct language *language, const char *one,
                const char *many, size_t count)
{
    const struct language_entry *entry = entry_of(language, one);

    if (entry == NULL || entry->plural == NULL)
        return count == 1 ? one : many;
    return count == 1 ? entry->text : entry->plural;
}
