/* SPDX-License-Identifier: Apache-2.0 */
/* The options of every command that reports a run: in which formats, where,
 * and how much of it. */
#ifndef PIKET_CLI_OPTION_REPORT_OPTIONS_H
#define PIKET_CLI_OPTION_REPORT_OPTIONS_H

#include <popt.h>
#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"
#include "cli/option/store_options.h"
#include "cli/option/framework_option.h"
#include "control/run/run.h"
#include "report/view/report.h"

/* For a command's own table, by POPT_ARG_INCLUDE_TABLE. */
extern const struct poptOption report_options_table[];

/* The vals of that table; a command's own begin above the last. */
enum report_option {
    REPORT_OPTION_ALL = STORE_OPTION_LAST,
    REPORT_OPTION_FORMAT,
    REPORT_OPTION_FRAMEWORK,
    REPORT_OPTION_LIST_FORMATS,
    REPORT_OPTION_LIST_FRAMEWORKS,
    REPORT_OPTION_MASK,
    REPORT_OPTION_NO_COLOR,
    REPORT_OPTION_OUTPUT,
    REPORT_OPTION_REPORT,
    REPORT_OPTION_ROWS,
    REPORT_OPTION_LAST,
};

enum { REPORT_OPTIONS_FILES_CEILING = 32 };

/* A report, and where it goes. */
struct report_file {
    const char *option;
    const struct report_format *format;
    const char *path; /* NULL or "-": stdout */
};

struct report_options {
    /* --format and --output are the first, which is always there; each
     * --report is one more. */
    struct report_file files[1 + REPORT_OPTIONS_FILES_CEILING];
    size_t file_count;
    struct framework_option frameworks;
    bool list_formats, list_frameworks; /* instead of a report */
    bool all, mask, no_colour;
    bool rows_given;
    size_t rows; /* 0: all */
};

void report_options_init(struct report_options *options);

/* An option_handler's work for vals of report_options_table: returns 1 where
 * val is none of these. argument must outlive the options. */
int report_options_take(struct report_options *options, int val,
                        const char *argument, struct error *err);

/* Finds what no order of the options excuses: two reports on stdout, and,
 * where listing names what is printed instead of a report, any other format
 * than text. The error is one of usage. */
int report_options_conclude(const struct report_options *options,
                            const char *listing, struct error *err);

/* Adds where the reports go. */
void report_options_list_paths(const struct report_options *options,
                               struct path_list *list);

/* Prints what --list-formats or --list-frameworks asks for. Returns 1 where
 * neither was given. */
int report_options_list(const struct report_options *options,
                        struct error *err);

/* Finds out whether each report could be written, before the work that would
 * be lost. */
int report_options_check(const struct report_options *options,
                         struct error *err);

/* Whether some report says what differs from the run before. */
bool report_options_compare(const struct report_options *options);

/* Writes the sorted run in each format. previous is the run before it, to
 * tell what differs; or NULL. check_status is how check ends by its verdict
 * alone. One that cannot be written keeps none of the others back; of
 * several that cannot, all but the last are told at once. */
int report_options_write(const struct report_options *options,
                         const struct run *run, const struct run *previous,
                         int check_status, struct error *err);

/* Writes what the format of --format has for a check that could not run. What
 * goes wrong with it is said, and changes nothing. */
void report_options_write_failure(const struct report_options *options,
                                  const struct error *failure);

/* The exit status that the format of --format makes of check's. */
int report_options_exit_status(const struct report_options *options,
                               int check_status);

#endif
