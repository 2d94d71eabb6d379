/* SPDX-License-Identifier: Apache-2.0 */
/* What ARM's error codes mean for somebody who only wants to read. */
#ifndef PIKET_REPORT_WORDING_PHRASE_ERROR_H
#define PIKET_REPORT_WORDING_PHRASE_ERROR_H

#include <stddef.h>

#include "base/buffer.h"
#include "control/contact/contact.h"
#include "report/language/language.h"

struct phrase_error {
    const char *code;   /* any letter case; NULL: any code of that status */
    int http_status;    /* 0: any status with that code */
    const char *brief;  /* "needs Security Reader", or NULL: Azure's own */
    const char *advice; /* "grant Security Reader on it, then check again" */
};

extern const struct phrase_error phrase_error_table[];
extern const size_t phrase_error_table_length;

/* The first row of a table that fits, NULL where none does. */
const struct phrase_error *phrase_error_find(
    const struct phrase_error *table, size_t length,
    const struct contact_error *error);

/* That of phrase_error_table. */
const struct phrase_error *phrase_error_of(const struct contact_error *error);

/* Appends "403 AuthorizationFailed: needs Security Reader". Returns 0, or -1
 * where target failed. */
int phrase_error_append(const struct contact_error *error,
                        const struct language *language,
                        struct buffer *target);

/* The same in the words of a row, or in Azure's own where it is NULL. */
int phrase_error_append_row(const struct contact_error *error,
                            const struct phrase_error *row,
                            const struct language *language,
                            struct buffer *target);

#endif
