/* SPDX-License-Identifier: Apache-2.0 */
/* The security contact, in one model for all wire versions. */
#ifndef PIKET_CONTROL_CONTACT_CONTACT_H
#define PIKET_CONTROL_CONTACT_CONTACT_H

#include <stdbool.h>
#include <stddef.h>

/* The three API versions of Microsoft.Security/securityContacts; there are
 * no others. Newest first: the order in which they are tried. */
enum contact_version {
    CONTACT_VERSION_2023_12_01,
    CONTACT_VERSION_2020_01_01,
    CONTACT_VERSION_2017_08_01,
};

/* "2023-12-01-preview" and so on. */
const char *contact_version_name(enum contact_version version);

/* A switch that an API version may not be able to show. */
enum contact_switch { CONTACT_UNSEEN, CONTACT_OFF, CONTACT_ON };

/* The lowest alert severity, or attack path risk, that is mailed. The order
 * is that of consequence: LOW mails everything. */
enum contact_level {
    CONTACT_LEVEL_UNSEEN, /* the API version cannot show it */
    CONTACT_LEVEL_OFF,    /* nothing is mailed */
    CONTACT_LEVEL_LOW,
    CONTACT_LEVEL_MEDIUM,
    CONTACT_LEVEL_HIGH,
    CONTACT_LEVEL_CRITICAL,     /* attack paths only */
    CONTACT_LEVEL_UNRECOGNIZED, /* mailed, from a level new to us */
};

struct contact_threshold {
    enum contact_level level;
    const char *text; /* as Azure wrote it; NULL where it wrote none */
};

/* Everything is borrowed from the run's arena and valid UTF-8. */
struct contact {
    const char *name; /* "default" */
    enum contact_version version;
    enum contact_switch enabled; /* UNSEEN before 2023 */
    const char *const *emails;   /* split, trimmed, no blanks */
    size_t email_count;
    const char *phone; /* NULL where none, or only blanks, is set */
    struct contact_threshold alerts;
    struct contact_threshold attack_paths; /* UNSEEN before 2023 */
    enum contact_switch roles_notified;
    const char *const *roles; /* as Azure wrote them; an open set */
    size_t role_count;
};

/* "Low", "Medium", "High", "Critical" in any letter case, else
 * UNRECOGNIZED; NULL and "" are OFF, which is how 2020-01-01-preview writes
 * it. */
enum contact_level contact_level_parse(const char *text);

/* Azure's word for a level that mails something; NULL for the others. */
const char *contact_level_name(enum contact_level level);

/* The level's own word; as Azure wrote it where it is new to us; NULL where
 * nothing is mailed or seen. */
const char *contact_threshold_text(const struct contact_threshold *threshold);

/* Whether a role is among those listed, in any letter case, and role mail
 * is on. */
bool contact_notifies_role(const struct contact *contact, const char *role);

/* What Azure answered about the contacts of one subscription. */
enum contact_reading_kind {
    CONTACT_READING_DONE,         /* contact and others say what exists */
    CONTACT_READING_UNREGISTERED, /* Microsoft.Security is not registered */
    CONTACT_READING_FAILED,       /* nothing is known: error says why */
};

struct contact_error {
    int http_status;        /* 0 where there was no answer */
    const char *code;       /* ARM's, or ours: NoAnswer, NotUnderstood,
                               Interrupted, … never NULL */
    const char *message;    /* never NULL; from Azure: hostile */
    const char *request_id; /* Azure's, or NULL */
};

/* What Azure answered, byte for byte: a change's before-image. */
struct contact_snapshot {
    enum contact_version version; /* asked for */
    const char *bytes;            /* of the page in which the contact named
                                     default stands, else of the last one */
    size_t length;
};

struct contact_reading {
    enum contact_reading_kind kind;
    enum contact_version version;  /* that was answered; not for FAILED */
    const struct contact *contact; /* named default; through 2017, all of
                                      them as one; or NULL */
    const struct contact *const *others; /* of other names */
    size_t other_count;
    const struct contact_snapshot *image; /* for DONE, where the reader keeps
                                          them; else NULL */
    const struct contact_error *error;    /* for FAILED */
};

#endif
