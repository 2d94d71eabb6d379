/* SPDX-License-Identifier: Apache-2.0 */
/* piket check: assesses every subscription and reports. */
#include "cli/command/check_command.h"

#include <popt.h>
#include <stdio.h>
#include <string.h>

#include "base/cleanup.h"
#include "base/clock.h"
#include "base/log.h"
#include "cli/option/azure_options.h"
#include "cli/option/config_options.h"
#include "cli/config/config_print.h"
#include "cli/config/configuration.h"
#include "cli/flow/check_flow.h"
#include "cli/terminal/exit_status.h"
#include "cli/terminal/language_option.h"
#include "cli/terminal/message.h"
#include "cli/option/option.h"
#include "cli/terminal/output.h"
#include "cli/option/profile_option.h"
#include "cli/option/report_options.h"
#include "cli/option/store_options.h"
#include "store/run_store.h"
#include "store/store.h"

enum {
    CHECK_OPTION_FAIL_ON = REPORT_OPTION_LAST,
    CHECK_OPTION_NOW,
    CHECK_OPTION_PROFILE,
};

/* What makes the exit status differ from 0. */
enum fail_on { FAIL_ON_BOTH, FAIL_ON_NON_COMPLIANT, FAIL_ON_UNKNOWN };

static struct {
    struct azure_options azure;
    struct config_options config;
    struct report_options report;
    struct store_options store;
    const struct profile *profile; /* NULL: the configuration's */
    enum fail_on fail_on;
    bool now_given;
    int64_t now;
} arg;

static const struct poptOption options[] = {
    PROFILE_OPTION_ROW(CHECK_OPTION_PROFILE),
    { "fail-on", '\0', POPT_ARG_STRING, NULL, CHECK_OPTION_FAIL_ON,
      N_("exit with 1 or 2 only for this"), "non-compliant|unknown" },
    { "now", '\0', POPT_ARG_STRING, NULL, CHECK_OPTION_NOW,
      N_("report as if it were this moment, such as 2027-03-01T00:00:00Z"),
      N_("TIME") },
    OPTION_LANGUAGE_ROW,
    OPTION_HELP_ROW,
    { NULL, '\0', POPT_ARG_INCLUDE_TABLE,
      (void *) (uintptr_t) report_options_table, 0, N_("Report:"), NULL },
    { NULL, '\0', POPT_ARG_INCLUDE_TABLE,
      (void *) (uintptr_t) store_options_table, 0, N_("Store:"), NULL },
    { NULL, '\0', POPT_ARG_INCLUDE_TABLE,
      (void *) (uintptr_t) config_options_table, 0,
      N_("Configuration and scope:"), NULL },
    { NULL, '\0', POPT_ARG_INCLUDE_TABLE,
      (void *) (uintptr_t) azure_options_table, 0, N_("Azure:"), NULL },
    POPT_TABLEEND
};

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
take_now(const char *text, struct error *err)
{
    if (clock_parse(text, &arg.now) < 0)
        return error_set(err,
                         _("--now: '%s' is not a time such as "
                           "2027-03-01T00:00:00Z"),
                         text);
    arg.now_given = true;
    return 0;
}

