/* SPDX-License-Identifier: Apache-2.0 */
/* What diagnose has seen, for the examinations to judge. */
#ifndef PIKET_ENGINE_EVIDENCE_H
#define PIKET_ENGINE_EVIDENCE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/error.h"
#include "control/contact.h"
#include "control/coverage.h"
#include "control/run.h"
#include "control/subscription.h"
#include "engine/diagnose.h"
#include "engine/probe.h"
#include "engine/sample.h"
#include "engine/session.h"

/* The subscriptions as ARM lists them; items live in the run's arena. */
struct evidence_list {
    bool done;
    bool failed; /* error says why it is not whole */
    int http_status;
    struct error error;
    size_t strange;
    struct subscription **items;
    size_t count, capacity;
};

struct evidence_scope {
    bool done;
    struct error error; /* what it names does not exist; or empty */
    size_t left_out;
};

enum { EVIDENCE_NAMES_CEILING = 5 };

struct evidence_coverage {
    bool done;
    struct coverage coverage;
    struct subscription missing[EVIDENCE_NAMES_CEILING]; /* the first ones */
    size_t named;
};

struct evidence_contact {
    bool asked, done;
    const struct subscription *subscription;
    struct contact_reading reading; /* in the run's arena */
};

struct evidence {
    const struct diagnose_options *options;
    struct run *run;               /* takes notes and errors of the scope */
    const struct session *session; /* NULL: session_error says why */
    struct error session_error;
    struct probe arm, authority;
    char *authority_tenant; /* that the authority was asked for */
    struct evidence_list list;
    struct evidence_scope scope;
    struct evidence_coverage coverage;
    const char *tenant_name, *tenant_domain; /* or NULL */
    struct sample sample;
    struct evidence_contact contact;
};

#endif
