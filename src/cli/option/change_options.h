/* SPDX-License-Identifier: Apache-2.0 */
/* The options of the commands that change something: remediate, revert. */
#ifndef PIKET_CLI_OPTION_CHANGE_OPTIONS_H
#define PIKET_CLI_OPTION_CHANGE_OPTIONS_H

#include <popt.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "cli/option/contact_options.h"
#include "cli/option/store_options.h"

/* For a command's own table, by POPT_ARG_INCLUDE_TABLE: what is done, and how
 * it is shown. */
extern const struct poptOption change_options_table[];
extern const struct poptOption change_options_report_table[];

/* The vals of both tables; a command's own begin above the last. */
enum change_option {
    CHANGE_OPTION_APPLY = CONTACT_OPTION_LAST,
    CHANGE_OPTION_BACKUP,
    CHANGE_OPTION_FORMAT,
    CHANGE_OPTION_LIMIT,
    CHANGE_OPTION_NO_COLOR,
    CHANGE_OPTION_OUTPUT,
    CHANGE_OPTION_PLAN,
    CHANGE_OPTION_REASON,
    CHANGE_OPTION_ROWS,
    CHANGE_OPTION_SAVE_PLAN,
    CHANGE_OPTION_STOP_AFTER,
    CHANGE_OPTION_VERIFY_TIMEOUT,
    CHANGE_OPTION_WHAT_IF,
    CHANGE_OPTION_YES,
    CHANGE_OPTION_LAST,
};

struct change_options {
    bool apply; /* not where --what-if is given, too */
    bool what_if, yes;
    size_t limit;           /* 0: none */
    size_t stop_after;      /* failures */
    int64_t verify_timeout; /* milliseconds */
    const char *reason;     /* or NULL, as all below */
    const char *plan;       /* the file of one that was saved */
    const char *save_plan;
    const char *backup;
    const char *format; /* never NULL */
    const char *output;
    bool no_colour, rows_given;
    size_t rows; /* 0: all */
};

void change_options_init(struct change_options *options);

/* An option_handler's work for vals of these tables: returns 1 where val is
 * none of them. argument must outlive the options. */
int change_options_take(struct change_options *options, int val,
                        char *argument, struct error *err);

/* Adds the files of these options. */
void change_options_list_paths(const struct change_options *options,
                               struct path_list *list);

/* What only all of the options together can tell, once they are taken:
 * settles apply, and refuses to change anything without a journal, or to ask
 * where nobody can answer. Every error is one of usage. */
int change_options_conclude(struct change_options *options,
                            const struct store_options *store,
                            struct error *err);

#endif
