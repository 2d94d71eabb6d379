/* SPDX-License-Identifier: Apache-2.0 */
/* The changes that would make an estate compliant, or that would bring back
 * what a remediation changed: pure, from assessments and a desired contact.
 * Per subscription what is there, what would be, and every difference. */
#ifndef PIKET_CONTROL_PLAN_PLAN_H
#define PIKET_CONTROL_PLAN_PLAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/error.h"
#include "control/contact/contact.h"
#include "control/contact/contact_field.h"
#include "control/config/desired_contact.h"
#include "control/run/run.h"
#include "control/value/subscription.h"

enum plan_kind {
    PLAN_REMEDIATION,
    PLAN_REVERSAL,
};

/* "remediation", "reversal". */
const char *plan_kind_name(enum plan_kind kind);

enum plan_action {
    PLAN_CREATE,
    PLAN_UPDATE,
    PLAN_DELETE,   /* a reversal's, where there was no contact */
    PLAN_REGISTER, /* Microsoft.Security is registered, and a contact made */
};

/* "create", "update", "delete", "register". */
const char *plan_action_name(enum plan_action action);

/* Something that a reader must know before it is done. */
enum plan_caution {
    PLAN_CAUTION_PHONE = 1 << 0,        /* a phone that is written cannot be
                                           cleared by another write */
    PLAN_CAUTION_REGISTRATION = 1 << 1, /* turns on Defender's free layer,
                                           and is not undone by revert */
    PLAN_CAUTION_NO_CONTACT = 1 << 2,   /* afterwards there is none, which is
                                           advised against */
    PLAN_CAUTION_OTHERS = 1 << 3,       /* contacts of other names stay */
};

/* An address that a change takes out, or cannot put in. */
struct plan_drop {
    const char *email;
    enum plan_drop_reason {
        PLAN_DROP_INVALID,  /* fails email-valid */
        PLAN_DROP_DOMAIN,   /* fails email-domain, which is required */
        PLAN_DROP_REMOVED,  /* --remove-email */
        PLAN_DROP_REPLACED, /* --replace-emails */
    } reason;
};

/* "invalid", "domain", "removed", "replaced". */
const char *plan_drop_reason_name(enum plan_drop_reason reason);

struct plan_difference {
    enum contact_field field;
    const char *before; /* as contact_field_text; NULL: says nothing */
    const char *after;
};

/* Texts, such as addresses or roles. */
struct plan_texts {
    const char *const *items;
    size_t count;
};

struct plan_change {
    struct subscription subscription;
    enum plan_action action;
    const struct contact *before;         /* NULL: there is none */
    const struct contact *after;          /* NULL: there will be none */
    const struct contact_snapshot *image; /* of what is there; NULL only for
                                          PLAN_REGISTER */
    enum contact_version version; /* of image, and in which is written */
    const char *body; /* the JSON to be written; NULL for PLAN_DELETE, and
                         until engine/planning has filled it in */
    struct plan_difference *differences; /* in the order of enum contact_field;
                                            only fields that differ */
    size_t difference_count;
    struct plan_texts requirements; /* ids of those that fail, and will not;
                                       none in a reversal */
    struct plan_texts starts; /* who starts receiving alerts of High severity:
                                 addresses, then roles ("Owner") */
    struct plan_texts stops;
    struct plan_drop *drops;
    size_t drop_count;
    unsigned cautions; /* of enum plan_caution */
    int64_t reverts;   /* the id of the journalled change that a reversal
                          takes back; else 0 */
};

