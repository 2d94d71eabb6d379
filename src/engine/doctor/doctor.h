/* SPDX-License-Identifier: Apache-2.0 */
/* Finds out what a check would use, and what it would lack. */
#ifndef PIKET_ENGINE_DOCTOR_DOCTOR_H
#define PIKET_ENGINE_DOCTOR_DOCTOR_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"
#include "control/config/config.h"
#include "control/doctor/doctor_report.h"
#include "control/value/scope.h"
#include "control/value/subscription_set.h"
#include "engine/session/session.h"
#include "net/loop/loop.h"

/* What was seen of the store before. */
struct doctor_store {
    const char *path; /* NULL: --no-store */
    bool named;       /* asked for by name: then it must be usable */
    bool exists;
    const struct error *error; /* why it cannot be used, or NULL */
    size_t unfinished;         /* changes whose end is not known */
};

/* Borrowed; outlives the diagnose. */
struct doctor_options {
    const struct session_options *session;
    const char *config_path;   /* NULL: there is no file */
    const char *config_origin; /* "default", "environment", "option" */
    const struct config *config;
    const struct error *config_error; /* why it cannot be used, or NULL */
    const struct doctor_store *store;
    const char *profile;       /* the name of the one in effect */
    const struct scope *scope; /* NULL: everything */
    const struct subscription_set *expected; /* a user's list */
    const char *expected_file;               /* NULL: there is none */
    size_t sample; /* subscriptions whose permissions are read, at the most */
};

struct doctor;

/* The loop is borrowed, the diagnosis is filled. */
int doctor_new(struct doctor **ret_doctor, struct loop *loop,
               const struct doctor_options *options,
               struct doctor_report *doctor_report, struct error *err);

/* Ends what is still under way. NULL is allowed. */
void doctor_free(struct doctor *doctor);

/* Asks everything that can be asked, side by side, and concludes each line.
 * Whatever is wrong out there is a line. Sends nothing but GETs to ARM.
 * Fails only where memory runs out. */
int doctor_run(struct doctor *doctor, struct error *err);

/* Ends doctor_run soon; what is not known by then is skipped. May be
 * called from a loop callback. */
void doctor_interrupt(struct doctor *doctor);

#endif
