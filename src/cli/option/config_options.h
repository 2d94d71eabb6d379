/* SPDX-License-Identifier: Apache-2.0 */
/* The options that adjust the configuration: its file, and the scope. */
#ifndef PIKET_CLI_OPTION_CONFIG_OPTIONS_H
#define PIKET_CLI_OPTION_CONFIG_OPTIONS_H

#include <popt.h>
#include <stdbool.h>

#include "base/arena.h"
#include "base/error.h"
#include "cli/option/azure_options.h"
#include "cli/terminal/path_list.h"
#include "control/value/scope.h"

/* For a command's own table, by POPT_ARG_INCLUDE_TABLE. */
extern const struct poptOption config_options_table[];

/* Those of them that are about the scope, for a command without a
 * configuration. */
extern const struct poptOption config_options_scope_table[];

/* The vals of that table; a command's own begin above the last. */
enum config_option {
    CONFIG_OPTION_CONFIG = AZURE_OPTION_LAST,
    CONFIG_OPTION_EXCLUDE,
    CONFIG_OPTION_EXPECT,
    CONFIG_OPTION_MANAGEMENT_GROUP,
    CONFIG_OPTION_PRINT,
    CONFIG_OPTION_SUBSCRIPTION,
    CONFIG_OPTION_LAST,
};

struct config_options {
    struct arena *arena; /* of the rules below; NULL before the first */
    const char *path;    /* --config, or NULL */
    const char *expect;  /* --expect, or NULL */
    struct scope scope;  /* of the options alone */
    bool print;
    bool writes; /* set by a command that changes Azure by what is read */
};

/* An option_handler's work for vals of config_options_table: returns 1 where
 * val is none of these. argument must outlive the options. */
int config_options_take(struct config_options *options, int val,
                        const char *argument, struct error *err);

/* The file that is read: that of --config, or of PIKET_CONFIG, or piket.yaml
 * in the working directory. NULL where there is none: whatever is called
 * piket.yaml counts, also what cannot be read. ret_origin: "option",
 * "environment", "default". */
const char *config_options_file(const struct config_options *options,
                                const char **ret_origin);

/* Adds the files that are read, or would be if they were there. */
void config_options_list_paths(const struct config_options *options,
                               struct path_list *list);

void config_options_done(struct config_options *options);

#endif
