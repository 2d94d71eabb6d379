/* SPDX-License-Identifier: Apache-2.0 */
/* What a store is made of, for the files of this room. */
#ifndef PIKET_STORE_STORE_PARTS_H
#define PIKET_STORE_STORE_PARTS_H

#include "store/connection.h"
#include "store/store.h"

struct store {
    struct connection *connection;
    char *path; /* owned; without symbolic links */
    int lock;   /* the journal's, while this process has it; else -1 */
};

#endif
