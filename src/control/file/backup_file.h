/* SPDX-License-Identifier: Apache-2.0 */
/* The before-images of an operation in a file beside the journal, for
 * machines that vanish: a line of JSON for the operation, then one for each
 * change, which is durable before its request is sent, then one that closes
 * it. */
#ifndef PIKET_CONTROL_FILE_BACKUP_FILE_H
#define PIKET_CONTROL_FILE_BACKUP_FILE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/buffer.h"
#include "base/error.h"
#include "control/value/digest.h"
#include "control/plan/operation.h"

enum {
    BACKUP_FILE_VERSION = 2,
    BACKUP_FILE_VERSION_UNPROVED = 1, /* without digests */
    BACKUP_FILE_LINE_CEILING = 32 * 1024 * 1024,
    BACKUP_FILE_LINE_VALUES = 1000, /* of JSON; a change has fifteen */
    BACKUP_FILE_CEILING = 1024 * 1024 * 1024,
};

/* What a backup holds. Its changes are PENDING: what became of them, the file
 * does not know. */
struct backup_file {
    struct operation operation;
    struct change *changes; /* in the order in which they were recorded */
    size_t change_count;
    bool ended;    /* its last line says so: none is missing */
    bool cut_off;  /* the last line is not whole, and is left out */
    bool unproved; /* an older piket wrote it, without digests */
};

/* The lines so far, while they are written: each holds the SHA-256 of itself
 * and of the one before, so that none can change or be missing unnoticed. */
struct backup_chain {
    char digest[DIGEST_TEXT_SIZE]; /* of the last line; "" before the first */
};

/* Each appends one line, with its line break. */
int backup_file_write_operation(const struct operation *operation,
                                struct backup_chain *chain,
                                struct buffer *target, struct error *err);
int backup_file_write_change(const struct change *change,
                             struct backup_chain *chain, struct buffer *target,
                             struct error *err);
/* The last one, once the operation has ended with so many changes. */
int backup_file_write_end(size_t count, struct backup_chain *chain,
                          struct buffer *target, struct error *err);

/* Reads what these wrote; everything lives in the arena. Nothing is guessed:
 * a member that is not known, is missing or has a wrong type is an error that
 * reads "backup.jsonl:3: action: what is wrong"; name is the file's. So is a
 * line whose digest is another. */
int backup_file_read(const char *bytes, size_t length, const char *name,
                     struct arena *arena, struct backup_file *ret_file,
                     struct error *err);

#endif
