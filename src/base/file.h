/* SPDX-License-Identifier: Apache-2.0 */
/* Whole files: read up to a ceiling, replaced or created in one step. */
#ifndef PIKET_BASE_FILE_H
#define PIKET_BASE_FILE_H

#include <stddef.h>
#include <sys/types.h>

#include "base/buffer.h"
#include "base/error.h"

/* Appends the contents of a regular file to target, whose ceiling bounds
 * it. "-" is an ordinary name. */
int file_read(const char *path, struct buffer *target, struct error *err);

/* The same for one that is open already; path is for errors. */
int file_read_open(int descriptor, const char *path, struct buffer *target,
                   struct error *err);

/* A file that is being written beside the one it will replace, so that the
 * path holds the old contents or the new, whole, and never part of them. */
struct file_replacement {
    char *target;    /* owned; what the path names, links followed */
    char *temporary; /* owned; NULL where target is no regular file, such as
                        /dev/null, and is written directly */
    int descriptor;
};

#define FILE_REPLACEMENT_INIT \
    {                         \
        NULL, NULL, -1        \
    }

/* Begins. mode is that of a new file, less the umask; one that stands at the
 * path keeps its own. */
int file_replace_begin(struct file_replacement *ret_replacement,
                       const char *path, mode_t mode, struct error *err);

/* Puts what was written to the descriptor at the path: synced, renamed. Ends
 * the replacement either way. */
int file_replace_commit(struct file_replacement *replacement,
                        struct error *err);

/* Leaves the path as it was and removes what was written. Does nothing after
 * a commit, or where nothing was begun. */
void file_replace_abandon(struct file_replacement *replacement);

/* All three steps for bytes at hand. */
int file_replace(const char *path, const void *bytes, size_t length,
                 mode_t mode, struct error *err);

/* Begins a file where nothing may stand yet, not even a symbolic link that
 * leads nowhere. What was begun is ended by file_create_commit or
 * file_replace_abandon. */
int file_create_begin(struct file_replacement *ret_creation, const char *path,
                      mode_t mode, struct error *err);

/* Puts what was written at the path, whole, unless something stands there by
 * now. Ends the creation either way. */
int file_create_commit(struct file_replacement *creation, struct error *err);

/* Writes all bytes to a descriptor; errno tells why where it returns -1. */
int file_write_all(int descriptor, const void *bytes, size_t length);

#endif
