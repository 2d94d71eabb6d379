/* SPDX-License-Identifier: Apache-2.0 */
/* What the doctor is asked about. */
#ifndef PIKET_ENGINE_DOCTOR_DOCTOR_OPTIONS_H
#define PIKET_ENGINE_DOCTOR_DOCTOR_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"
#include "control/config/config.h"
#include "control/value/scope.h"
#include "control/value/subscription_set.h"
#include "engine/session/session.h"

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

#endif
