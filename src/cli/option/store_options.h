/* SPDX-License-Identifier: Apache-2.0 */
/* Where runs and the journal are kept: --store, --no-store, PIKET_STORE. */
#ifndef PIKET_CLI_OPTION_STORE_OPTIONS_H
#define PIKET_CLI_OPTION_STORE_OPTIONS_H

#include <popt.h>
#include <stdbool.h>

#include "base/error.h"
#include "cli/option/config_options.h"
#include "cli/terminal/path_list.h"
#include "store/store.h"

/* For a command's own table, by POPT_ARG_INCLUDE_TABLE. */
extern const struct poptOption store_options_table[];

/* The vals of that table; a command's own begin above the last. */
enum store_option {
    STORE_OPTION_NONE = CONFIG_OPTION_LAST,
    STORE_OPTION_STORE,
    STORE_OPTION_LAST,
};

struct store_options {
    const char *path;  /* asked for by name; NULL: the default one */
    const char *given; /* by --store, and not by PIKET_STORE; or NULL */
    bool none;         /* --no-store */
};

/* What the environment says. */
void store_options_init(struct store_options *options);

/* An option_handler's work for vals of store_options_table: returns 1 where
 * val is none of these. argument must outlive the options. */
int store_options_take(struct store_options *options, int val,
                       const char *argument, struct error *err);

/* For a command that has nothing without a store: that --no-store was given
 * is an error. */
int store_options_require(const struct store_options *options,
                          struct error *err);

/* The path of the store that was asked for, or of the default one, which the
 * caller frees. */
int store_options_path(const struct store_options *options, char **ret_path,
                       struct error *err);

/* Adds the store, unless there is to be none. */
void store_options_list_paths(const struct store_options *options,
                              struct path_list *list);

/* Opens the store that was asked for, or the default one. */
int store_options_open(const struct store_options *options,
                       enum store_access access, struct store **ret_store,
                       struct error *err);

/* The same for what works without a store, too: *ret_store is NULL with
 * --no-store, and where the default one cannot be opened, of which a log line
 * warns. */
int store_options_open_or_warn(const struct store_options *options,
                               struct store **ret_store, struct error *err);

/* What becomes of a failure then: an error where the store was asked for by
 * name, else a log line. */
int store_options_warn(const struct store_options *options,
                       struct error *failure, struct error *err);

#endif
