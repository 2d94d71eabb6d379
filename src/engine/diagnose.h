/* SPDX-License-Identifier: Apache-2.0 */
/* Finds out what a check would use, and what it would lack. */
#ifndef PIKET_ENGINE_DIAGNOSE_H
#define PIKET_ENGINE_DIAGNOSE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"
#include "control/config.h"
#include "control/diagnosis.h"
#include "control/scope.h"
#include "control/subscription_set.h"
#include "engine/session.h"
#include "http/loop.h"

/* What was seen of the store before. */
struct diagnose_store {
    const char *path; /* NULL: --no-store */
    bool named;       /* asked for by name: then it must be usable */
    bool exists;
    const struct error *error; /* why it cannot be used, or NULL */
    size_t unfinished;         /* changes whose end is not known */
};

/* Borrowed; outlives the diagnose. */
struct diagnose_options {
    const struct session_options *session;
    const char *config_path;   /* NULL: there is no file */
    const char *config_origin; /* "default", "environment", "option" */
    const struct config *config;
    const struct error *config_error; /* why it cannot be used, or NULL */
    const struct diagnose_store *store;
    const char *profile;       /* the name of the one in effect */
    const struct scope *scope; /* NULL: everything */
    const struct subscription_set *expected; /* a user's list */
    const char *expected_file;               /* NULL: there is none */
    size_t sample; /* subscriptions whose permissions are read, at the most */
};

struct diagnose;

/* The loop is borrowed, the diagnosis is filled. */
int diagnose_new(struct diagnose **ret_diagnose, struct loop *loop,
                 const struct diagnose_options *options,
                 struct diagnosis *diagnosis, struct error *err);

/* Ends what is still under way. NULL is allowed. */
void diagnose_free(struct diagnose *diagnose);

/* Asks everything that can be asked, side by side, and concludes each line.
 * Whatever is wrong out there is a line. Sends nothing but GETs to ARM.
 * Fails only where memory runs out. */
int diagnose_run(struct diagnose *diagnose, struct error *err);

/* Ends diagnose_run soon; what is not known by then is skipped. May be
 * called from a loop callback. */
void diagnose_interrupt(struct diagnose *diagnose);

#endif
