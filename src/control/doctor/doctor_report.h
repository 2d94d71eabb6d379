/* SPDX-License-Identifier: Apache-2.0 */
/* What was found out before a check is trusted: one line for each
 * examination, with a reason and its facts. The sentences are made where
 * they are printed. */
#ifndef PIKET_CONTROL_DOCTOR_DOCTOR_REPORT_H
#define PIKET_CONTROL_DOCTOR_DOCTOR_REPORT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/error.h"

enum doctor_report_status {
    DOCTOR_REPORT_PASS,
    DOCTOR_REPORT_WARN,
    DOCTOR_REPORT_FAIL,
    DOCTOR_REPORT_SKIPPED, /* it rests on something that failed */
};

/* "pass", "warn", "fail", "skipped". */
const char *doctor_report_status_name(enum doctor_report_status status);

/* What is examined, in the order in which it is told. */
enum doctor_report_examination {
    DOCTOR_REPORT_CONFIGURATION,
    DOCTOR_REPORT_DESIRED_CONTACT,
    DOCTOR_REPORT_STORE,
    DOCTOR_REPORT_CLOUD,
    DOCTOR_REPORT_PROXY,
    DOCTOR_REPORT_CA_FILE,
    DOCTOR_REPORT_ARM_ENDPOINT,
    DOCTOR_REPORT_AUTHORITY,
    DOCTOR_REPORT_CLOCK,
    DOCTOR_REPORT_CREDENTIAL,
    DOCTOR_REPORT_TENANT,
    DOCTOR_REPORT_CONFIGURED_TENANT,
    DOCTOR_REPORT_IDENTITY,
    DOCTOR_REPORT_TOKEN,
    DOCTOR_REPORT_SUBSCRIPTIONS,
    DOCTOR_REPORT_SCOPE,
    DOCTOR_REPORT_COVERAGE,
    DOCTOR_REPORT_PERMISSION_READ,
    DOCTOR_REPORT_PERMISSION_WRITE,
    DOCTOR_REPORT_REGISTRATION,
    DOCTOR_REPORT_CONTACT_READ,
    DOCTOR_REPORT_EXAMINATION_COUNT,
};

enum doctor_report_section {
    DOCTOR_REPORT_SECTION_CONFIGURATION,
    DOCTOR_REPORT_SECTION_NETWORK,
    DOCTOR_REPORT_SECTION_SIGN_IN,
    DOCTOR_REPORT_SECTION_SUBSCRIPTIONS,
    DOCTOR_REPORT_SECTION_PERMISSIONS,
    DOCTOR_REPORT_SECTION_COUNT,
};

/* "configuration", "network", "sign-in", "subscriptions", "permissions". */
const char *doctor_report_section_name(enum doctor_report_section section);

/* What a check would do, the way things are. */
enum doctor_report_verdict {
    DOCTOR_REPORT_READY,
    DOCTOR_REPORT_INCOMPLETE, /* something could not be read */
    DOCTOR_REPORT_IMPOSSIBLE, /* it could not run */
};

/* "ready", "incomplete", "impossible". */
const char *doctor_report_verdict_name(enum doctor_report_verdict verdict);

/* What the table says of an examination. */
struct doctor_report_subject {
    const char *id; /* "arm-endpoint" */
    enum doctor_report_section section;
    enum doctor_report_verdict failure; /* what a failure of it means */
};

extern const struct doctor_report_subject
    doctor_report_subjects[DOCTOR_REPORT_EXAMINATION_COUNT];

/* Why; each has a name that programs rely on, and the facts that stand
 * behind it. docs/json.md lists them. */
enum doctor_reason {
    DOCTOR_REASON_DEPENDS,     /* skipped; because: a subject's id */
    DOCTOR_REASON_INTERRUPTED, /* skipped: there was no time */

    DOCTOR_REASON_CONFIG_NONE,
    DOCTOR_REASON_CONFIG_VALID,    /* file, origin, profile */
    DOCTOR_REASON_CONFIG_BROKEN,   /* error, advice */
    DOCTOR_REASON_CONTACT_DESIRED, /* file, emails */
    DOCTOR_REASON_CONTACT_NOT_DESIRED,
    DOCTOR_REASON_STORE_USABLE, /* file */
    DOCTOR_REASON_STORE_ABSENT, /* file */
    DOCTOR_REASON_STORE_OFF,
    DOCTOR_REASON_STORE_UNFINISHED, /* file, changes */
    DOCTOR_REASON_STORE_UNUSABLE,   /* error, advice */

