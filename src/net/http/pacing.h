/* SPDX-License-Identifier: Apache-2.0 */
/* How fast a client may start requests, learned from the service's answers.
 * Pure: times are milliseconds of clock_monotonic, given by the caller.
 *
 * A client begins without a limit but its window, the requests under way at
 * once. A throttled answer halves the window and cuts the rate of starts
 * below what was last achieved; answers that are not throttled let both grow
 * again: quickly back to nearly the rate that failed, slowly around it, then
 * ever faster, since the limit may be gone (the shape is that of CUBIC, RFC
 * 9438). Throttled answers that follow one another also stop all starts for
 * a moment, so that a bucket that is dry can fill. */
#ifndef PIKET_NET_HTTP_PACING_H
#define PIKET_NET_HTTP_PACING_H

#include <stdint.h>

struct pacing {
    unsigned ceiling;     /* of the window */
    double window;        /* requests under way at once */
    double rate;          /* starts per second; 0 while there is no limit */
    double failed_rate;   /* the rate at the last cut */
    int64_t cut_at;       /* the time of the last cut */
    double next_start;    /* the earliest time of the next start */
    unsigned streak;      /* cuts without enough successes between them */
    unsigned successes;   /* since the last cut */
    int64_t period_start; /* of the present period of the count */
    unsigned passed; /* starts in the present period, less throttled ones */
    unsigned passed_before; /* the same in the period before it */
};

void pacing_init(struct pacing *pacing, unsigned concurrency, int64_t now);

/* Whether a request may start: 0 now, more than 0 not before so many
 * milliseconds have passed, -1 not before another one has ended. */
int64_t pacing_wait(const struct pacing *pacing, unsigned under_way,
                    int64_t now);

void pacing_started(struct pacing *pacing, int64_t now);

/* Told of each answer that was not throttled. */
void pacing_succeeded(struct pacing *pacing, int64_t now);

/* Told of each throttled answer, and when its request was started: answers
 * to requests from before the last cut say nothing new. */
void pacing_throttled(struct pacing *pacing, int64_t started, int64_t now);

#endif
