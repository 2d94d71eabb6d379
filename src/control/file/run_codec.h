/* SPDX-License-Identifier: Apache-2.0 */
/* A run to and from JSON, to be kept: of what is read, a writer prints what
 * it printed of what was written. The assessments are documents of their own,
 * so that memory does not grow with the estate, and what does not change from
 * one run to the next need not be kept twice: equal assessments give equal
 * bytes. Compact, for piket alone; what programs may rely on is report/. */
#ifndef PIKET_CONTROL_FILE_RUN_CODEC_H
#define PIKET_CONTROL_FILE_RUN_CODEC_H

#include <stddef.h>

#include "base/arena.h"
#include "base/buffer.h"
#include "base/error.h"
#include "control/run/run.h"

/* Of one document; the contacts of a subscription are one answer of ARM's. */
enum {
    RUN_CODEC_CEILING = 32 * 1024 * 1024,
    RUN_CODEC_VALUES = 500 * 1000, /* of JSON */
};

/* Appends all of the run but its assessments. */
int run_codec_write(const struct run *run, struct buffer *target,
                    struct error *err);

/* Reads that: a run without assessments. What is missing, of a wrong type, or
 * not known to this piket is an error, which begins with name and says
 * where. */
int run_codec_read(const char *name, const char *bytes, size_t length,
                   struct run **ret_run, struct error *err);

/* The same for one assessment, which lives in the arena. */
int run_codec_write_assessment(const struct assessment *assessment,
                               struct buffer *target, struct error *err);
int run_codec_read_assessment(const char *name, const char *bytes,
                              size_t length, struct arena *arena,
                              struct assessment *ret_assessment,
                              struct error *err);

#endif
