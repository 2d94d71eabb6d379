/* SPDX-License-Identifier: Apache-2.0 */
/* The options that say what a security contact should be, over what the
 * configuration says. */
#ifndef PIKET_CLI_OPTION_CONTACT_OPTIONS_H
#define PIKET_CLI_OPTION_CONTACT_OPTIONS_H

#include <popt.h>
#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/error.h"
#include "cli/option/store_options.h"
#include "control/config/config.h"
#include "control/config/desired_contact.h"

/* For a command's own table, by POPT_ARG_INCLUDE_TABLE: what is wanted. */
extern const struct poptOption contact_options_table[];

/* Those beside it that are about what is there: for a command that changes
 * it. */
extern const struct poptOption contact_options_removal_table[];

/* The vals of both tables; a command's own begin above the last. */
enum contact_option {
    CONTACT_OPTION_CONTACT = STORE_OPTION_LAST,
    CONTACT_OPTION_EMAIL,
    CONTACT_OPTION_MINIMAL_RISK_LEVEL,
    CONTACT_OPTION_MINIMAL_SEVERITY,
    CONTACT_OPTION_PHONE,
    CONTACT_OPTION_REMOVE_EMAIL,
    CONTACT_OPTION_REPLACE_EMAILS,
    CONTACT_OPTION_ROLE,
    CONTACT_OPTION_LAST,
};

/* More than anybody mails, or than Azure has roles for. */
enum {
    CONTACT_OPTION_EMAILS_CEILING = 100,
    CONTACT_OPTION_ROLES_CEILING = 16,
};

struct contact_options {
    const char *file; /* --contact, or NULL */
    const char *emails[CONTACT_OPTION_EMAILS_CEILING];
    size_t email_count;
    const char *phone;
    enum contact_level minimal_severity, minimal_risk_level;
    const char *roles[CONTACT_OPTION_ROLES_CEILING];
    size_t role_count;
    const char *removals[CONTACT_OPTION_EMAILS_CEILING];
    size_t removal_count;
    bool replace_emails;
    bool writes; /* set by a command that writes what is wanted to Azure */
};

/* An option_handler's work for vals of these tables: returns 1 where val is
 * none of them. Values are checked at once, so that a wrong one is a usage
 * error. argument must outlive the options; a list is split where it
 * stands. */
int contact_options_take(struct contact_options *options, int val,
                         char *argument, struct error *err);

/* What is wanted in the end: the configuration's contact, over it the
 * document of --contact, over that the other options. Borrows from all of
 * them; what is read lives in the arena. */
int contact_options_resolve(const struct contact_options *options,
                            const struct config_contact *config,
                            struct arena *arena,
                            struct desired_contact *ret_desired,
                            struct error *err);

#endif
