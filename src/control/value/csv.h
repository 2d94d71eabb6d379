/* SPDX-License-Identifier: Apache-2.0 */
/* Records of separated values (RFC 4180), one at a time. */
#ifndef PIKET_CONTROL_VALUE_CSV_H
#define PIKET_CONTROL_VALUE_CSV_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buffer.h"
#include "base/error.h"

enum {
    CSV_FIELDS_CEILING = 256,
    CSV_RECORD_CEILING = 1024 * 1024,
};

struct csv {
    const char *next; /* what is still to be read; borrowed */
    const char *end;
    char separator; /* '\0': a line is one field */
    size_t line;    /* of next, from 1 */

    /* The record read last. */
    size_t record_line; /* on which it begins */
    size_t count;
    size_t starts[CSV_FIELDS_CEILING];
    struct buffer texts; /* the fields, each ending with '\0' */
};

#define AUTOCSV __attribute__((cleanup(csv_done))) struct csv

/* bytes are valid UTF-8 and outlive the reader. */
void csv_init(struct csv *csv, const char *bytes, size_t length,
              char separator);

/* Reads the next record; false where there is none any more. Lines end with
 * LF, CRLF or CR, those that are blank or begin with # are no records. A
 * field may stand in quotes, and then holds line breaks, separators and
 * doubled quotes. The error of a field whose quotes do not end, or end before
 * it does, begins with the line. */
int csv_read(struct csv *csv, bool *ret_read, struct error *err);

/* A field of the record without the blanks around it; "" where it has no
 * such field. Borrowed until the next record. */
const char *csv_field(struct csv *csv, size_t index);

void csv_done(struct csv *csv);

#endif
