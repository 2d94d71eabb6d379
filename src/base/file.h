/* SPDX-License-Identifier: Apache-2.0 */
/* Whole files: read up to a ceiling, replaced or created in one step. */
#ifndef PIKET_BASE_FILE_H
#define PIKET_BASE_FILE_H

#include <stddef.h>
#include <sys/types.h>

#include "base/buffer.h"
#include "base/error.h"
#include "base/place.h"

/* Appends the contents of a regular file to target, whose ceiling bounds
 * it. "-" is an ordinary name. */
int file_read(const char *path, struct buffer *target, struct error *err);

/* The same for one that is open already; path is for errors. */
int file_read_open(int descriptor, const char *path, struct buffer *target,
                   struct error *err);

/* The same as file_read, of what decides what piket does: ret_doubt says who
 * else could have written it, see base/place.h. Nobody can exchange the file
 * between that judgement and the reading. */
int file_read_judged(const char *path, struct buffer *target,
                     struct error *ret_doubt, struct error *err);

/* That judgement alone, of a file that a library opens by its name. Nothing
 * need stand there: the doubt is then that of the way. */
int file_judge(const char *path, struct error *ret_doubt, struct error *err);

/* A file that is being written beside the one it will replace, so that the
 * path holds the old contents or the new, whole, and never part of them. */
struct file_replacement {
    char *path; /* owned; for errors */
    struct place place;
    char *temporary; /* owned; in the same folder; NULL where the place is no
                        regular file, such as /dev/null, and is written
                        directly */
    int descriptor;
};

#define FILE_REPLACEMENT_INIT                 \
    {                                         \
        .place = PLACE_INIT, .descriptor = -1 \
    }

/* Begins. A place in which others have a say is an error, see base/place.h.
 * mode is that of a new file, less the umask. One that stands at the path
 * keeps its own where it is this user's, without set-user-id and its like,
 * and without the right of others to write. */
int file_replace_begin(struct file_replacement *ret_replacement,
                       const char *path, mode_t mode, struct error *err);

/* Finds out whether the path could be replaced, and leaves it as it is: a
 * pipe is not even opened, since its reader would see it close. */
int file_replace_check(const char *path, struct error *err);

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

/* Makes an empty file where nothing stands, and opens it to be written to at
 * its end. The caller closes the descriptor. */
int file_create_empty(const char *path, mode_t mode, int *ret_descriptor,
                      struct error *err);

/* Writes all bytes to a descriptor; errno tells why where it returns -1. */
int file_write_all(int descriptor, const void *bytes, size_t length);

#endif
