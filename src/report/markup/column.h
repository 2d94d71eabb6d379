/* SPDX-License-Identifier: Apache-2.0 */
/* Text in columns of a terminal, where a letter may take none, one or two.
 * The process's locale is neither asked nor changed. */
#ifndef PIKET_REPORT_MARKUP_COLUMN_H
#define PIKET_REPORT_MARKUP_COLUMN_H

#include <locale.h>
#include <stddef.h>

#include "base/buffer.h"

/* Knows the widths of letters. */
struct column {
    locale_t locale; /* 0 where the system has no UTF-8 locale: then every
                        letter counts as one */
};

#define AUTOCOLUMN __attribute__((cleanup(column_done))) struct column

void column_init(struct column *column);
void column_done(struct column *column);

/* The columns that printable UTF-8 text takes. */
size_t column_width(const struct column *column, const char *text);

/* Appends printable UTF-8 text, cut with an ellipsis where it is wider than
 * width, and filled with blanks up to fill columns. Returns 0, or -1 where
 * target failed. */
int column_append(const struct column *column, const char *text, size_t width,
                  size_t fill, struct buffer *target);

/* How a paragraph is laid out. */
struct column_shape {
    const char *first; /* in front of its first line */
    const char *rest;  /* of its other lines */
    size_t width;      /* only a word that is longer exceeds it */
};

/* Appends lines of whole words, the last with its line break. Returns as
 * column_append. */
int column_wrap(const struct column *column, const char *text,
                const struct column_shape *shape, struct buffer *target);

#endif
