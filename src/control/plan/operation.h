/* SPDX-License-Identifier: Apache-2.0 */
/* One execution that changes something: a remediation or a reversal; its
 * changes, as the journal has them, and what became of each. */
#ifndef PIKET_CONTROL_PLAN_OPERATION_H
#define PIKET_CONTROL_PLAN_OPERATION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "control/contact/contact.h"
#include "control/plan/plan.h"
#include "control/value/subscription.h"

enum change_outcome {
    CHANGE_PENDING,    /* journalled; what became of it is not known yet */
    CHANGE_DONE,       /* every planned field reads back, and the assessment
                          passes; in a reversal: equal as JSON */
    CHANGE_ALREADY,    /* not sent: it was as intended before */
    CHANGE_CONFLICT,   /* not sent: changed by others since it was planned */
    CHANGE_NOT_SENT,   /* a limit, too many failures, or an interruption */
    CHANGE_REFUSED,    /* ARM refused it: nothing has changed */
    CHANGE_DIFFERENT,  /* it came back different: residue says in what */
    CHANGE_UNVERIFIED, /* sent, and perhaps done: it could not be read, or
                          did not show in time */
    CHANGE_OUTCOME_COUNT,
};

/* "pending", "done", "already", "conflict", "not-sent", "refused",
 * "different", "unverified". Reports call a remediation's "done" fixed. */
const char *change_outcome_name(enum change_outcome outcome);

/* A member that did not come back as it was written. */
struct change_residue {
    const char *member;   /* of properties: "phone" */
    const char *intended; /* as JSON; NULL where the member was not to be */
    const char *actual;   /* as JSON; NULL where it is not there */
};

/* What is journalled of a change after its request. */
struct change_result {
    enum change_outcome outcome;
    const struct contact_snapshot *after; /* as last read; NULL where it could
                                          not be */
    const struct change_residue *residue; /* where DIFFERENT */
    size_t residue_count;
    const struct contact_error *error; /* why, where one was answered */
    const char *request_id;            /* Azure's, of the write; or NULL */
    bool settled;                      /* found out by a later execution */
    bool unrecorded; /* sent, and what came of it is not on record for good:
                        of an execution, not of the journal */
};

/* A change as the journal has it: made durable before its request is sent. */
struct change {
    int64_t id; /* the journal's; 0 before it is there */
    const char *operation;
    struct subscription subscription; /* id, name and tenant */
    enum plan_action action;          /* PLAN_REGISTER is the registration
                                         alone; the contact follows as
                                         PLAN_CREATE */
    enum contact_version version;
    const struct contact_snapshot *before; /* NULL only for PLAN_REGISTER */
    const char *body;      /* as sent; NULL for a DELETE and PLAN_REGISTER */
    int64_t reverts;       /* the change that it takes back; else 0 */
    int64_t journalled_at; /* milliseconds since 1970 */
    int64_t finished_at;   /* 0 while PENDING */
    struct change_result result;
    bool unproved; /* recorded by an older piket, without a digest */
};

struct operation {
    const char *id; /* of its plan; its own where that is from a file, which
                       may be applied again */
    enum plan_kind kind;
    int64_t started_at;
    int64_t finished_at; /* 0: it has not ended, or was killed */
    const char *cloud;
    const char *endpoint; /* ARM's: what was changed in an emulator is not
                             reverted elsewhere */
    const char *profile;
    const char *config;   /* or NULL */
    const char *identity; /* who the token says it is; or NULL */
    const char *reason;   /* --reason, or NULL */
    const char *reverts;  /* the operation that it takes back; or NULL */
    const char *plan;     /* SHA-256 of the plan, in hexadecimal; or NULL */
};

/* What became of each change of a plan that was applied, for a report. */
struct operation_report {
    struct operation operation;
    const struct plan *plan;
    struct change_result *results; /* one for each change of the plan */
    size_t settled; /* unfinished changes of earlier executions that were
                       found out first */
    bool interrupted;
    const char *stopped; /* a sentence: why it ended early; or NULL */
};

struct operation_counts {
    size_t done, already, conflict, not_sent, refused, different, unverified;
};

struct operation_counts operation_count(const struct operation_report *report);

#endif
