/* SPDX-License-Identifier: Apache-2.0 */
/* piket remediate: plans the changes, or makes them. */
#include "cli/command/remediate_command.h"

#include <popt.h>
#include <stdint.h>

#include "cli/option/azure_options.h"
#include "cli/option/change_options.h"
#include "cli/flow/change_flow.h"
#include "cli/option/config_options.h"
#include "cli/config/config_print.h"
#include "cli/config/configuration.h"
#include "cli/option/contact_options.h"
#include "cli/terminal/exit_status.h"
#include "cli/terminal/language_option.h"
#include "cli/terminal/message.h"
#include "cli/option/option.h"
#include "cli/terminal/output.h"
#include "cli/option/profile_option.h"
#include "cli/option/store_options.h"
#include "engine/plan/planning.h"

enum {
    REMEDIATE_OPTION_PROFILE = CHANGE_OPTION_LAST,
    REMEDIATE_OPTION_REGISTER,
};

static struct {
    struct azure_options azure;
    struct config_options config;
    struct store_options store;
    struct contact_options contact;
    struct change_options change;
    const struct profile *profile; /* NULL: the configuration's */
    bool contact_given, register_provider;
} arg;

#define TABLE(table_, heading_)                                               \
    {                                                                         \
        NULL, '\0', POPT_ARG_INCLUDE_TABLE, (void *) (uintptr_t) (table_), 0, \
            heading_, NULL                                                    \
    }

static const struct poptOption options[] = {
    PROFILE_OPTION_ROW(REMEDIATE_OPTION_PROFILE),
    { "register-provider", '\0', POPT_ARG_NONE, NULL,
      REMEDIATE_OPTION_REGISTER,
      N_("register Microsoft.Security where it is not, which turns on "
         "Defender's free layer and stays"),
      NULL },
    OPTION_LANGUAGE_ROW,
    OPTION_HELP_ROW,
    TABLE(change_options_table, N_("Changes:")),
    TABLE(contact_options_table, N_("The contact that is wanted:")),
    TABLE(contact_options_removal_table, NULL),
    TABLE(change_options_report_table, N_("Report:")),
    TABLE(config_options_table, N_("Configuration and scope:")),
    TABLE(store_options_table, N_("Store:")),
    TABLE(azure_options_table, N_("Azure:")),
    POPT_TABLEEND
};

static int
take_contact(int val, char *argument, struct error *err)
{
    const int taken = contact_options_take(&arg.contact, val, argument, err);

    if (taken == 0)
        arg.contact_given = true;
    return taken;
}

static int
take_option(int val, char *argument, struct error *err)
{
    int taken = azure_options_take(&arg.azure, val, argument, err);

    if (taken > 0)
        taken = config_options_take(&arg.config, val, argument, err);
    if (taken > 0)
        taken = store_options_take(&arg.store, val, argument, err);
    if (taken > 0)
        taken = take_contact(val, argument, err);
    if (taken > 0)
        taken = change_options_take(&arg.change, val, argument, err);
    if (taken <= 0)
        return taken;
    switch (val) {
    case REMEDIATE_OPTION_PROFILE:
        return profile_option_take(argument, &arg.profile, err);
    case REMEDIATE_OPTION_REGISTER:
        arg.register_provider = true;
        return 0;
    default:
        return error_set(err, "unhandled option %d", val);
    }
}

static int
check_paths(struct error *err)
{
    AUTOPATHS paths = { .count = 0 };

    change_options_list_paths(&arg.change, &paths);
    path_list_add(&paths, PATH_READ, "--contact", arg.contact.file);
    config_options_list_paths(&arg.config, &paths);
    store_options_list_paths(&arg.store, &paths);
    azure_options_list_paths(&arg.azure, &paths);
    return path_list_check(&paths, err);
}

/* What only all options together can tell. */
static int
conclude_options(struct error *err)
{
    if (change_options_conclude(&arg.change, &arg.store, err) < 0)
        return -1;
    if (arg.change.plan != NULL
        && (arg.contact_given || arg.register_provider || arg.profile != NULL
            || scope_has_inclusions(&arg.config.scope)
            || arg.config.scope.exclusions.count > 0))
        return error_set(err, "%s",
                         _("--plan: the plan says what is changed; what "
                           "would change it goes with a new plan only"));
    arg.config.writes = arg.change.apply && !arg.config.print;
    arg.azure.writes = arg.config.writes;
    arg.contact.writes = arg.config.writes;
    return check_paths(err);
}

/* Plans by what is there now. Returns as change_flow_read does. */
static int
plan_anew(struct change_flow *run, const struct desired_contact *desired,
          struct error *err)
{
    struct plan_options plan_options;
    struct plan *plan;
    const int status = change_flow_read(run, err);

    if (status != 0)
        return status;
    if (change_flow_plan_options(run, &plan_options, err) < 0)
        return -1;
    plan_options.desired = desired;
    plan_options.register_provider = arg.register_provider;
    if (planning_remediate(&plan, run->check_flow.run, &plan_options, err) < 0)
        return -1;
    change_flow_take(run, plan);
    return 0;
}

/* Returns the exit status, or -1 with an error. */
static int
remediate(struct change_flow *run, struct error *err)
{
    struct configuration *configuration = run->configuration;
    struct desired_contact desired;

    if (contact_options_resolve(&arg.contact, &configuration->config.contact,
                                configuration->arena, &desired, err)
        < 0)
        return -1;
    int status = change_flow_open(run, &arg.store, err);
    if (status == 0)
        status = arg.change.plan != NULL
                     ? change_flow_load(run, PLAN_REMEDIATION, err)
                     : plan_anew(run, &desired, err);
    return status != 0 ? status : change_flow_finish(run, err);
}

/* Returns as remediate does. */
static int
load_and_remediate(struct error *err)
{
    struct configuration configuration;
    int status;

    if (configuration_load(&configuration, &arg.config, arg.profile, err) < 0)
        return -1;
    if (arg.config.print) {
        status =
            output_write(arg.change.output, config_print, &configuration, err);
    } else {
        struct change_flow run = { .azure = &arg.azure,
                                   .options = &arg.change,
                                   .configuration = &configuration };
        status = remediate(&run, err);
        change_flow_close(&run);
    }
    configuration_done(&configuration);
    return status;
}

static int
run_remediate(int argc, const char **argv)
{
    AUTOERROR err = ERROR_INIT;

    azure_options_init(&arg.azure);
    change_options_init(&arg.change);
    store_options_init(&arg.store);
    switch (option_parse(argc, argv, options, take_option)) {
    case OPTION_HELP:
        return output_flush();
    case OPTION_USAGE:
        return EXIT_STATUS_USAGE;
    case OPTION_PARSED:
        break;
    }
    if (conclude_options(&err) < 0) {
        message_error(&err);
        return EXIT_STATUS_USAGE;
    }
    azure_options_apply_logging(&arg.azure);
    const int status = load_and_remediate(&err);
    if (status < 0)
        message_error(&err);
    config_options_done(&arg.config);
    return status < 0 ? EXIT_STATUS_IMPOSSIBLE : status;
}

const struct command remediate_command = {
    .name = "remediate",
    .summary = N_("show what would make every contact comply, or do it"),
    .run = run_remediate,
};
