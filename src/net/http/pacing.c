/* SPDX-License-Identifier: Apache-2.0 */
/* How fast a client may start requests. */
#include "net/http/pacing.h"

enum {
    PACING_PERIOD = 500, /* milliseconds in which starts are counted */
    /* Milliseconds from a cut until the rate that failed is tried again. */
    PACING_RECOVERY = 5000,
    /* Successes after which a throttled answer is news, not the same dry
     * bucket. */
    PACING_STREAK_ENDS = 8,
    PACING_PAUSE_BASE = 30,      /* milliseconds, doubled in a streak */
    PACING_PAUSE_CEILING = 1000, /* ... up to this */
    /* Starts that came too late, by a coarse timer, may be made up for by
     * so many milliseconds. */
    PACING_LAG = 20,
};

static const double PACING_CUT = 0.3; /* of the rate that failed */
/* A cut never goes below this part of what has just passed: a service that
 * counts by the second answers everything alike until the second is over. */
static const double PACING_ACHIEVED_CUT = 0.5;
static const double PACING_RATE_FLOOR = 5.0;   /* starts per second */
static const double PACING_RATE_OFF = 10000.0; /* no limit from here on */

void
pacing_init(struct pacing *pacing, unsigned concurrency, int64_t now)
{
    *pacing = (struct pacing){ .ceiling = concurrency,
                               .window = concurrency,
                               .cut_at = now - PACING_RECOVERY,
                               .period_start = now };
}

int64_t
pacing_wait(const struct pacing *pacing, unsigned under_way, int64_t now)
{
    if (under_way >= (unsigned) pacing->window)
        return -1;
    const double wait = pacing->next_start - (double) now;
    if (wait <= 0)
        return 0;
    return (int64_t) wait + 1;
}

/* Moves on to the period that holds now. */
static void
period_advance(struct pacing *pacing, int64_t now)
{
    const int64_t periods = (now - pacing->period_start) / PACING_PERIOD;

    if (periods <= 0)
        return;
    pacing->passed_before = periods == 1 ? pacing->passed : 0;
    pacing->passed = 0;
    pacing->period_start += periods * PACING_PERIOD;
}

/* Takes a throttled start back out of the count of those that passed, and
 * returns how many passed per second of late. */
static double
achieved_rate(struct pacing *pacing, int64_t now)
{
    period_advance(pacing, now);
    if (pacing->passed > 0)
        pacing->passed--;
    else if (pacing->passed_before > 0)
        pacing->passed_before--;
    const int64_t span = now - pacing->period_start + PACING_PERIOD;
    return (pacing->passed + pacing->passed_before) * 1000.0 / (double) span;
}

void
pacing_started(struct pacing *pacing, int64_t now)
{
    const double earliest = (double) (now - PACING_LAG);

    period_advance(pacing, now);
    pacing->passed++;
    if (pacing->rate <= 0)
        return;
    if (pacing->next_start < earliest)
        pacing->next_start = earliest;
    pacing->next_start += 1000.0 / pacing->rate;
}

void
pacing_succeeded(struct pacing *pacing, int64_t now)
{
    pacing->window += 1.0 / pacing->window;
    if (pacing->window > pacing->ceiling)
        pacing->window = pacing->ceiling;
    if (++pacing->successes >= PACING_STREAK_ENDS)
        pacing->streak = 0;
    if (pacing->rate <= 0)
        return;
    const double x =
        (double) (now - pacing->cut_at - PACING_RECOVERY) / PACING_RECOVERY;
    const double rate = pacing->failed_rate * (1 + PACING_CUT * x * x * x);
    if (rate > pacing->rate)
        pacing->rate = rate;
    if (pacing->rate >= PACING_RATE_OFF)
        pacing->rate = 0;
}

/* The rate that has just proved too high. */
static double
failed_rate(const struct pacing *pacing, double achieved)
{
    /* In a streak the last seconds still hold what a full bucket gave. */
    const double rate =
        pacing->rate > 0 && pacing->rate < achieved ? pacing->rate : achieved;
    return rate > PACING_RATE_FLOOR ? rate : PACING_RATE_FLOOR;
}

static double
pause_after_cut(const struct pacing *pacing)
{
    const double interval = 1000.0 / pacing->rate;
    double pause = pacing->streak > 0 ? PACING_PAUSE_BASE : 0;

    for (unsigned i = 1; i < pacing->streak && pause < PACING_PAUSE_CEILING;
         i++)
        pause *= 2;
    if (pause > PACING_PAUSE_CEILING)
        pause = PACING_PAUSE_CEILING;
    return interval > pause ? interval : pause;
}

void
pacing_throttled(struct pacing *pacing, int64_t started, int64_t now)
{
    const double achieved = achieved_rate(pacing, now);

    if (started <= pacing->cut_at)
        return;
    const double lowest = achieved * PACING_ACHIEVED_CUT;
    pacing->failed_rate = failed_rate(pacing, achieved);
    pacing->rate = pacing->failed_rate * (1 - PACING_CUT);
    if (pacing->rate < lowest)
        pacing->rate = lowest;
    if (pacing->rate < PACING_RATE_FLOOR)
        pacing->rate = PACING_RATE_FLOOR;
    pacing->window = pacing->window / 2 > 1 ? pacing->window / 2 : 1;
    pacing->next_start = (double) now + pause_after_cut(pacing);
    pacing->cut_at = now;
    pacing->successes = 0;
    pacing->streak++;
}
