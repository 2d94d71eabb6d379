/* SPDX-License-Identifier: Apache-2.0 */
/* One execution over one or more tenants, with all its assessments. */
#ifndef PIKET_CONTROL_RUN_RUN_H
#define PIKET_CONTROL_RUN_RUN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/error.h"
#include "control/run/assessment.h"
#include "control/run/coverage.h"
#include "control/requirement/profile.h"

/* One tenant of a run: how it was signed in to, and what went wrong. */
struct run_tenant {
    const char *id;           /* "" until it is known */
    const char *display_name; /* or NULL */
    const char *credential;   /* "AzureCliCredential", or NULL */
    const char *identity;     /* who the token says it is, or NULL */
    const char *error;        /* why it could not be read, or NULL */
    bool delegated;           /* not signed in to: its subscriptions are seen
                                 through another one, by Azure Lighthouse */
};

struct run {
    struct arena *arena; /* owns everything below */
    char *id;            /* 2026-11-22T09:14:07Z-3f9a */
    int64_t started_at;  /* milliseconds since 1970 */
    int64_t finished_at;
    const char *cloud; /* "AzureCloud" */
    const struct profile *profile;
    const char *config; /* the configuration file's name, or NULL */
    bool complete;      /* every listing was read to its end */
    bool interrupted;
    struct run_tenant *tenants; /* those that are delegated come last */
    size_t tenant_count;
    const char **limitations; /* sentences: what this cloud cannot show */
    size_t limitation_count;
    const char **errors; /* sentences that belong to no subscription */
    size_t error_count;
    const char **notes; /* sentences: what the configuration brings about */
    size_t note_count;
    struct assessment *assessments;
    size_t assessment_count;
    size_t excluded;      /* left out by scope */
    size_t other_tenants; /* left out, as one tenant only was asked for */
    struct coverage coverage;
    uint64_t requests;
    uint64_t retries;
};

/* An empty run with its id: started_at and four hexadecimal digits of
 * unique. */
int run_new(struct run **ret_run, int64_t started_at, uint16_t unique,
            const struct profile *profile, struct error *err);

/* Releases the run and everything made in its arena. NULL is allowed. */
void run_free(struct run *run);

/* Appends a copy of a sentence, unless it is there already. Nothing else
 * may grow these arrays. */
int run_add_limitation(struct run *run, const char *text, struct error *err);
int run_add_error(struct run *run, const char *text, struct error *err);
int run_add_note(struct run *run, const char *text, struct error *err);

/* Appends a tenant that was signed in to, whose texts live as long as the
 * run. Not after run_add_delegated. */
int run_add_tenant(struct run *run, const struct run_tenant *tenant,
                   struct error *err);

/* Appends the tenants of assessments that nobody signed in to, ordered by
 * id. */
int run_add_delegated(struct run *run, struct error *err);

/* Puts the assessments into the order of subscription_compare, and makes one
 * of those of the same subscription, which several tenants showed: one that
 * could be read, if any. */
void run_sort(struct run *run);

/* Whether the assessment has the finding of each requirement of the run's
 * profile, in their order, as writers rely on. */
bool run_judges(const struct run *run, const struct assessment *assessment);

enum run_status {
    RUN_COMPLIANT,     /* all compliant, muted or not applicable */
    RUN_NON_COMPLIANT, /* all could be read, and some do not comply */
    RUN_UNKNOWN,       /* some could not be read, a listing broke off, a
                          tenant failed, or nothing was in scope */
};

/* "compliant", "non-compliant", "unknown". */
const char *run_status_name(enum run_status status);

struct run_summary {
    enum run_status status;
    size_t subscriptions;
    size_t compliant, muted, non_compliant, unknown, not_applicable;
    size_t reach_contact, reach_owners, reach_nobody, reach_unknown;
    size_t excluded, other_tenants;
};

struct run_summary run_summarize(const struct run *run);

#endif
