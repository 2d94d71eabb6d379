/* SPDX-License-Identifier: Apache-2.0 */
/* How long, and how much. */
#ifndef PIKET_STORE_SQL_SQL_LIMITS_H
#define PIKET_STORE_SQL_SQL_LIMITS_H

enum {
    /* Milliseconds for which another process's write is waited out; the run
     * of 100,000 subscriptions takes two seconds. */
    CONNECTION_BUSY_TIMEOUT = 15 * 1000,
    /* Bytes of one value. ARM's answers, and what is written to it, are
     * smaller. */
    CONNECTION_VALUE_CEILING = 32 * 1024 * 1024,
    /* Bytes that the log of writes keeps on disk between two of them. */
    CONNECTION_LOG_CEILING = 64 * 1024 * 1024,
};

#endif
