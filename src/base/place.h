/* SPDX-License-Identifier: Apache-2.0 */
/* Where a path leads: a name in a folder that is held open, so that nobody
 * can exchange the folder between a look at it and its use; and whether
 * somebody else has a say in what stands there.
 *
 * Trusted are root and the user of this process. Whoever called sudo is
 * neither; a group counts as others unless it is the owner's alone. A folder
 * on the way, up to the root, is doubtful where others own it, or can write in
 * it and it is not sticky as /tmp is; so is a symbolic link that others
 * made. */
#ifndef PIKET_BASE_PLACE_H
#define PIKET_BASE_PLACE_H

#include <stdbool.h>
#include <sys/stat.h>

#include "base/error.h"

enum place_use {
    PLACE_READ,
    PLACE_REPLACE, /* root may write into the folder of any one user: nothing
                      of it is followed or believed */
    PLACE_CREATE,  /* the same, and a link at the end is not followed */
};

struct place {
    int folder;     /* for openat and its like; -1: none */
    char *name;     /* owned; in that folder */
    int descriptor; /* of this process, where the path names one, as
                       /dev/stdout does: of a place that is nowhere else;
                       or -1 */
    bool magic;     /* the kernel alone can follow the name, a link in /proc */
    bool shared;    /* others can add to the folder, or to that of a link to
                       what stands here */
    struct error doubt; /* owned; who else has a say, and what to do */
};

#define PLACE_INIT                     \
    {                                  \
        .folder = -1, .descriptor = -1 \
    }

#define AUTOPLACE __attribute__((cleanup(place_done))) struct place

/* Finds the place. Nothing need stand there. Returns -1 with errno where there
 * is no way; the doubt is then that of the way so far. */
int place_find(struct place *ret_place, const char *path, enum place_use use);

/* What stands at the place; -1 with errno where nothing does. */
int place_status(const struct place *place, struct stat *ret_status);

/* Opens what stands at the place, or makes it. As open(2). */
int place_open(const struct place *place, int flags, mode_t mode);

/* Adds to the doubt what is to be said of a file that was opened there; path
 * is for the advice. */
void place_judge(struct place *place, int descriptor, const char *path);

/* Makes what was put at the place survive a crash. -1 with errno. */
int place_sync(const struct place *place);

/* Whether both are one file, by whatever name, or one name of a file that is
 * not there yet. */
bool place_equal(const struct place *left, const struct place *right);

void place_done(struct place *place);

#endif
