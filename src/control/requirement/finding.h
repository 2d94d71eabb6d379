/* SPDX-License-Identifier: Apache-2.0 */
/* One requirement's outcome on one subscription: a reason with its
 * arguments. The sentence is made where it is printed. */
#ifndef PIKET_CONTROL_REQUIREMENT_FINDING_H
#define PIKET_CONTROL_REQUIREMENT_FINDING_H

enum finding_status {
    FINDING_PASS,
    FINDING_FAIL,
    FINDING_MUTED,
    FINDING_UNKNOWN,
    FINDING_NOT_APPLICABLE,
};

/* "pass", "fail", "muted", "unknown", "not-applicable". */
const char *finding_status_name(enum finding_status status);

/* Why; each has a name that programs rely on, such as "phone-missing". */
enum finding_reason {
    FINDING_REASON_MET,          /* actual: a level, where one is judged */
    FINDING_REASON_UNREADABLE,   /* the contact could not be read */
    FINDING_REASON_NO_ALERTS,    /* disabled, deleted, or Entra only */
    FINDING_REASON_NO_CONTACT,   /* none exists */
    FINDING_REASON_UNREGISTERED, /* Microsoft.Security is not */
    FINDING_REASON_OTHER_NAME,   /* actual: the contacts' names */
    FINDING_REASON_DISABLED,     /* isEnabled is false */
    FINDING_REASON_UNSEEN,       /* actual: the API version */
    FINDING_REASON_UNRECOGNIZED, /* actual: the value */
    FINDING_REASON_NO_EMAIL,
    FINDING_REASON_EMAIL_INVALID, /* actual: the invalid ones */
    FINDING_REASON_EMAIL_FEW,     /* expected: how many; actual: how many */
    FINDING_REASON_EMAIL_DOMAIN,  /* expected: the domains; actual: the
                                     foreign addresses */
    FINDING_REASON_NO_DOMAINS,    /* no allowed_domains are configured */
    FINDING_REASON_PHONE_MISSING,
    FINDING_REASON_PHONE_INVALID, /* actual: the number */
    FINDING_REASON_NO_PHONE,      /* nothing to judge */
    FINDING_REASON_ALERTS_OFF,
    FINDING_REASON_ALERTS_LEVEL,     /* expected, actual: levels */
    FINDING_REASON_ALERTS_NOT_EXACT, /* expected, actual: levels */
    FINDING_REASON_ROLES_OFF,        /* actual: roles listed nevertheless */
    FINDING_REASON_OWNER_MISSING,    /* actual: the roles listed */
    FINDING_REASON_ATTACK_PATHS_OFF,
    FINDING_REASON_ATTACK_PATHS_LEVEL, /* expected, actual: levels */
    FINDING_REASON_NOT_DESIRED,        /* expected: what is missing; actual:
                                          what is there */
    FINDING_REASON_NO_DESIRED,         /* no desired contact is configured */
    FINDING_REASON_COUNT,
};

const char *finding_reason_name(enum finding_reason reason);

struct mute;
struct requirement;

struct finding {
    const struct requirement *requirement;
    enum finding_status status;
    enum finding_reason reason;
    const char *expected;    /* the reason's arguments, see above: from the */
    const char *actual;      /* run's arena or constant; NULL where none */
    const struct mute *mute; /* why a MUTED one is, whose outcome would be
                                FAIL; else NULL */
};

/* Sets all but the requirement. Returns 0, so that it can end a judge. */
int finding_set(struct finding *finding, enum finding_status status,
                enum finding_reason reason, const char *expected,
                const char *actual);

/* The requirement is met. Returns 0. */
int finding_pass(struct finding *finding);

#endif
