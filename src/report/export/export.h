/* SPDX-License-Identifier: Apache-2.0 */
/* A security contact in the languages in which estates are kept: pure
 * functions from a contact to bytes that can be run as they are. What they
 * write is in the model of 2023-12-01-preview, and read by programs: its
 * comments are English. */
#ifndef PIKET_REPORT_EXPORT_EXPORT_H
#define PIKET_REPORT_EXPORT_EXPORT_H

#include <stddef.h>

#include "base/buffer.h"
#include "base/error.h"
#include "control/contact/contact.h"

struct export_format {
    const char *name; /* "bicep" */
    /* Appends the document. */
    int (*write)(const struct contact *contact, struct buffer *target,
                 struct error *err);
};

extern const struct export_format export_table[];
extern const size_t export_table_length;

/* NULL where there is none of that name. */
const struct export_format *export_by_name(const char *name);

/* Writes a contact that is enabled and has an address. Each value is quoted
 * as its language demands, so that none can end its text and say something
 * else; one with control characters, for which that cannot be promised, is an
 * error. So is an address with a semicolon or comma in it, at which Azure
 * would split it. */
int export_write(const struct export_format *format,
                 const struct contact *contact, struct buffer *target,
                 struct error *err);

#endif
