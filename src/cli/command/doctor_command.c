/* SPDX-License-Identifier: Apache-2.0 */
/* piket doctor: says what a check would use, and what is missing. */
#include "cli/command/doctor_command.h"

#include <popt.h>
#include <stdint.h>
#include <string.h>

#include "base/cleanup.h"
#include "base/clock.h"
#include "cli/option/azure_options.h"
#include "cli/option/config_options.h"
#include "cli/config/config_print.h"
#include "cli/config/configuration.h"
#include "cli/terminal/exit_status.h"
#include "cli/terminal/interrupt.h"
#include "cli/terminal/language_option.h"
#include "cli/terminal/message.h"
#include "cli/option/option.h"
#include "cli/terminal/output.h"
#include "cli/option/store_options.h"
#include "cli/flow/store_state.h"
#include "engine/doctor/doctor.h"
#include "report/doctor/doctor_format.h"

enum {
    DOCTOR_OPTION_FORMAT = STORE_OPTION_LAST,
    DOCTOR_OPTION_NO_COLOR,
    DOCTOR_OPTION_OUTPUT,
    DOCTOR_OPTION_SAMPLE,
};

enum {
    DOCTOR_SAMPLE = 10,
    DOCTOR_SAMPLE_CEILING = 1000000,
};

static struct {
    struct azure_options azure;
    struct config_options config;
    struct store_options store;
    const struct doctor_report_format *format;
    const char *output;
    bool no_colour;
    size_t sample; /* SIZE_MAX: all */
} arg;

static const struct poptOption options[] = {
    { "format", '\0', POPT_ARG_STRING, NULL, DOCTOR_OPTION_FORMAT,
      N_("text (default) or json"), N_("FORMAT") },
    { "output", '\0', POPT_ARG_STRING, NULL, DOCTOR_OPTION_OUTPUT,
      N_("write the diagnosis here, whole or not at all"), N_("FILE") },
    { "sample", '\0', POPT_ARG_STRING, NULL, DOCTOR_OPTION_SAMPLE,
      N_("subscriptions whose permissions are looked at (default 10)"),
      N_("N|all") },
    { "no-color", '\0', POPT_ARG_NONE, NULL, DOCTOR_OPTION_NO_COLOR,
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
    arg.format = doctor_report_format_by_name(name);
    if (arg.format != NULL)
        return 0;
    error_set(err, _("--format: there is no format '%s'"), name);
    return error_advise(err, _("there are: %s"), "text, json");
}

static int
take_sample(const char *text, struct error *err)
{
    uint64_t number;

    if (strcmp(text, "all") == 0) {
        arg.sample = SIZE_MAX;
        return 0;
    }
    if (option_number("--sample", text, 1, DOCTOR_SAMPLE_CEILING, &number, err)
        < 0)
        return error_advise(err, _("--sample all looks at every one"));
    arg.sample = (size_t) number;
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
    case DOCTOR_OPTION_FORMAT:
        return take_format(argument, err);
    case DOCTOR_OPTION_NO_COLOR:
        arg.no_colour = true;
        return 0;
    case DOCTOR_OPTION_OUTPUT:
        arg.output = argument;
        return 0;
    case DOCTOR_OPTION_SAMPLE:
        return take_sample(argument, err);
    default:
        return error_set(err, "unhandled option %d", val);
    }
}

static int
exit_status_of(const struct doctor_report *doctor_report, int signal)
{
    if (signal != 0)
        return EXIT_STATUS_SIGNAL + signal;
    switch (doctor_report_verdict(doctor_report)) {
    case DOCTOR_REPORT_READY:
        return EXIT_STATUS_COMPLIANT;
    case DOCTOR_REPORT_INCOMPLETE:
        return EXIT_STATUS_INCOMPLETE;
    case DOCTOR_REPORT_IMPOSSIBLE:
        break;
    }
    return EXIT_STATUS_IMPOSSIBLE;
}

static int
write_view(struct buffer *target, const void *data, struct error *err)
{
    return arg.format->write(data, target, err);
}

static int
write_diagnosis(const struct doctor_report *doctor_report, int exit_status,
                struct error *err)
{
    const struct doctor_report_view view = {
        .doctor_report = doctor_report,
        .language = language_option_chosen(),
        .colour = output_is_terminal(arg.output) && !arg.no_colour
                  && output_wants_colour(),
        .exit_status = exit_status,
    };

    if (output_write(arg.output, write_view, &view, err) < 0)
        return error_wrap(err, "%s", _("write the diagnosis"));
    return exit_status;
}

