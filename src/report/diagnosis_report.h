/* SPDX-License-Identifier: Apache-2.0 */
/* The writers of a diagnosis, one row each: pure functions from a diagnosis
 * to bytes. */
#ifndef PIKET_REPORT_DIAGNOSIS_REPORT_H
#define PIKET_REPORT_DIAGNOSIS_REPORT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buffer.h"
#include "base/error.h"
#include "control/diagnosis.h"
#include "report/language.h"

struct diagnosis_view {
    const struct diagnosis *diagnosis;
    const struct language *language; /* of what people read; NULL: English */
    bool colour;                     /* for a terminal that shows it */
    int exit_status;                 /* shown behind the verdict */
};

typedef int diagnosis_writer(const struct diagnosis_view *view,
                             struct buffer *target, struct error *err);

/* At most DIAGNOSIS_WIDTH columns, but for words and commands that are
 * longer. */
diagnosis_writer diagnosis_text_write;

/* One document; docs/json.md describes it. */
diagnosis_writer diagnosis_json_write;

enum { DIAGNOSIS_WIDTH = 80 };

struct diagnosis_format {
    const char *name; /* "text" */
    diagnosis_writer *write;
};

extern const struct diagnosis_format diagnosis_format_table[];
extern const size_t diagnosis_format_table_length;

/* NULL where there is none of that name. */
const struct diagnosis_format *diagnosis_format_by_name(const char *name);

/* Bounds one line of a diagnosis: names, and messages of Azure's. */
enum { DIAGNOSIS_REPORT_CEILING = 16 * 1024 * 1024 };

#endif
