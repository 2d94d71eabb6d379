/* SPDX-License-Identifier: Apache-2.0 */
/* Whether the files at the store's path are still those that are open: a file
 * that was removed, moved or replaced can be written all the same, and what
 * is written there is lost. They are looked at, and but for the log never
 * opened: see store_file. */
#ifndef PIKET_STORE_PRESENCE_H
#define PIKET_STORE_PRESENCE_H

#include <stdbool.h>
#include <sys/types.h>

#include "base/error.h"

/* A file as it was when it was noted. */
struct presence_file {
    bool exists;
    dev_t device;
    ino_t inode;
    off_t length;
};

enum {
    PRESENCE_DATABASE,
    PRESENCE_LOG,
    PRESENCE_SHARED_MEMORY,
    PRESENCE_COUNT,
};

struct presence {
    struct presence_file files[PRESENCE_COUNT];
};

/* Notes what is at the path, where nothing may be missing. */
int presence_note(struct presence *presence, const char *path,
                  struct error *err);

/* Fails where a file is another, or no more there, or where the log has been
 * cut off or overwritten. */
int presence_check(const struct presence *presence, const char *path,
                   struct error *err);

/* Fails where the lock file at the path is not the one that is open: somebody
 * else may hold the other. */
int presence_check_lock(int descriptor, const char *path, struct error *err);

#endif