/* Why nothing can be planned for a subscription that needs something. */
enum plan_obstacle_reason {
    PLAN_OBSTACLE_UNREADABLE,   /* unknown: argument is the error's code */
    PLAN_OBSTACLE_UNKNOWN,      /* a requirement could not be judged: its
                                   id */
    PLAN_OBSTACLE_NO_EMAIL,     /* an address is needed, and none is given */
    PLAN_OBSTACLE_EMAIL_FEW,    /* more addresses: how many are demanded */
    PLAN_OBSTACLE_EMAIL_DOMAIN, /* the address given outside the domains */
    PLAN_OBSTACLE_NO_PHONE,
    PLAN_OBSTACLE_UNREGISTERED,  /* without --register-provider */
    PLAN_OBSTACLE_READ_ONLY,     /* the subscription's state */
    PLAN_OBSTACLE_VERSION,       /* the API version, in which nothing is
                                    written */
    PLAN_OBSTACLE_TENANT,        /* the tenant, which nobody named */
    PLAN_OBSTACLE_CONTRADICTION, /* a requirement that what is given would
                                    fail: its id */
    PLAN_OBSTACLE_CONFLICT,      /* a reversal: changed since by others */
    PLAN_OBSTACLE_NOT_UNDONE,    /* a reversal: a registration stays */
    PLAN_OBSTACLE_GONE,          /* a reversal: no longer listed */
    PLAN_OBSTACLE_COUNT,
};

/* A name that programs rely on, such as "no-email". */
const char *plan_obstacle_reason_name(enum plan_obstacle_reason reason);

struct plan_obstacle {
    struct subscription subscription;
    enum plan_obstacle_reason reason;
    const char *argument;              /* as said above; or NULL */
    const struct contact_error *error; /* for UNREADABLE; or NULL */
};

struct plan {
    struct arena *arena; /* owns everything below */
    enum plan_kind kind;
    char *id;           /* as a run's: 2026-11-22T09:14:07Z-3f9a */
    int64_t created_at; /* milliseconds since 1970 */
    const char *cloud;
    const char *config;  /* the configuration file's name, or NULL */
    const char *profile; /* its name */
    const char *reverts; /* a reversal: the operation's id; else NULL */
    struct plan_change *changes; /* ordered as subscription_compare */
    size_t change_count;
    struct plan_obstacle *obstacles; /* likewise */
    size_t obstacle_count;
    size_t subscriptions; /* looked at */
    size_t compliant;     /* of these, nothing to do: compliant, muted or not
                             applicable; a reversal: already as before */
    bool complete;        /* every listing was read to its end */
};

struct plan_options {
    const struct desired_contact *desired;
    bool register_provider;
    const char *const *tenants; /* ids, which may be written to */
    size_t tenant_count;
    int64_t now;     /* milliseconds since 1970 */
    uint16_t unique; /* of the id */
};

/* Whether the tenant is among those that may be written to. */
bool plan_may_write(const struct plan_options *options, const char *tenant);

/* Plans the smallest set of changes by which each non-compliant subscription
 * of the run becomes compliant, by the rules of docs/remediation.md. What
 * would be is judged again: a change that would not comply is an obstacle
 * instead. The run's readings carry their images; the run, which has been
 * sorted, outlives the plan. */
int plan_make(struct plan **ret_plan, const struct run *run,
              const struct plan_options *options, struct error *err);

/* An id like a plan's, in the arena; NULL where memory ran out. */
char *plan_make_id(struct arena *arena, int64_t created_at, uint16_t unique);

/* A plan without anything in it yet. */
int plan_new(struct plan **ret_plan, enum plan_kind kind, int64_t created_at,
             uint16_t unique, struct error *err);

/* Adds the change of a reversal, from what is there now to what a journalled
 * change found: NULL where there was no contact. Texts and contacts live as
 * long as the plan. differences, starts, stops and cautions are worked
 * out. */
int plan_add_reversal(struct plan *plan,
                      const struct subscription *subscription,
                      const struct contact_reading *reading,
                      const struct contact *restored, int64_t reverts,
                      struct error *err);

/* Neither is copied deeply: what they point to lives as long as the plan. */
int plan_add_change(struct plan *plan, const struct plan_change *change,
                    struct error *err);
int plan_add_obstacle(struct plan *plan, const struct plan_obstacle *obstacle,
                      struct error *err);

/* Orders changes and obstacles, once all are added. */
void plan_sort(struct plan *plan);

/* NULL is allowed. */
void plan_free(struct plan *plan);

#endif
