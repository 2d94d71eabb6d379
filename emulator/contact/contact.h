/* SPDX-License-Identifier: Apache-2.0 */
/* A security contact as the service keeps it: in the richest model, of which
 * each API version shows a projection. */
#ifndef EMULATOR_CONTACT_H
#define EMULATOR_CONTACT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/random.h"

/* What is absent is left out of an answer. */
enum contact_switch { SWITCH_ABSENT, SWITCH_OFF, SWITCH_ON };

/* The order of contact_severities; none is "", as the service answers for
 * alerts that are off. */
enum contact_severity {
    SEVERITY_NONE,
    SEVERITY_HIGH,
    SEVERITY_MEDIUM,
    SEVERITY_LOW
};

/* The order of contact_risks. */
enum contact_risk { RISK_CRITICAL, RISK_HIGH, RISK_MEDIUM, RISK_LOW };

/* The order of contact_roles. Admin is in recordings, not in the enum of the
 * specification. */
enum contact_role {
    ROLE_ACCOUNT_ADMIN,
    ROLE_SERVICE_ADMIN,
    ROLE_OWNER,
    ROLE_CONTRIBUTOR,
    ROLE_ADMIN,
    ROLE_COUNT
};

extern const char *const contact_severities[]; /* end with NULL */
extern const char *const contact_risks[];
extern const char *const contact_roles[];
extern const char *const contact_switches[]; /* "", Off, On */

struct contact {
    char *name;
    char *emails; /* NULL is absent, "" is none */
    char *phone;  /* the same */
    char *raw;    /* sent as it is, instead of anything else; or NULL */
    size_t raw_length;
    bool enabled;
    enum contact_switch alerts;
    enum contact_severity severity;
    bool attack_paths;
    enum contact_risk risk;
    enum contact_switch by_role;
    enum contact_role roles[ROLE_COUNT];
    size_t role_count;
};

/* All contacts of a subscription: one document, with one etag. */
struct contacts {
    struct contact **items; /* owned */
    size_t count;
    char etag[RANDOM_UUID_SIZE];
};

/* An enabled contact that says nothing else. NULL where memory runs out. */
struct contact *contact_new(const char *name);
struct contact *contact_copy(const struct contact *contact);
void contact_free(struct contact *contact);

/* Replaces a text member; NULL makes it absent. Returns 0 or -1. */
int contact_set_text(char **member, const char *text);

/* Adds a role once; returns -1 where there is no such role. */
int contact_add_role(struct contact *contact, const char *name);

/* A deep copy; returns 0 or -1. */
int contacts_copy(const struct contacts *contacts,
                  struct contacts *ret_contacts);
void contacts_done(struct contacts *contacts);

/* By name without regard to case, or NULL. */
struct contact *contacts_find(const struct contacts *contacts,
                              const char *name);

/* Takes contact over, also where it fails; returns 0 or -1. */
int contacts_add(struct contacts *contacts, struct contact *contact);

void contacts_remove(struct contacts *contacts, const struct contact *contact);

#endif