    DOCTOR_REASON_CLOUD,          /* cloud, endpoint, authority */
    DOCTOR_REASON_CLOUD_UNUSABLE, /* error, advice */
    DOCTOR_REASON_PROXY_NONE,
    DOCTOR_REASON_PROXY_LOOPBACK,     /* proxy, endpoint */
    DOCTOR_REASON_PROXY_SET,          /* proxy */
    DOCTOR_REASON_PROXY_EXEMPTED,     /* proxy, exempted */
    DOCTOR_REASON_CA_FILE,            /* file, origin */
    DOCTOR_REASON_CA_FILE_UNREADABLE, /* file, origin, error */
    DOCTOR_REASON_CA_FILE_NONE,

    DOCTOR_REASON_REACHED,      /* host, httpStatus, milliseconds */
    DOCTOR_REASON_FOREIGN,      /* host, httpStatus, error */
    DOCTOR_REASON_BUSY,         /* host, httpStatus, error */
    DOCTOR_REASON_NAME_UNKNOWN, /* these five: host, error, advice */
    DOCTOR_REASON_NOT_CONNECTED,
    DOCTOR_REASON_TLS_FAILED,
    DOCTOR_REASON_TIMED_OUT,
    DOCTOR_REASON_BROKEN,
    DOCTOR_REASON_TENANT_UNKNOWN, /* host, tenant */
    DOCTOR_REASON_CLOCK_RIGHT,    /* seconds */
    DOCTOR_REASON_CLOCK_AHEAD,    /* seconds */
    DOCTOR_REASON_CLOCK_BEHIND,   /* seconds */
    DOCTOR_REASON_CLOCK_UNTOLD,

    DOCTOR_REASON_SIGNED_IN,      /* credential, passedOver */
    DOCTOR_REASON_NOT_SIGNED_IN,  /* error, advice */
    DOCTOR_REASON_TOKEN_REFUSED,  /* credential, error */
    DOCTOR_REASON_TENANT,         /* tenant, name, domain */
    DOCTOR_REASON_TENANT_UNNAMED, /* tenant */
    DOCTOR_REASON_TENANT_UNTOLD,
    DOCTOR_REASON_TENANT_AS_CONFIGURED, /* file, tenant */
    DOCTOR_REASON_TENANT_DIFFERS,       /* file, configured, tenant */
    DOCTOR_REASON_TENANT_FREE,          /* file */
    DOCTOR_REASON_TENANT_NO_FILE,
    DOCTOR_REASON_IDENTITY,        /* name, objectId, applicationId */
    DOCTOR_REASON_IDENTITY_OPAQUE, /* credential */
    DOCTOR_REASON_TOKEN_LASTS,     /* minutes, expiresAt */
    DOCTOR_REASON_TOKEN_ENDS_SOON, /* minutes, expiresAt */
    DOCTOR_REASON_TOKEN_STATIC,    /* minutes, expiresAt */
    DOCTOR_REASON_TOKEN_UNTOLD,

    DOCTOR_REASON_VISIBLE, /* subscriptions, byState, byTenant */
    DOCTOR_REASON_NONE_VISIBLE,
    DOCTOR_REASON_NOT_LISTED,      /* error, advice */
    DOCTOR_REASON_LIST_BROKEN,     /* subscriptions, error, advice */
    DOCTOR_REASON_LIST_STRANGE,    /* subscriptions, strange, byState */
    DOCTOR_REASON_SCOPE_ALL,       /* subscriptions */
    DOCTOR_REASON_SCOPE_APPLIED,   /* subscriptions, leftOut */
    DOCTOR_REASON_SCOPE_NOTED,     /* subscriptions, leftOut, notes */
    DOCTOR_REASON_SCOPE_EMPTY,     /* leftOut */
    DOCTOR_REASON_SCOPE_WRONG,     /* error, advice */
    DOCTOR_REASON_COVERED,         /* expected */
    DOCTOR_REASON_NOT_VISIBLE,     /* expected, missing, names, ids,
                                         assignee, scope */
    DOCTOR_REASON_COVERAGE_HIDDEN, /* error, assignee, scope */
    DOCTOR_REASON_COVERAGE_UNREAD, /* error */

