/* SPDX-License-Identifier: Apache-2.0 */
/* A plan as a file: reviewed by one person today, applied by another
 * tomorrow, exactly as it is. The file carries a SHA-256 over all of it, so
 * that one that was cut off or edited is refused; it says nothing about who
 * wrote the file. */
#ifndef PIKET_CONTROL_FILE_PLAN_FILE_H
#define PIKET_CONTROL_FILE_PLAN_FILE_H

#include <stddef.h>

#include "base/buffer.h"
#include "base/error.h"
#include "control/plan/plan.h"
#include "control/requirement/profile.h"

enum {
    PLAN_FILE_VERSION = 1,
    PLAN_FILE_DIGEST_SIZE = 2 * 32 + 1, /* SHA-256 in hexadecimal */
    /* A quarter is room for 100,000 changes. */
    PLAN_FILE_CEILING = 1024 * 1024 * 1024,
    /* Of JSON. A change has 50 to 60, which take 25 bytes each or more. */
    PLAN_FILE_VALUES = 7 * 1000 * 1000,
    PLAN_FILE_VALUE_SIZE = 8, /* bytes for each, on average, beyond so many: */
    PLAN_FILE_FEW_VALUES = 1000,
};

/* All that apply needs to know. */
struct plan_file {
    const struct plan *plan;       /* with its bodies */
    const struct profile *profile; /* with its thresholds: what is read back
                                      must pass what was planned for */
    const char *endpoint;          /* ARM's */
    struct plan_texts tenants;     /* ids, that may be written to */
};

/* The SHA-256 of the plan as it is written, in lower case: what the journal
 * names it by. */
int plan_file_digest(const struct plan_file *file,
                     char ret_digest[PLAN_FILE_DIGEST_SIZE],
                     struct error *err);

/* Appends the document; target may pass it on as it grows. */
int plan_file_write(const struct plan_file *file, struct buffer *target,
                    struct error *err);

/* Reads what plan_file_write wrote. The plan owns itself and all else that
 * ret_file points to: plan_free releases it. Nothing is guessed: a member
 * that is not known, is missing or has a wrong type is an error that reads
 * "plan.json: plan.changes[3].action: what is wrong"; name is the file's. */
int plan_file_read(const char *bytes, size_t length, const char *name,
                   struct plan **ret_plan, struct plan_file *ret_file,
                   struct error *err);

#endif
