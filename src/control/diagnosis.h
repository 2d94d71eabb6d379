/* SPDX-License-Identifier: Apache-2.0 */
/* What was found out before a check is trusted: one line for each
 * examination, with a reason and its facts. The sentences are made where
 * they are printed. */
#ifndef PIKET_CONTROL_DIAGNOSIS_H
#define PIKET_CONTROL_DIAGNOSIS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/error.h"

enum diagnosis_status {
    DIAGNOSIS_PASS,
    DIAGNOSIS_WARN,
    DIAGNOSIS_FAIL,
    DIAGNOSIS_SKIPPED, /* it rests on something that failed */
};

/* "pass", "warn", "fail", "skipped". */
const char *diagnosis_status_name(enum diagnosis_status status);

/* What is examined, in the order in which it is told. */
enum diagnosis_examination {
    DIAGNOSIS_CONFIGURATION,
    DIAGNOSIS_DESIRED_CONTACT,
    DIAGNOSIS_STORE,
    DIAGNOSIS_CLOUD,
    DIAGNOSIS_PROXY,
    DIAGNOSIS_CA_FILE,
    DIAGNOSIS_ARM_ENDPOINT,
    DIAGNOSIS_AUTHORITY,
    DIAGNOSIS_CLOCK,
    DIAGNOSIS_CREDENTIAL,
    DIAGNOSIS_TENANT,
    DIAGNOSIS_CONFIGURED_TENANT,
    DIAGNOSIS_IDENTITY,
    DIAGNOSIS_TOKEN,
    DIAGNOSIS_SUBSCRIPTIONS,
    DIAGNOSIS_SCOPE,
    DIAGNOSIS_COVERAGE,
    DIAGNOSIS_PERMISSION_READ,
    DIAGNOSIS_PERMISSION_WRITE,
    DIAGNOSIS_REGISTRATION,
    DIAGNOSIS_CONTACT_READ,
    DIAGNOSIS_EXAMINATION_COUNT,
};

enum diagnosis_section {
    DIAGNOSIS_SECTION_CONFIGURATION,
    DIAGNOSIS_SECTION_NETWORK,
    DIAGNOSIS_SECTION_SIGN_IN,
    DIAGNOSIS_SECTION_SUBSCRIPTIONS,
    DIAGNOSIS_SECTION_PERMISSIONS,
    DIAGNOSIS_SECTION_COUNT,
};

/* "configuration", "network", "sign-in", "subscriptions", "permissions". */
const char *diagnosis_section_name(enum diagnosis_section section);

/* What a check would do, the way things are. */
enum diagnosis_verdict {
    DIAGNOSIS_READY,
    DIAGNOSIS_INCOMPLETE, /* something could not be read */
    DIAGNOSIS_IMPOSSIBLE, /* it could not run */
};

/* "ready", "incomplete", "impossible". */
const char *diagnosis_verdict_name(enum diagnosis_verdict verdict);

/* What the table says of an examination. */
struct diagnosis_subject {
    const char *id; /* "arm-endpoint" */
    enum diagnosis_section section;
    enum diagnosis_verdict failure; /* what a failure of it means */
};

extern const struct diagnosis_subject
    diagnosis_subjects[DIAGNOSIS_EXAMINATION_COUNT];

/* Why; each has a name that programs rely on, and the facts that stand
 * behind it. docs/json.md lists them. */
enum diagnosis_reason {
    DIAGNOSIS_REASON_DEPENDS,     /* skipped; because: a subject's id */
    DIAGNOSIS_REASON_INTERRUPTED, /* skipped: there was no time */

    DIAGNOSIS_REASON_CONFIG_NONE,
    DIAGNOSIS_REASON_CONFIG_VALID,    /* file, origin, profile */
    DIAGNOSIS_REASON_CONFIG_BROKEN,   /* error, advice */
    DIAGNOSIS_REASON_CONTACT_DESIRED, /* file, emails */
    DIAGNOSIS_REASON_CONTACT_NOT_DESIRED,
    DIAGNOSIS_REASON_STORE_USABLE, /* file */
    DIAGNOSIS_REASON_STORE_ABSENT, /* file */
    DIAGNOSIS_REASON_STORE_OFF,
    DIAGNOSIS_REASON_STORE_UNFINISHED, /* file, changes */
    DIAGNOSIS_REASON_STORE_UNUSABLE,   /* error, advice */

