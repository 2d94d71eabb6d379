/* SPDX-License-Identifier: Apache-2.0 */
/* A token bucket. */
#include "server/bucket.h"

void
bucket_init(struct bucket *bucket, double capacity, double rate, int64_t now)
{
    *bucket = (struct bucket){ capacity, rate, capacity, now };
}

bool
bucket_take(struct bucket *bucket, int64_t now)
{
    bucket->level += (double) (now - bucket->refilled) * bucket->rate / 1000.0;
    bucket->refilled = now;
    if (bucket->level > bucket->capacity)
        bucket->level = bucket->capacity;
    if (bucket->level < 1.0)
        return false;
    bucket->level -= 1.0;
    return true;
}

unsigned
bucket_wait(const struct bucket *bucket)
{
    double seconds = 1.0;

    if (bucket->rate > 0.0)
        seconds = (1.0 - bucket->level) / bucket->rate;
    return seconds < 1.0 ? 1 : (unsigned) (seconds + 0.999);
}
