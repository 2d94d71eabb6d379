/* SPDX-License-Identifier: Apache-2.0 */
/* The writers of a test of delivery, one row each: pure functions to
 * bytes. */
#ifndef PIKET_REPORT_DELIVERY_REPORT_H
#define PIKET_REPORT_DELIVERY_REPORT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buffer.h"
#include "base/error.h"
#include "control/delivery_test.h"
#include "report/language.h"

struct delivery_view {
    const struct delivery_test *test;
    const struct language *language; /* of what people read; NULL: English */
    bool colour;                     /* for a terminal that shows it */
    bool planned;    /* nothing has been raised yet: who would be mailed */
    bool unrecorded; /* the store may not have it: nothing can follow */
    size_t rows;     /* of each group; 0: all of them */
};

typedef int delivery_writer(const struct delivery_view *view,
                            struct buffer *target, struct error *err);

delivery_writer delivery_text_write;

/* One document; docs/json.md describes it. */
delivery_writer delivery_json_write;

struct delivery_format {
    const char *name; /* "text" */
    delivery_writer *write;
};

extern const struct delivery_format delivery_format_table[];
extern const size_t delivery_format_table_length;

/* NULL where there is none of that name. */
const struct delivery_format *delivery_format_by_name(const char *name);

#endif