    DIAGNOSIS_REASON_CLOUD,          /* cloud, endpoint, authority */
    DIAGNOSIS_REASON_CLOUD_UNUSABLE, /* error, advice */
    DIAGNOSIS_REASON_PROXY_NONE,
    DIAGNOSIS_REASON_PROXY_LOOPBACK,     /* proxy, endpoint */
    DIAGNOSIS_REASON_PROXY_SET,          /* proxy */
    DIAGNOSIS_REASON_PROXY_EXEMPTED,     /* proxy, exempted */
    DIAGNOSIS_REASON_CA_FILE,            /* file, origin */
    DIAGNOSIS_REASON_CA_FILE_UNREADABLE, /* file, origin, error */
    DIAGNOSIS_REASON_CA_FILE_NONE,

    DIAGNOSIS_REASON_REACHED,      /* host, httpStatus, milliseconds */
    DIAGNOSIS_REASON_FOREIGN,      /* host, httpStatus, error */
    DIAGNOSIS_REASON_BUSY,         /* host, httpStatus, error */
    DIAGNOSIS_REASON_NAME_UNKNOWN, /* these five: host, error, advice */
    DIAGNOSIS_REASON_NOT_CONNECTED,
    DIAGNOSIS_REASON_TLS_FAILED,
    DIAGNOSIS_REASON_TIMED_OUT,
    DIAGNOSIS_REASON_BROKEN,
    DIAGNOSIS_REASON_TENANT_UNKNOWN, /* host, tenant */
    DIAGNOSIS_REASON_CLOCK_RIGHT,    /* seconds */
    DIAGNOSIS_REASON_CLOCK_AHEAD,    /* seconds */
    DIAGNOSIS_REASON_CLOCK_BEHIND,   /* seconds */
    DIAGNOSIS_REASON_CLOCK_UNTOLD,

    DIAGNOSIS_REASON_SIGNED_IN,      /* credential, passedOver */
    DIAGNOSIS_REASON_NOT_SIGNED_IN,  /* error, advice */
    DIAGNOSIS_REASON_TOKEN_REFUSED,  /* credential, error */
    DIAGNOSIS_REASON_TENANT,         /* tenant, name, domain */
    DIAGNOSIS_REASON_TENANT_UNNAMED, /* tenant */
    DIAGNOSIS_REASON_TENANT_UNTOLD,
    DIAGNOSIS_REASON_TENANT_AS_CONFIGURED, /* file, tenant */
    DIAGNOSIS_REASON_TENANT_DIFFERS,       /* file, configured, tenant */
    DIAGNOSIS_REASON_TENANT_FREE,          /* file */
    DIAGNOSIS_REASON_TENANT_NO_FILE,
    DIAGNOSIS_REASON_IDENTITY,        /* name, objectId, applicationId */
    DIAGNOSIS_REASON_IDENTITY_OPAQUE, /* credential */
    DIAGNOSIS_REASON_TOKEN_LASTS,     /* minutes, expiresAt */
    DIAGNOSIS_REASON_TOKEN_ENDS_SOON, /* minutes, expiresAt */
    DIAGNOSIS_REASON_TOKEN_STATIC,    /* minutes, expiresAt */
    DIAGNOSIS_REASON_TOKEN_UNTOLD,

    DIAGNOSIS_REASON_VISIBLE, /* subscriptions, byState, byTenant */
    DIAGNOSIS_REASON_NONE_VISIBLE,
    DIAGNOSIS_REASON_NOT_LISTED,      /* error, advice */
    DIAGNOSIS_REASON_LIST_BROKEN,     /* subscriptions, error, advice */
    DIAGNOSIS_REASON_LIST_STRANGE,    /* subscriptions, strange, byState */
    DIAGNOSIS_REASON_SCOPE_ALL,       /* subscriptions */
    DIAGNOSIS_REASON_SCOPE_APPLIED,   /* subscriptions, leftOut */
    DIAGNOSIS_REASON_SCOPE_NOTED,     /* subscriptions, leftOut, notes */
    DIAGNOSIS_REASON_SCOPE_EMPTY,     /* leftOut */
    DIAGNOSIS_REASON_SCOPE_WRONG,     /* error, advice */
    DIAGNOSIS_REASON_COVERED,         /* expected */
    DIAGNOSIS_REASON_NOT_VISIBLE,     /* expected, missing, names, ids,
                                         assignee, scope */
    DIAGNOSIS_REASON_COVERAGE_HIDDEN, /* error, assignee, scope */
    DIAGNOSIS_REASON_COVERAGE_UNREAD, /* error */

