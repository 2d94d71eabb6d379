/* SPDX-License-Identifier: Apache-2.0 */
/* The configuration that a user writes: profile, desired contact, scope,
 * mutes. Never called a policy: that is Azure Policy. */
#ifndef PIKET_CONTROL_CONFIG_CONFIG_H
#define PIKET_CONTROL_CONFIG_CONFIG_H

#include <stddef.h>

#include "base/arena.h"
#include "base/error.h"
#include "control/contact/contact.h"
#include "control/run/mute.h"

/* The file that is found by itself. */
#define CONFIG_FILE_NAME "piket.yaml"

/* A list of texts; items is NULL where none was given. */
struct config_texts {
    const char *const *items;
    size_t count;
};

/* A mapping's line is that of its key; 0 where the file has no such key. */

/* What remediation writes, and desired-contact checks. */
struct config_contact {
    size_t line;
    struct config_texts emails;
    const char *phone;                     /* or NULL */
    enum contact_level minimal_severity;   /* UNSEEN: not given */
    enum contact_level minimal_risk_level; /* UNSEEN: not given */
    struct config_texts roles;
};

/* What is added to the profile's requirements, and dropped from them. */
struct config_requirements {
    size_t line;
    struct config_texts add;
    struct config_texts drop;
};

/* Instead of the profile's. */
struct config_thresholds {
    size_t line;
    enum contact_level alerts_of;       /* UNSEEN: not given */
    enum contact_level attack_paths_of; /* UNSEEN: not given */
    unsigned min_emails;                /* 0: not given */
    struct config_texts allowed_domains;
};

struct config_scope {
    size_t line;
    struct config_texts subscriptions;
    struct config_texts management_groups;
    struct config_texts exclude;
};

struct config {
    const char *name; /* of the file, for messages; NULL: there is none */
    unsigned version;
    const char *tenant;  /* an id, or NULL */
    const char *profile; /* a name of profile_table, or NULL */
    struct config_contact contact;
    struct config_requirements requirements;
    struct config_thresholds thresholds;
    struct config_scope scope;
    struct {
        const struct mute *items;
        size_t count;
    } mutes;
};

#define CONFIG_INIT  \
    {                \
        .version = 1 \
    }

#endif
