/* SPDX-License-Identifier: Apache-2.0 */
/* piket check: assesses every subscription and reports. */
#include "cli/check_command.h"

#include <popt.h>
#include <stdio.h>
#include <string.h>

#include "base/cleanup.h"
#include "base/text.h"
#include "cli/azure_options.h"
#include "cli/config_options.h"
#include "cli/config_print.h"
#include "cli/configuration.h"
#include "cli/estate.h"
#include "cli/exit_status.h"
#include "cli/framework_option.h"
#include "cli/language_option.h"
#include "cli/message.h"
#include "cli/option.h"
#include "cli/output.h"
#include "cli/profile_option.h"
#include "cli/store_options.h"
#include "report/report.h"
#include "store/run_store.h"

enum {
    CHECK_OPTION_ALL = STORE_OPTION_LAST,
    CHECK_OPTION_FAIL_ON,
    CHECK_OPTION_FORMAT,
    CHECK_OPTION_FRAMEWORK,
    CHECK_OPTION_LIST_FRAMEWORKS,
    CHECK_OPTION_NO_COLOR,
    CHECK_OPTION_OUTPUT,
    CHECK_OPTION_PROFILE,
    CHECK_OPTION_ROWS,
};

enum {
    CHECK_ROWS_ON_TERMINAL = 20,
    CHECK_ROWS_CEILING = 1000000,
    CHECK_TABLE_CEILING = 32,
};

/* What makes the exit status differ from 0. */
enum fail_on { FAIL_ON_BOTH, FAIL_ON_NON_COMPLIANT, FAIL_ON_UNKNOWN };

static struct {
    struct azure_options azure;
    struct config_options config;
    struct store_options store;
    const struct profile *profile; /* NULL: the configuration's */
    const struct report_format *format;
    const char *output;
    struct framework_option frameworks;
    bool list_frameworks;
    enum fail_on fail_on;
    bool all, no_colour;
    bool rows_given;
    size_t rows; /* 0: all */
} arg;

static const struct poptOption options[] = {
    PROFILE_OPTION_ROW(CHECK_OPTION_PROFILE),
    { "framework", '\0', POPT_ARG_STRING, NULL, CHECK_OPTION_FRAMEWORK,
      N_("count by its controls, such as cis-3.0 or bio2; repeatable"), "ID" },
    { "list-frameworks", '\0', POPT_ARG_NONE, NULL,
      CHECK_OPTION_LIST_FRAMEWORKS, N_("show all frameworks, check nothing"),
      NULL },
    { "format", '\0', POPT_ARG_STRING, NULL, CHECK_OPTION_FORMAT,
      N_("text (default) or json"), N_("FORMAT") },
    { "output", '\0', POPT_ARG_STRING, NULL, CHECK_OPTION_OUTPUT,
      N_("write the report here, whole or not at all"), N_("FILE") },
    { "all", '\0', POPT_ARG_NONE, NULL, CHECK_OPTION_ALL,
      N_("show the compliant subscriptions, too"), NULL },
    { "rows", '\0', POPT_ARG_STRING, NULL, CHECK_OPTION_ROWS,
      N_("of each group (default 20 on a terminal, else all)"), N_("N|all") },
    { "fail-on", '\0', POPT_ARG_STRING, NULL, CHECK_OPTION_FAIL_ON,
      N_("exit with 1 or 2 only for this"), "non-compliant|unknown" },
    { "no-color", '\0', POPT_ARG_NONE, NULL, CHECK_OPTION_NO_COLOR,
      N_("plain text on a terminal, too"), NULL },
    OPTION_LANGUAGE_ROW,
    OPTION_HELP_ROW,
    { NULL, '\0', POPT_ARG_INCLUDE_TABLE,
      (void *) (uintptr_t) config_options_table, 0,
      N_("Configuration and scope:"), NULL },
    { NULL, '\0', POPT_ARG_INCLUDE_TABLE,
      (void *) (uintptr_t) store_options_table, 0, N_("Store:"), NULL },
    { NULL, '\0', POPT_ARG_INCLUDE_TABLE,
      (void *) (uintptr_t) azure_options_table, 0, N_("Azure:"), NULL },
    POPT_TABLEEND
};

