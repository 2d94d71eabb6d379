/* SPDX-License-Identifier: Apache-2.0 */
/* What po/catalogue.py makes of a language's sentences. */
#ifndef PIKET_REPORT_LANGUAGE_LANGUAGE_CATALOGUE_H
#define PIKET_REPORT_LANGUAGE_LANGUAGE_CATALOGUE_H

#include <stddef.h>

struct language_entry {
    const char *message; /* the English sentence; of two forms the first */
    const char *text;
    const char *plural; /* NULL where there is one form only */
};

extern const struct language_entry language_nl_entries[];
extern const size_t language_nl_entry_count;

#endif
