/* SPDX-License-Identifier: Apache-2.0 */
/* piket check: assesses every subscription and reports. */
#include "cli/check_command.h"

#include <popt.h>
#include <stdio.h>
#include <string.h>

#include "base/cleanup.h"
#include "base/clock.h"
#include "base/random.h"
#include "cli/azure_options.h"
#include "cli/config_options.h"
#include "cli/config_print.h"
#include "cli/configuration.h"
#include "cli/exit_status.h"
#include "cli/interrupt.h"
#include "cli/language_option.h"
#include "cli/message.h"
#include "cli/option.h"
#include "cli/output.h"
#include "cli/profile_option.h"
#include "cli/progress.h"
#include "cli/report_options.h"
#include "engine/check.h"

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

static int64_t
moment(void)
{
    return arg.now_given ? arg.now : clock_now();
}

static void
interrupted(void *data)
{
    check_interrupt(data);
}

/* Runs the check with signals and progress attached, and reports. Signals
 * stay ours until the report is written, so that none cuts it off. Returns
 * the exit status, or -1 with an error where the check could not run. */
static int
assess(struct check *check, struct loop *loop,
       struct configuration *configuration, struct run *run, struct error *err)
{
    struct interrupt *interrupt = NULL;

    if (configuration_attach(configuration, check, run, err) < 0
        || interrupt_watch(&interrupt, loop, interrupted, check, err) < 0)
        return -1;
    progress_begin(arg.azure.quiet);
    check_set_progress(check, progress_show, NULL);
    int status = check_run(check, err);
    if (status == 0)
        status = configuration_conclude(configuration, run, err);
    progress_end();
    const int signal = interrupt_signal(interrupt);
    if (status == 0) {
        run->finished_at = moment();
        status = exit_status_of(run, signal);
        if (report_options_write(&arg.report, run, status, err) < 0)
            status = -1;
    } else if (signal != 0) {
        status = EXIT_STATUS_SIGNAL + signal;
    }
    interrupt_end(interrupt);
    return status;
}

/* A management group is one tenant's: which, nobody says. */
static int
tenants_check(const struct configuration *configuration, struct error *err)
{
    if (arg.azure.tenant_count < 2 || configuration->scope.groups.count == 0)
        return 0;
    error_set(err,
              _("%s: a management group belongs to one tenant, and %zu "
                "are checked"),
              configuration->scope.groups.items[0].origin,
              arg.azure.tenant_count);
    return error_advise(err, "%s",
                        _("check each tenant by itself, or name "
                          "subscriptions"));
}

/* Returns as assess does. */
static int
check_tenants(struct loop *loop, struct configuration *configuration,
              struct run *run, struct error *err)
{
    struct session *sessions[AZURE_TENANTS_CEILING];
    struct check *check = NULL;
    size_t count = 0;
    int status = -1;

    if (report_options_check(&arg.report, err) < 0
        || tenants_check(configuration, err) < 0
        || azure_options_open(&arg.azure, loop, sessions, &count, err) < 0)
        return -1;
    run->cloud = arg.azure.session.cloud->name;
    if (check_new(&check, sessions, count, loop, run,
                  arg.azure.session.concurrency, err)
        == 0)
        status = assess(check, loop, configuration, run, err);
    check_free(check);
    while (count > 0)
        session_close(sessions[--count]);
    return status;
}

/* With --now two runs on the same estate are the same to the byte. */
static int
make_run(struct run **ret_run, const struct profile *profile,
         struct error *err)
{
    const uint16_t unique = arg.now_given ? (uint16_t) (arg.now / 1000)
                                          : (uint16_t) random_below(65536);

    return run_new(ret_run, moment(), unique, profile, err);
}

/* Returns the exit status, or -1 with an error. */
static int
check_configured(struct configuration *configuration, struct error *err)
{
    struct loop *loop = NULL;
    struct run *run = NULL;
    int status = -1;

    if (arg.config.print)
        return output_write(arg.report.files[0].path, config_print,
                            configuration, err);
    if (loop_new(&loop, err) == 0
        && make_run(&run, configuration->profile, err) == 0)
        status = check_tenants(loop, configuration, run, err);
    run_free(run);
    loop_free(loop);
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
run_check(int argc, const char **argv)
{
    AUTOERROR err = ERROR_INIT;
    int status;

    azure_options_init(&arg.azure);
    report_options_init(&arg.report);
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
        < 0) {
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
