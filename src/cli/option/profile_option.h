/* SPDX-License-Identifier: Apache-2.0 */
/* --profile: what to demand. */
#ifndef PIKET_CLI_OPTION_PROFILE_OPTION_H
#define PIKET_CLI_OPTION_PROFILE_OPTION_H

#include "base/error.h"
#include "control/requirement/profile.h"

/* For a command's own table. */
#define PROFILE_OPTION_ROW(val_)                                       \
    {                                                                  \
        "profile", '\0', POPT_ARG_STRING, NULL, val_,                  \
            N_("baseline-nl (default), conformity, cis-2.0, cis-3.0, " \
               "cis-5.0, strict"),                                     \
            N_("NAME")                                                 \
    }

/* Finds the profile; the error of an unknown name lists all of them.
 * ret_profile points to NULL unless one was taken already: that is an error,
 * since one of them would be ignored. */
int profile_option_take(const char *name, const struct profile **ret_profile,
                        struct error *err);

#endif