static void
interrupted(void *data)
{
    doctor_interrupt(data);
}

/* Signals stay ours until the diagnosis is written, so that none cuts it
 * off. Returns the exit status, or -1 with an error. */
static int
examine(struct doctor *doctor, struct loop *loop,
        struct doctor_report *doctor_report, struct error *err)
{
    struct interrupt *interrupt = NULL;

    if (interrupt_watch(&interrupt, loop, interrupted, doctor, err) < 0)
        return -1;
    int status = doctor_run(doctor, err);
    interrupt_conclude(interrupt);
    if (status == 0)
        status = write_diagnosis(
            doctor_report,
            exit_status_of(doctor_report, interrupt_signal(interrupt)), err);
    interrupt_end(interrupt);
    return status;
}

/* Returns as examine does. */
static int
doctor_with(const struct doctor_options *diagnosed, struct error *err)
{
    struct loop *loop = NULL;
    struct doctor_report *doctor_report = NULL;
    struct doctor *doctor = NULL;
    int status = -1;

    if (azure_options_judge(&arg.azure, err) == 0 && loop_new(&loop, err) == 0
        && doctor_report_new(&doctor_report, clock_now(), err) == 0
        && doctor_new(&doctor, loop, diagnosed, doctor_report, err) == 0)
        status = examine(doctor, loop, doctor_report, err);
    doctor_free(doctor);
    doctor_report_free(doctor_report);
    loop_free(loop);
    return status;
}

/* A configuration that cannot be used is a line of the diagnosis: all else
 * is found out with the scope of the command line. */
static int
doctor_configured(const struct configuration *configuration,
                  const struct error *config_error, struct error *err)
{
    struct doctor_options diagnosed = {
        .session = &arg.azure.session,
        .config_error = config_error,
        .scope = &arg.config.scope,
        .sample = arg.sample,
    };

    if (arg.config.print && config_error != NULL)
        return error_set(err, "%s", error_message(config_error));
    if (arg.config.print)
        return output_write(arg.output, config_print, configuration, err);
    if (azure_options_check_single(&arg.azure, err) < 0)
        return -1;
    if (output_check(arg.output, err) < 0)
        return error_wrap(err, "--output");
    if (config_error == NULL) {
        diagnosed.config = &configuration->config;
        diagnosed.config_path = configuration->path;
        diagnosed.config_origin = configuration->path_origin;
        diagnosed.profile = configuration->profile->name;
        diagnosed.scope = &configuration->scope;
        diagnosed.expected = &configuration->expected;
        diagnosed.expected_file = configuration->expected_file;
    }
    struct store_state store;
    store_state_look(&store, &arg.store);
    diagnosed.store = &store.seen;
    const int status = doctor_with(&diagnosed, err);
    store_state_done(&store);
    return status;
}

static int
check_paths(struct error *err)
{
    AUTOPATHS paths = { .count = 0 };

    path_list_add(&paths, PATH_PRINTED, "--output", arg.output);
    config_options_list_paths(&arg.config, &paths);
    store_options_list_paths(&arg.store, &paths);
    azure_options_list_paths(&arg.azure, &paths);
    return path_list_check(&paths, err);
}

static int
run_doctor(int argc, const char **argv)
{
    AUTOERROR err = ERROR_INIT;
    AUTOERROR config_error = ERROR_INIT;
    struct configuration configuration = { .arena = NULL };

    azure_options_init(&arg.azure);
    store_options_init(&arg.store);
    arg.format = doctor_report_format_by_name("text");
    arg.sample = DOCTOR_SAMPLE;
    switch (option_parse(argc, argv, options, take_option)) {
    case OPTION_HELP:
        return output_flush();
    case OPTION_USAGE:
        return EXIT_STATUS_USAGE;
    case OPTION_PARSED:
        break;
    }
    if (check_paths(&err) < 0) {
        message_error(&err);
        return EXIT_STATUS_USAGE;
    }
    azure_options_apply_logging(&arg.azure);
    const bool configured =
        configuration_load(&configuration, &arg.config, NULL, &config_error)
        == 0;
    const int status = doctor_configured(
        &configuration, configured ? NULL : &config_error, &err);
    if (status < 0)
        message_error(&err);
    configuration_done(&configuration);
    config_options_done(&arg.config);
    return status < 0 ? EXIT_STATUS_IMPOSSIBLE : status;
}

const struct command doctor_command = {
    .name = "doctor",
    .summary = N_("say what a check would use, and what is missing"),
    .run = run_doctor,
};
