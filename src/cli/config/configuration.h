/* SPDX-License-Identifier: Apache-2.0 */
/* The configuration in effect: defaults, profile, file, environment and
 * options, each overruling those before it. */
#ifndef PIKET_CLI_CONFIG_CONFIGURATION_H
#define PIKET_CLI_CONFIG_CONFIGURATION_H

#include "base/arena.h"
#include "base/error.h"
#include "cli/option/config_options.h"
#include "control/config/config.h"
#include "control/requirement/profile.h"
#include "control/run/run.h"
#include "control/value/scope.h"
#include "control/value/subscription_set.h"
#include "engine/check/check.h"

struct configuration {
    struct arena *arena;           /* owns what the file says */
    const char *path;              /* of the file; NULL: there is none */
    const char *path_origin;       /* "default", "environment", "option" */
    struct config config;          /* as the file says */
    const struct profile *profile; /* as the configuration adjusts it */
    const char *profile_origin;    /* "default", "file", "option" */
    struct scope scope;
    const char *inclusions_origin;    /* "file", "option" */
    const char *exclusions_origin;    /* "file", "option", "file and option" */
    const char *expected_file;        /* --expect, or NULL */
    struct subscription_set expected; /* what it says */
    struct mute_index *mutes;         /* of the run that it is attached to */
};

/* Finds and reads the file, if there is any: that of --config, or of
 * PIKET_CONFIG, or piket.yaml in the working directory. profile is that of
 * the command line, or NULL. Reads the file of --expect, too. The options are
 * borrowed. */
int configuration_load(struct configuration *ret_configuration,
                       const struct config_options *options,
                       const struct profile *profile, struct error *err);

void configuration_done(struct configuration *configuration);

/* Readies the mutes for assessments made at this time: what is read again
 * without a check is muted, too. configuration->mutes stays NULL where there
 * are none. */
int configuration_index_mutes(struct configuration *configuration, int64_t now,
                              struct arena *arena, struct error *err);

/* Gives the check its scope, its mutes and what is expected, and the run the
 * file's name. */
int configuration_attach(struct configuration *configuration,
                         struct check *check, struct run *run,
                         struct error *err);

#endif
