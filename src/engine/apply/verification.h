/* SPDX-License-Identifier: Apache-2.0 */
/* The read-back: reads a contact until it shows what was intended. */
#ifndef PIKET_ENGINE_APPLY_VERIFICATION_H
#define PIKET_ENGINE_APPLY_VERIFICATION_H

#include <stdbool.h>
#include <stdint.h>

#include "azure/contact/contact_reader.h"
#include "base/arena.h"
#include "base/error.h"
#include "engine/apply/expected_state.h"
#include "net/loop/loop.h"

struct verification_result {
    struct expected_state_verdict verdict;
    const struct contact_snapshot *image; /* as last read; NULL where it could
                                          not be */
    const struct contact_error *error;    /* of the last read; or NULL */
};

/* result is borrowed for the call, its texts live as long as the arena. It
 * may release the verification. */
typedef void verification_done(const struct verification_result *result,
                               void *data);

/* Told instead where memory ran out. */
typedef void verification_failed(struct error *err, void *data);

/* All borrowed. */
struct verification_options {
    struct loop *loop;
    struct contact_reader *reader;
    const struct expected_state *expected_state;
    int64_t timeout;     /* milliseconds, after which it reads once more */
    struct arena *arena; /* of the result */
    verification_done *done;
    verification_failed *failed;
    void *data;
};

/* Embedded in what waits for it. */
struct verification {
    struct verification_options options;
    struct arena *scratch; /* of the present read */
    struct loop_timer *timer;
    int64_t started;  /* by clock_monotonic */
    int64_t deadline; /* likewise */
    int64_t pause;    /* before the next read */
    bool cancelled;
};

/* Reads at once, then after pauses that grow, and a last time when the
 * timeout is over. Azure's answer to a write says nothing: it has been seen
 * to keep, merge and default members (rest-api recordings of 2023). A
 * reversal that lacks only what Azure keeps waits for a few seconds. Exactly
 * one of done and failed is called, from loop_run. */
int verification_start(struct verification *verification,
                       const struct verification_options *options,
                       struct error *err);

/* Nothing is called any more; a read that is under way ends by itself. */
void verification_cancel(struct verification *verification);

/* No read may be under way. */
void verification_release(struct verification *verification);

#endif