    DOCTOR_REASON_ALLOWED,            /* sample, subscriptions */
    DOCTOR_REASON_READ_DENIED,        /* sample, missing, unread, names, ids,
                                            assignee, scope */
    DOCTOR_REASON_WRITE_DENIED,       /* the same */
    DOCTOR_REASON_PERMISSIONS_UNREAD, /* sample, unread, error */
    DOCTOR_REASON_NONE_APPLICABLE,
    DOCTOR_REASON_REGISTERED,          /* sample */
    DOCTOR_REASON_NOT_REGISTERED,      /* sample, missing, unread, registrable,
                                             names, ids, subscription */
    DOCTOR_REASON_REGISTRATION_UNSEEN, /* sample, unread: no permission */
    DOCTOR_REASON_REGISTRATION_UNREAD, /* sample, unread, error */
    DOCTOR_REASON_CONTACT_READ,        /* name, id, version, contacts */
    DOCTOR_REASON_CONTACT_OLDER,       /* name, id, version, contacts */
    DOCTOR_REASON_CONTACT_UNREGISTERED, /* name, id, version */
    DOCTOR_REASON_CONTACT_UNREAD,       /* name, id, httpStatus, code, error */
    DOCTOR_REASON_COUNT,
};

/* "clock-ahead" and so on. */
const char *doctor_reason_name(enum doctor_reason reason);

enum doctor_report_fact_kind {
    DOCTOR_REPORT_FACT_NUMBER,
    DOCTOR_REPORT_FACT_TEXT,
    DOCTOR_REPORT_FACT_TEXTS,
    DOCTOR_REPORT_FACT_COUNTS, /* how many of each text */
};

/* How many there are of each; borrowed. */
struct doctor_report_counts {
    const char *const *texts;
    const int64_t *numbers;
    size_t count;
};

/* Texts are valid UTF-8, not yet safe for a terminal. */
struct doctor_report_fact {
    const char *name; /* as in JSON: "httpStatus"; constant */
    enum doctor_report_fact_kind kind;
    int64_t number;
    const char *text;
    const char *const *texts;
    const int64_t *numbers; /* of each text; NULL for TEXTS */
    size_t count;           /* of texts */
};

enum { DOCTOR_REPORT_FACTS = 10 }; /* of one line, at the most */

struct doctor_report_line {
    enum doctor_report_status status;
    enum doctor_reason reason;
    enum doctor_report_examination because; /* of REASON_DEPENDS */
    enum doctor_report_verdict failure; /* what it means where it is a failure:
                                       the subject's, unless set */
    struct doctor_report_fact facts[DOCTOR_REPORT_FACTS];
    size_t fact_count;
};

struct doctor_report {
    struct arena *arena; /* owns the texts */
    int64_t started_at;  /* milliseconds since 1970 */
    const char *cloud;   /* "AzureCloud" */
    bool interrupted;
    bool failed; /* memory ran out: lines lack facts */
    struct doctor_report_line lines[DOCTOR_REPORT_EXAMINATION_COUNT];
};

/* All lines are skipped as interrupted until they are concluded. */
int doctor_report_new(struct doctor_report **ret_doctor_report,
                      int64_t started_at, struct error *err);

/* NULL is allowed. */
void doctor_report_free(struct doctor_report *doctor_report);

/* Sets status and reason of a line, without facts, and returns it. */
struct doctor_report_line *doctor_report_conclude(
    struct doctor_report *doctor_report,
    enum doctor_report_examination examination,
    enum doctor_report_status status, enum doctor_reason reason);

/* Says that the line is skipped because another one failed, or, where that
 * was skipped itself, because of what that rests on. */
void doctor_report_skip(struct doctor_report *doctor_report,
                        enum doctor_report_examination examination,
                        enum doctor_report_examination because);

/* Each adds a fact; texts are copied. A text that is NULL is not added.
 * Where memory runs out, diagnosis.failed is set. */
void doctor_report_add_number(struct doctor_report_line *line,
                              const char *name, int64_t number);
void doctor_report_add_text(struct doctor_report *doctor_report,
                            struct doctor_report_line *line, const char *name,
                            const char *text);
void doctor_report_add_texts(struct doctor_report *doctor_report,
                             struct doctor_report_line *line, const char *name,
                             const char *const *texts, size_t count);

void doctor_report_add_counts(struct doctor_report *doctor_report,
                              struct doctor_report_line *line,
                              const char *name,
                              const struct doctor_report_counts *counts);

/* NULL where the line has no such fact. */
const struct doctor_report_fact *doctor_report_fact(
    const struct doctor_report_line *line, const char *name);

size_t doctor_report_count(const struct doctor_report *doctor_report,
                           enum doctor_report_status status);

/* The worst that a failing line means. */
enum doctor_report_verdict doctor_report_verdict(
    const struct doctor_report *doctor_report);

#endif
