/* SPDX-License-Identifier: Apache-2.0 */
/* What diagnose has seen, for the examinations to judge. */
#ifndef PIKET_ENGINE_DOCTOR_DOCTOR_FACTS_H
#define PIKET_ENGINE_DOCTOR_DOCTOR_FACTS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/error.h"
#include "control/contact/contact.h"
#include "control/run/coverage.h"
#include "control/run/run.h"
#include "control/value/subscription.h"
#include "engine/doctor/doctor_options.h"
#include "engine/doctor/endpoint_test.h"
#include "engine/doctor/permission_sample.h"
#include "engine/session/session.h"

/* The subscriptions as ARM lists them; items live in the run's arena. */
struct doctor_facts_list {
    bool done;
    bool failed; /* error says why it is not whole */
    int http_status;
    struct error error;
    size_t strange;
    struct subscription **items;
    size_t count, capacity;
};

struct doctor_facts_scope {
    bool done;
    struct error error; /* what it names does not exist; or empty */
    size_t left_out;
};

enum { DOCTOR_FACTS_NAMES_CEILING = 5 };

struct doctor_facts_coverage {
    bool done;
    struct coverage coverage;
    struct subscription
        missing[DOCTOR_FACTS_NAMES_CEILING]; /* the first ones */
    size_t named;
};

struct doctor_facts_contact {
    bool asked, done;
    const struct subscription *subscription;
    struct contact_reading reading; /* in the run's arena */
};

struct doctor_facts {
    const struct doctor_options *options;
    struct run *run;               /* takes notes and errors of the scope */
    const struct session *session; /* NULL: session_error says why */
    struct error session_error;
    struct endpoint_test arm, authority;
    char *authority_tenant; /* that the authority was asked for */
    struct doctor_facts_list list;
    struct doctor_facts_scope scope;
    struct doctor_facts_coverage coverage;
    const char *tenant_name, *tenant_domain; /* or NULL */
    struct permission_sample sample;
    struct doctor_facts_contact contact;
};

#endif
