/* SPDX-License-Identifier: Apache-2.0 */
/* The files of one command: what it writes takes the place of nothing else
 * that it reads or writes. */
#ifndef PIKET_CLI_TERMINAL_PATH_LIST_H
#define PIKET_CLI_TERMINAL_PATH_LIST_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"

enum path_role {
    PATH_READ,    /* two of these may be one file */
    PATH_KEPT,    /* written */
    PATH_PRINTED, /* written, where NULL and "-" are standard output; a device
                     takes two of these */
};

struct path_entry {
    enum path_role role;
    const char *name; /* who names it: an option, a variable, a word */
    char *path;       /* owned; NULL: standard output */
};

enum { PATH_LIST_CEILING = 64 };

struct path_list {
    struct path_entry entries[PATH_LIST_CEILING];
    size_t count;
    bool failed; /* out of memory */
};

#define AUTOPATHS __attribute__((cleanup(path_list_done))) struct path_list

/* Adds a file. A path that is NULL is none, unless it is printed to. */
void path_list_add(struct path_list *list, enum path_role role,
                   const char *name, const char *path);

/* Adds a database, and what lies beside it under names of its own. */
void path_list_add_store(struct path_list *list, const char *name,
                         const char *path);

/* Fails where something written is one file with another entry, by whatever
 * name, or would be once it is made. The error is one of usage. */
int path_list_check(const struct path_list *list, struct error *err);

void path_list_done(struct path_list *list);

#endif
