/* SPDX-License-Identifier: Apache-2.0 */
/* The languages that people are answered in. A catalogue is a table that the
 * build makes from po/NAME.po; looking up depends on nothing but its
 * arguments: neither on the locale nor on the environment, so that one
 * process can write in several languages. */
#ifndef PIKET_REPORT_LANGUAGE_LANGUAGE_H
#define PIKET_REPORT_LANGUAGE_LANGUAGE_H

#include <stddef.h>

#include "base/translatable.h"
#include "report/language/language_catalogue.h"

struct language {
    const char *name; /* "nl", as in ISO 639 and in the locales' names */
    const struct language_entry *entries; /* in the order of strcmp */
    const size_t *entry_count;
};

/* English, in which the sentences stand in the sources, is the first. */
extern const struct language language_table[];
extern const size_t language_table_length;

/* NULL where there is none of that name. */
const struct language *language_by_name(const char *name);

/* The sentence in the language; the sentence itself where the language is
 * NULL or English, or its catalogue does not have it. */
const char *language_text(const struct language *language, const char *message)
    __attribute__((format_arg(2)));

/* The same for so many things: one and many are the English forms. */
const char *language_plural(const struct language *language, const char *one,
                            const char *many, size_t count)
    __attribute__((format_arg(2), format_arg(3)));

#endif