static int
take_option(int val, char *argument, struct error *err)
{
    int taken = azure_options_take(&arg.azure, val, argument, err);

    if (taken > 0)
        taken = config_options_take(&arg.config, val, argument, err);
    if (taken > 0)
        taken = report_options_take(&arg.report, val, argument, err);
    if (taken > 0)
        taken = store_options_take(&arg.store, val, argument, err);
    if (taken <= 0)
        return taken;
    switch (val) {
    case CHECK_OPTION_FAIL_ON:
        return take_fail_on(argument, err);
    case CHECK_OPTION_NOW:
        return take_now(argument, err);
    case CHECK_OPTION_PROFILE:
        return profile_option_take(argument, &arg.profile, err);
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

/* Returns the exit status with which the report is written: that the run
 * could not be kept where somebody asked for it takes nothing from the
 * report. */
static int
keep_run(struct store *store, const struct run *run, int status,
         bool *ret_damaged)
{
    AUTOERROR failure = ERROR_INIT, err = ERROR_INIT;

    if (store == NULL || run_store_save(store, run, ret_damaged, &failure) == 0
        || store_options_warn(&arg.store, &failure, &err) == 0)
        return status;
    message_error(&err);
    return EXIT_STATUS_IMPOSSIBLE;
}

/* The run before this one, where there is one and some report compares with
 * it; what cannot be loaded is told, and compared with nothing. That a run is
 * damaged is told once. */
static struct run *
load_previous(struct store *store, const struct run *run, bool damaged)
{
    AUTOERROR failure = ERROR_INIT;
    struct run *previous = NULL;

    if (damaged)
        log_warning("%s: an earlier run is damaged, and compared with "
                    "nothing; this one is kept. piket history says which",
                    store_path(store));
    else if (store != NULL && report_options_compare(&arg.report)
             && run_store_load_previous(store, run, &previous, &failure) < 0)
        log_warning("%s", error_message(&failure));
    return previous;
}

/* Returns the exit status, or -1 with an error where the check could not
 * run. Signals are heeded until the report is written, so that none cuts it
 * off. */
static int
check_opened(struct check_flow *check_flow, struct store *store,
             struct error *err)
{
    const int result = check_flow_read(check_flow, err);
    const int signal = check_flow_signal(check_flow);

    if (result < 0)
        return signal != 0 ? EXIT_STATUS_SIGNAL + signal : -1;
    /* Whoever reads the report may leave before its end. */
    bool damaged = false;
    const int status =
        keep_run(store, check_flow->run,
                 exit_status_of(check_flow->run, signal), &damaged);
    struct run *previous = load_previous(store, check_flow->run, damaged);
    const int written = report_options_write(&arg.report, check_flow->run,
                                             previous, status, err);
    run_free(previous);
    return written < 0 ? -1 : status;
}

/* Returns the exit status, or -1 with an error. */
static int
check_configured(struct configuration *configuration, struct error *err)
{
    struct check_flow check_flow = CHECK_FLOW_INIT;
    struct store *store = NULL;
    int status = -1;

    if (arg.config.print)
        return output_write(arg.report.files[0].path, config_print,
                            configuration, err);
    if (report_options_check(&arg.report, err) < 0)
        return -1;
    if (store_options_open_or_warn(&arg.store, &store, err) == 0
        && check_flow_open(&check_flow, &arg.azure, configuration,
                           arg.now_given ? &arg.now : NULL, err)
               == 0)
        status = check_opened(&check_flow, store, err);
    check_flow_close(&check_flow);
    store_close(store);
    return status;
}

/* Returns the exit status, or -1 with an error. */
static int
load_and_check(struct error *err)
{
    struct configuration configuration;
    const int listed = report_options_list(&arg.report, err);

    if (listed <= 0)
        return listed;

    if (configuration_load(&configuration, &arg.config, arg.profile, err) < 0)
        return -1;
    const int status = check_configured(&configuration, err);
    configuration_done(&configuration);
    return status;
}

static int
check_paths(struct error *err)
{
    AUTOPATHS paths = { .count = 0 };

    report_options_list_paths(&arg.report, &paths);
    config_options_list_paths(&arg.config, &paths);
    store_options_list_paths(&arg.store, &paths);
    azure_options_list_paths(&arg.azure, &paths);
    return path_list_check(&paths, err);
}

static int
run_check(int argc, const char **argv)
{
    AUTOERROR err = ERROR_INIT;
    int status;

    azure_options_init(&arg.azure);
    report_options_init(&arg.report);
    store_options_init(&arg.store);
    switch (option_parse(argc, argv, options, take_option)) {
    case OPTION_HELP:
        return output_flush();
    case OPTION_USAGE:
        return EXIT_STATUS_USAGE;
    case OPTION_PARSED:
        break;
    }
    if (report_options_conclude(
            &arg.report, arg.config.print ? "--print-config" : NULL, &err)
            < 0
        || check_paths(&err) < 0) {
        message_error(&err);
        return EXIT_STATUS_USAGE;
    }
    azure_options_apply_logging(&arg.azure);
    status = load_and_check(&err);
    if (status < 0) {
        message_error(&err);
        report_options_write_failure(&arg.report, &err);
        status = EXIT_STATUS_IMPOSSIBLE;
    }
    config_options_done(&arg.config);
    return report_options_exit_status(&arg.report, status);
}

const struct command check_command = {
    .name = "check",
    .summary = N_("assess every subscription's security contact and report"),
    .run = run_check,
};
