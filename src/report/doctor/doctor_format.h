/* SPDX-License-Identifier: Apache-2.0 */
/* The writers of a diagnosis, one row each: pure functions from a diagnosis
 * to bytes. */
#ifndef PIKET_REPORT_DOCTOR_DOCTOR_FORMAT_H
#define PIKET_REPORT_DOCTOR_DOCTOR_FORMAT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buffer.h"
#include "base/error.h"
#include "control/doctor/doctor_report.h"
#include "report/language/language.h"

struct doctor_report_view {
    const struct doctor_report *doctor_report;
    const struct language *language; /* of what people read; NULL: English */
    bool colour;                     /* for a terminal that shows it */
    int exit_status;                 /* shown behind the verdict */
};

typedef int doctor_report_writer(const struct doctor_report_view *view,
                                 struct buffer *target, struct error *err);

/* At most DIAGNOSIS_WIDTH columns, but for words and commands that are
 * longer. */
doctor_report_writer doctor_report_text_write;

/* One document; docs/json.md describes it. */
doctor_report_writer doctor_report_json_write;

enum { DOCTOR_REPORT_WIDTH = 80 };

struct doctor_report_format {
    const char *name; /* "text" */
    doctor_report_writer *write;
};

extern const struct doctor_report_format doctor_report_format_table[];
extern const size_t doctor_report_format_table_length;

/* NULL where there is none of that name. */
const struct doctor_report_format *doctor_report_format_by_name(
    const char *name);

/* Bounds one line of a diagnosis: names, and messages of Azure's. */
enum { DOCTOR_REPORT_REPORT_CEILING = 16 * 1024 * 1024 };

#endif