    DIAGNOSIS_REASON_ALLOWED,      /* sample, subscriptions */
    DIAGNOSIS_REASON_READ_DENIED,  /* sample, missing, unread, names, ids,
                                      assignee, scope */
    DIAGNOSIS_REASON_WRITE_DENIED, /* the same */
    DIAGNOSIS_REASON_PERMISSIONS_UNREAD, /* sample, unread, error */
    DIAGNOSIS_REASON_NONE_APPLICABLE,
    DIAGNOSIS_REASON_REGISTERED,     /* sample */
    DIAGNOSIS_REASON_NOT_REGISTERED, /* sample, missing, unread, registrable,
                                        names, ids, subscription */
    DIAGNOSIS_REASON_REGISTRATION_UNSEEN,  /* sample, unread: no permission */
    DIAGNOSIS_REASON_REGISTRATION_UNREAD,  /* sample, unread, error */
    DIAGNOSIS_REASON_CONTACT_READ,         /* name, id, version, contacts */
    DIAGNOSIS_REASON_CONTACT_OLDER,        /* name, id, version, contacts */
    DIAGNOSIS_REASON_CONTACT_UNREGISTERED, /* name, id, version */
    DIAGNOSIS_REASON_CONTACT_UNREAD, /* name, id, httpStatus, code, error */
    DIAGNOSIS_REASON_COUNT,
};

/* "clock-ahead" and so on. */
const char *diagnosis_reason_name(enum diagnosis_reason reason);

enum diagnosis_fact_kind {
    DIAGNOSIS_FACT_NUMBER,
    DIAGNOSIS_FACT_TEXT,
    DIAGNOSIS_FACT_TEXTS,
    DIAGNOSIS_FACT_COUNTS, /* how many of each text */
};

/* How many there are of each; borrowed. */
struct diagnosis_counts {
    const char *const *texts;
    const int64_t *numbers;
    size_t count;
};

/* Texts are valid UTF-8, not yet safe for a terminal. */
struct diagnosis_fact {
    const char *name; /* as in JSON: "httpStatus"; constant */
    enum diagnosis_fact_kind kind;
    int64_t number;
    const char *text;
    const char *const *texts;
    const int64_t *numbers; /* of each text; NULL for TEXTS */
    size_t count;           /* of texts */
};

enum { DIAGNOSIS_FACTS = 10 }; /* of one line, at the most */

struct diagnosis_line {
    enum diagnosis_status status;
    enum diagnosis_reason reason;
    enum diagnosis_examination because; /* of REASON_DEPENDS */
    enum diagnosis_verdict failure;     /* what it means where it is a failure:
                                           the subject's, unless set */
    struct diagnosis_fact facts[DIAGNOSIS_FACTS];
    size_t fact_count;
};

struct diagnosis {
    struct arena *arena; /* owns the texts */
    int64_t started_at;  /* milliseconds since 1970 */
    const char *cloud;   /* "AzureCloud" */
    bool interrupted;
    bool failed; /* memory ran out: lines lack facts */
    struct diagnosis_line lines[DIAGNOSIS_EXAMINATION_COUNT];
};

/* All lines are skipped as interrupted until they are concluded. */
int diagnosis_new(struct diagnosis **ret_diagnosis, int64_t started_at,
                  struct error *err);

/* NULL is allowed. */
void diagnosis_free(struct diagnosis *diagnosis);

/* Sets status and reason of a line, without facts, and returns it. */
struct diagnosis_line *diagnosis_conclude(
    struct diagnosis *diagnosis, enum diagnosis_examination examination,
    enum diagnosis_status status, enum diagnosis_reason reason);

/* Says that the line is skipped because another one failed, or, where that
 * was skipped itself, because of what that rests on. */
void diagnosis_skip(struct diagnosis *diagnosis,
                    enum diagnosis_examination examination,
                    enum diagnosis_examination because);

/* Each adds a fact; texts are copied. A text that is NULL is not added.
 * Where memory runs out, diagnosis.failed is set. */
void diagnosis_add_number(struct diagnosis_line *line, const char *name,
                          int64_t number);
void diagnosis_add_text(struct diagnosis *diagnosis,
                        struct diagnosis_line *line, const char *name,
                        const char *text);
void diagnosis_add_texts(struct diagnosis *diagnosis,
                         struct diagnosis_line *line, const char *name,
                         const char *const *texts, size_t count);

void diagnosis_add_counts(struct diagnosis *diagnosis,
                          struct diagnosis_line *line, const char *name,
                          const struct diagnosis_counts *counts);

/* NULL where the line has no such fact. */
const struct diagnosis_fact *diagnosis_fact(const struct diagnosis_line *line,
                                            const char *name);

size_t diagnosis_count(const struct diagnosis *diagnosis,
                       enum diagnosis_status status);

/* The worst that a failing line means. */
enum diagnosis_verdict diagnosis_verdict(const struct diagnosis *diagnosis);

#endif
