/* SPDX-License-Identifier: Apache-2.0 */
/* A token bucket, which is how ARM counts requests. */
#ifndef EMULATOR_SERVER_BUCKET_H
#define EMULATOR_SERVER_BUCKET_H

#include <stdbool.h>
#include <stdint.h>

struct bucket {
    double capacity;
    double rate; /* tokens per second */
    double level;
    int64_t refilled; /* on the monotonic clock, in milliseconds */
};

/* Full. */
void bucket_init(struct bucket *bucket, double capacity, double rate,
                 int64_t now);

/* Takes one token; false where there is none. */
bool bucket_take(struct bucket *bucket, int64_t now);

/* Whole seconds until there is a token; at least 1. */
unsigned bucket_wait(const struct bucket *bucket);

#endif
