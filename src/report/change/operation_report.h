/* SPDX-License-Identifier: Apache-2.0 */
/* The writers of what became of a plan that was applied, one row each: pure
 * functions from the engine's report to bytes. */
#ifndef PIKET_REPORT_CHANGE_OPERATION_REPORT_H
#define PIKET_REPORT_CHANGE_OPERATION_REPORT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buffer.h"
#include "base/error.h"
#include "control/plan/operation.h"
#include "report/language/language.h"

struct operation_view {
    const struct operation_report *report;
    const struct language *language; /* of what people read; NULL: English */
    bool colour;                     /* for a terminal that shows it */
    size_t rows;                     /* of each group; 0: all of them */
    int exit_status;                 /* shown behind the verdict */
    bool backed_up;                  /* in a file that is never replaced */
};

typedef int operation_writer(const struct operation_view *view,
                             struct buffer *target, struct error *err);

/* At most OPERATION_WIDTH columns, but for words and commands that are
 * longer. */
operation_writer operation_text_write;

/* One document; docs/json.md describes it. */
operation_writer operation_json_write;

enum { OPERATION_WIDTH = 80 };

struct operation_format {
    const char *name; /* "text" */
    operation_writer *write;
};

extern const struct operation_format operation_format_table[];
extern const size_t operation_format_table_length;

/* NULL where there is none of that name. */
const struct operation_format *operation_format_by_name(const char *name);

#endif
