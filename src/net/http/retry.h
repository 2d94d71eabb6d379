/* SPDX-License-Identifier: Apache-2.0 */
/* How long to wait before the next try. Time and chance are inputs. */
#ifndef PIKET_NET_HTTP_RETRY_H
#define PIKET_NET_HTTP_RETRY_H

#include <stdint.h>

/* What an answer says about it. */
struct retry_hints {
    const char *retry_after_ms; /* header values; NULL where absent */
    const char *x_ms_retry_after_ms;
    const char *retry_after; /* seconds, or an HTTP-date */
    int64_t body;            /* milliseconds; -1 where it says none */
};

/* The wait that the service asks for in milliseconds, at most
 * HTTP_RETRY_AFTER_CEILING; -1 where it asks for none that can be read. The
 * members of hints go in their order, which is that of the Azure SDKs. now
 * is clock_now, for the date. */
int64_t retry_after(const struct retry_hints *hints, int64_t now);

/* The wait before the retry with this number, which is 1 for the first:
 * base, doubled for each retry before it, times a factor from 0.8 to 1.3, at
 * most HTTP_BACKOFF_CEILING. random decides the factor and may be any
 * number. */
int64_t retry_backoff(int64_t base, unsigned number, uint32_t random);

#endif
