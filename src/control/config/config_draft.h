/* SPDX-License-Identifier: Apache-2.0 */
/* A configuration that is proposed: what a tenant's contacts have in common
 * today, counted in a run. */
#ifndef PIKET_CONTROL_CONFIG_CONFIG_DRAFT_H
#define PIKET_CONTROL_CONFIG_CONFIG_DRAFT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/error.h"
#include "control/requirement/profile.h"
#include "control/run/run.h"
#include "control/value/scope.h"

/* How many values of one kind, and management groups, a draft shows. */
enum { CONFIG_DRAFT_SHOWN = 20 };

struct config_draft_value {
    const char *text;
    size_t contacts; /* that use it */
    bool proposed;
};

/* Those proposed first, then by use, most first. */
struct config_draft_values {
    struct config_draft_value items[CONFIG_DRAFT_SHOWN];
    size_t count;
    size_t more;    /* valid ones that were left out of items */
    size_t invalid; /* values that no configuration may hold */
    /* The requirement of the profile that what would have been proposed does
     * not meet, so that none is; else NULL. */
    const char *unmet;
};

struct config_draft_group {
    const char *id; /* scope_valid_group holds */
    const char *name;
};

/* The management groups that the caller can see, in the order of their
 * ids. */
struct config_draft_groups {
    struct config_draft_group items[CONFIG_DRAFT_SHOWN];
    size_t count;
    size_t more;
    const char *error; /* why they could not be listed, or NULL */
};

/* Everything is borrowed from the run, or made in its arena. */
struct config_draft {
    const char *tenant; /* an id; NULL where it is not known */
    const struct profile *profile;
    bool complete; /* every subscription was listed */
    size_t subscriptions;
    size_t contacts;       /* subscriptions that have one named default */
    size_t without;        /* that have none of that name */
    size_t unreadable;     /* nothing is known about these */
    size_t not_applicable; /* disabled, deleted, or Entra only */
    struct config_draft_values emails;
    struct config_draft_values phones;
    struct config_draft_values severities;
    struct config_draft_values risks;
    struct config_draft_values roles;
    struct config_draft_values domains; /* of the valid addresses */
    struct config_draft_groups groups;  /* empty; for the caller to fill */
    const struct scope *scope;          /* what the run was limited to */
};

/* Counts the contacts of a sorted run, so that the same tenant gives the same
 * draft. Addresses, roles and domains are proposed where at least half of the
 * contacts use them, and the most used one where none is; of phone numbers
 * and levels the most used one; domains also where an address that is
 * proposed needs them. What is proposed meets the run's profile. Values are
 * the same whatever the case of their letters, phone numbers whatever their
 * separators. */
int config_draft_make(const struct run *run, const struct scope *scope,
                      struct config_draft *ret_draft, struct error *err);

#endif