static int
take_format(const char *name, struct error *err)
{
    const char *names[CHECK_TABLE_CEILING];
    size_t count = 0;

    arg.format = report_by_name(name);
    if (arg.format != NULL)
        return 0;
    for (; count < report_table_length && count < ARRAY_LENGTH(names); count++)
        names[count] = report_table[count].name;
    error_set(err, _("--format: there is no format '%s'"), name);
    return option_offer(err, name, names, count);
}

static int
take_rows(const char *text, struct error *err)
{
    uint64_t rows = 0;

    if (strcmp(text, "all") != 0
        && option_number("--rows", text, 1, CHECK_ROWS_CEILING, &rows, err)
               < 0)
        return error_advise(err, _("--rows all shows them all"));
    arg.rows = (size_t) rows;
    arg.rows_given = true;
    return 0;
}

static int
take_fail_on(const char *word, struct error *err)
{
    if (strcmp(word, "non-compliant") == 0)
        arg.fail_on = FAIL_ON_NON_COMPLIANT;
    else if (strcmp(word, "unknown") == 0)
        arg.fail_on = FAIL_ON_UNKNOWN;
    else
        return error_set(err,
                         _("--fail-on: '%s' is neither 'non-compliant' nor "
                           "'unknown'"),
                         word);
    return 0;
}

static int
take_option(int val, char *argument, struct error *err)
{
    int taken = azure_options_take(&arg.azure, val, argument, err);

    if (taken > 0)
        taken = config_options_take(&arg.config, val, argument, err);
    if (taken > 0)
        taken = store_options_take(&arg.store, val, argument, err);
    if (taken <= 0)
        return taken;
    switch (val) {
    case CHECK_OPTION_ALL:
        arg.all = true;
        return 0;
    case CHECK_OPTION_FAIL_ON:
        return take_fail_on(argument, err);
    case CHECK_OPTION_FORMAT:
        return take_format(argument, err);
    case CHECK_OPTION_FRAMEWORK:
        return framework_option_take(&arg.frameworks, argument, err);
    case CHECK_OPTION_LIST_FRAMEWORKS:
        arg.list_frameworks = true;
        return 0;
    case CHECK_OPTION_NO_COLOR:
        arg.no_colour = true;
        return 0;
    case CHECK_OPTION_OUTPUT:
        arg.output = argument;
        return 0;
    case CHECK_OPTION_PROFILE:
        return profile_option_take(argument, &arg.profile, err);
    case CHECK_OPTION_ROWS:
        return take_rows(argument, err);
    default:
        return error_set(err, "unhandled option %d", val);
    }
}

static int
exit_status_of(const struct run *run, int signal)
{
    const struct run_summary summary = run_summarize(run);

    /* Where nothing at all is known, nothing can be ignored. */
    const bool blind =
        !run->complete || summary.subscriptions == summary.unknown;

    if (signal != 0)
        return EXIT_STATUS_SIGNAL + signal;
    if (blind)
        return EXIT_STATUS_INCOMPLETE;
    if (summary.status == RUN_UNKNOWN && arg.fail_on != FAIL_ON_NON_COMPLIANT)
        return EXIT_STATUS_INCOMPLETE;
    if (summary.non_compliant > 0 && arg.fail_on != FAIL_ON_UNKNOWN)
        return EXIT_STATUS_NON_COMPLIANT;
    return EXIT_STATUS_COMPLIANT;
}

static int
write_view(struct buffer *target, const void *data, struct error *err)
{
    return arg.format->write(data, target, err);
}

