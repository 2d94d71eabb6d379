/* SPDX-License-Identifier: Apache-2.0 */
/* What a store is made of, for the files of this room. */
#ifndef PIKET_STORE_STORE_PARTS_H
#define PIKET_STORE_STORE_PARTS_H

#include "store/presence.h"

struct connection;

struct store {
    struct connection *connection;
    char *path; /* owned; without symbolic links */
    int lock;   /* the journal's, while this process has it; else -1 */
    struct presence presence;    /* of its files, where it is writable */
    struct store_damage *damage; /* borrowed; or NULL */
};

/* A connection that sees what is in the file at the path, as another process
 * would: it reads, and makes no file. The caller closes it. */
int store_look(const struct store *store, struct connection **ret_connection,
               struct error *err);

/* Notes what the last transaction has made of the files. */
int store_note(struct store *store, struct error *err);

/* Fails where the store's files, and the lock if it is held, are not those
 * that this process has open. */
int store_check_presence(struct store *store, struct error *err);

/* What was read is not what piket wrote. Where the reader collects what is
 * damaged, it is noted there and 0 returned: the row is to be left out.
 * Otherwise -1 with an error. */
int store_broken(struct store *store, struct error *err, const char *format,
                 ...) __attribute__((format(printf, 3, 4)));

#endif
