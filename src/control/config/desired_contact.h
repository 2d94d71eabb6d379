/* SPDX-License-Identifier: Apache-2.0 */
/* The contact that a user wants every subscription to have: the
 * configuration's contact:, an ARM document, and options, each overruling
 * what comes before it. */
#ifndef PIKET_CONTROL_CONFIG_DESIRED_CONTACT_H
#define PIKET_CONTROL_CONFIG_DESIRED_CONTACT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"
#include "control/config/config.h"
#include "control/contact/contact.h"

/* All is borrowed. What is not given stays as it is in Azure, unless a
 * requirement that fails leaves one way only. */
struct desired_contact {
    const char *const *emails; /* as typed, each of them valid */
    size_t email_count;
    const char *phone;                     /* as typed; or NULL */
    enum contact_level minimal_severity;   /* UNSEEN: not given */
    enum contact_level minimal_risk_level; /* UNSEEN: not given; OFF: none */
    const char *const *roles;
    size_t role_count;
    const char *const *removals; /* globs: addresses that go */
    size_t removal_count;
    bool replace_emails; /* only those above stay */
};

/* What the configuration wants; nothing, where it says nothing. */
void desired_contact_from_config(struct desired_contact *ret_desired,
                                 const struct config_contact *config);

/* Whether it says nothing at all. */
bool desired_contact_is_empty(const struct desired_contact *desired);

/* Lays what over says upon base: a list replaces a list. */
void desired_contact_overlay(struct desired_contact *base,
                             const struct desired_contact *over);

/* Holds it against its own requirements: each address and the phone valid,
 * levels that Azure knows. The error names what is wrong. */
int desired_contact_check(const struct desired_contact *desired,
                          struct error *err);

#endif