static int
write_report(const struct run *run, int exit_status, struct error *err)
{
    const bool terminal = output_is_terminal(arg.output);
    const struct report_view view = {
        .run = run,
        .language = language_option_chosen(),
        .colour = terminal && !arg.no_colour && output_wants_colour(),
        .all = arg.all,
        .rows = arg.rows_given ? arg.rows
                : terminal     ? CHECK_ROWS_ON_TERMINAL
                               : 0,
        .exit_status = exit_status,
        .frameworks = arg.frameworks.chosen,
        .framework_count = arg.frameworks.count,
    };

    if (output_write(arg.output, write_view, &view, err) < 0)
        return error_wrap(err, "%s", _("write the report"));
    return 0;
}

/* Returns the exit status with which the report is written: that the run
 * could not be kept where somebody asked for it takes nothing from the
 * report. */
static int
keep_run(struct store *store, const struct run *run, int status)
{
    AUTOERROR failure = ERROR_INIT, err = ERROR_INIT;

    if (store == NULL || run_store_save(store, run, &failure) == 0
        || store_options_warn(&arg.store, &failure, &err) == 0)
        return status;
    message_error(&err);
    return EXIT_STATUS_IMPOSSIBLE;
}

/* Returns the exit status, or -1 with an error where the check could not
 * run. Signals are heeded until the report is written, so that none cuts it
 * off. */
static int
check_opened(struct estate *estate, struct store *store, struct error *err)
{
    const int result = estate_read(estate, err);
    const int signal = estate_signal(estate);

    if (result < 0)
        return signal != 0 ? EXIT_STATUS_SIGNAL + signal : -1;
    /* Whoever reads the report may leave before its end. */
    const int status =
        keep_run(store, estate->run, exit_status_of(estate->run, signal));
    return write_report(estate->run, status, err) < 0 ? -1 : status;
}

/* Returns the exit status, or -1 with an error. */
static int
check_estate(struct configuration *configuration, struct error *err)
{
    struct estate estate = ESTATE_INIT;
    struct store *store = NULL;
    int status = -1;

    if (arg.config.print)
        return output_write(arg.output, config_print, configuration, err);
    if (output_check(arg.output, err) < 0)
        return error_wrap(err, "--output");
    if (store_options_open_or_warn(&arg.store, &store, err) == 0
        && estate_open(&estate, &arg.azure, configuration, err) == 0)
        status = check_opened(&estate, store, err);
    estate_close(&estate);
    store_close(store);
    return status;
}

/* What is printed instead of a report is text alone: who asks for more is
 * told, not ignored. Returns -1 with an error. */
static int
refuse_format(struct error *err)
{
    if (!arg.list_frameworks && !arg.config.print)
        return 0;
    if (arg.format == NULL || arg.format == report_by_name("text"))
        return 0;
    error_set(err, _("%s: is written as text only"),
              arg.list_frameworks ? "--list-frameworks" : "--print-config");
    return error_advise(err, _("leave out --format %s"), arg.format->name);
}

/* Returns the exit status, or -1 with an error. */
static int
load_and_check(struct error *err)
{
    struct configuration configuration;

    if (configuration_load(&configuration, &arg.config, arg.profile, err) < 0)
        return -1;
    const int status = check_estate(&configuration, err);
    configuration_done(&configuration);
    return status;
}

static int
run_check(int argc, const char **argv)
{
    AUTOERROR err = ERROR_INIT;
    int status;

    azure_options_init(&arg.azure);
    store_options_init(&arg.store);
    arg.format = report_by_name("text");
    switch (option_parse(argc, argv, options, take_option)) {
    case OPTION_HELP:
        return output_flush();
    case OPTION_USAGE:
        return EXIT_STATUS_USAGE;
    case OPTION_PARSED:
        break;
    }
    if (refuse_format(&err) < 0) {
        message_error(&err);
        return EXIT_STATUS_USAGE;
    }
    azure_options_apply_logging(&arg.azure);
    if (arg.list_frameworks)
        status = framework_option_list(arg.output, &err);
    else
        status = load_and_check(&err);
    if (status < 0)
        message_error(&err);
    config_options_done(&arg.config);
    return status < 0 ? EXIT_STATUS_IMPOSSIBLE : status;
}

const struct command check_command = {
    .name = "check",
    .summary = N_("assess every subscription's security contact and report"),
    .run = run_check,
};
