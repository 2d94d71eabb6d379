/* SPDX-License-Identifier: Apache-2.0 */
/* piket revert: undoes a remediation from the journal, or from a backup. */
#include "cli/command/revert_command.h"

#include <popt.h>
#include <stdint.h>
#include <string.h>

#include "cli/option/azure_options.h"
#include "cli/option/change_options.h"
#include "cli/flow/change_flow.h"
#include "cli/option/config_options.h"
#include "cli/config/configuration.h"
#include "cli/terminal/exit_status.h"
#include "cli/terminal/language_option.h"
#include "cli/terminal/message.h"
#include "cli/option/option.h"
#include "cli/terminal/output.h"
#include "cli/flow/revert_source.h"
#include "cli/option/store_options.h"
#include "engine/plan/planning.h"

enum {
    REVERT_OPTION_FROM = CHANGE_OPTION_LAST,
    REVERT_OPTION_FORCE_UNPROVED,
};

static struct {
    struct azure_options azure;
    struct config_options config;
    struct store_options store;
    struct change_options change;
    const char *operation; /* NULL: the last remediation */
    const char *from;      /* a backup, or NULL */
    bool force_unproved;
} arg;

#define TABLE(table_, heading_)                                               \
    {                                                                         \
        NULL, '\0', POPT_ARG_INCLUDE_TABLE, (void *) (uintptr_t) (table_), 0, \
            heading_, NULL                                                    \
    }

static const struct poptOption options[] = {
    { "from", '\0', POPT_ARG_STRING, NULL, REVERT_OPTION_FROM,
      N_("take back what this backup holds, instead of the journal"),
      N_("FILE") },
    { "force-unproved", '\0', POPT_ARG_NONE, NULL,
      REVERT_OPTION_FORCE_UNPROVED,
      N_("also what an older piket recorded, without digests"), NULL },
    { "subscription", '\0', POPT_ARG_STRING, NULL, CONFIG_OPTION_SUBSCRIPTION,
      N_("revert only this one; repeatable"), N_("ID|NAME|GLOB") },
    { "exclude", '\0', POPT_ARG_STRING, NULL, CONFIG_OPTION_EXCLUDE,
      N_("leave this one out; repeatable"), N_("ID|NAME|GLOB") },
    { "config", '\0', POPT_ARG_STRING, NULL, CONFIG_OPTION_CONFIG,
      N_("instead of piket.yaml in the working directory"), N_("FILE") },
    OPTION_LANGUAGE_ROW,
    OPTION_HELP_ROW,
    TABLE(change_options_table, N_("Changes:")),
    TABLE(change_options_report_table, N_("Report:")),
    TABLE(store_options_table, N_("Store:")),
    TABLE(azure_options_table, N_("Azure:")),
    POPT_TABLEEND
};

static int
take_from(const char *path, struct error *err)
{
    if (arg.from != NULL)
        return error_set(err, _("%s: one per run"), "--from");
    arg.from = path;
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
    if (taken > 0)
        taken = change_options_take(&arg.change, val, argument, err);
    if (taken <= 0)
        return taken;
    switch (val) {
    case REVERT_OPTION_FROM:
        return take_from(argument, err);
    case REVERT_OPTION_FORCE_UNPROVED:
        arg.force_unproved = true;
        return 0;
    default:
        return error_set(err, "unhandled option %d", val);
    }
}

static int
take_word(const char *word, struct error *err)
{
    if (arg.operation != NULL)
        return error_set(err, _("'%s': one remediation at a time"), word);
    arg.operation = word;
    return 0;
}

static int
check_paths(struct error *err)
{
    AUTOPATHS paths = { .count = 0 };

    change_options_list_paths(&arg.change, &paths);
    path_list_add(&paths, PATH_READ, "--from", arg.from);
    config_options_list_paths(&arg.config, &paths);
    store_options_list_paths(&arg.store, &paths);
    azure_options_list_paths(&arg.azure, &paths);
    return path_list_check(&paths, err);
}

/* What only all options together can tell. */
static int
conclude_options(struct error *err)
{
    const bool narrowed = scope_has_inclusions(&arg.config.scope)
                          || arg.config.scope.exclusions.count > 0;

    if (arg.from != NULL && arg.operation != NULL)
        return error_set(err,
                         _("--from: the backup says what is taken back, "
                           "and so does '%s'"),
                         arg.operation);
    if (arg.change.plan != NULL
        && (arg.from != NULL || arg.operation != NULL || narrowed))
        return error_set(err, "%s",
                         _("--plan: the plan says what is changed; what "
                           "would change it goes with a new plan only"));
    if (arg.store.none && arg.from == NULL && arg.change.plan == NULL)
        return error_set(err, "%s",
                         _("--no-store: the journal says what is taken "
                           "back; --from takes a backup instead"));
    if (change_options_conclude(&arg.change, &arg.store, err) < 0)
        return -1;
    arg.config.writes = arg.change.apply;
    arg.azure.writes = arg.config.writes;
    return check_paths(err);
}

/* Where changes are to be made the store is open already. */
static int
load(struct change_flow *run, struct revert_source *revert_source,
     struct error *err)
{
    struct arena *arena = run->check_flow.run->arena;

    if (arg.from != NULL)
        return revert_source_read(arg.from, arg.change.apply, arena,
                                  revert_source, err);
    if (run->store == NULL
        && store_options_open(&arg.store, STORE_READ, &run->store, err) < 0)
        return -1;
    return revert_source_load(run->store, arg.operation, arena, revert_source,
                              err);
}

/* What was changed in an emulator is not reverted elsewhere. */
static int
check_endpoint(const struct change_flow *run,
               const struct revert_source *revert_source, struct error *err)
{
    const char *endpoint = session_endpoint(run->check_flow.sessions[0]);

    if (revert_source->count == 0)
        return error_set(err, _("%s has changed nothing"),
                         revert_source->operation.id);
    if (revert_source->operation.endpoint != NULL
        && strcmp(revert_source->operation.endpoint, endpoint) == 0)
        return 0;
    error_set(err, _("%s was made at %s, and this is %s"),
              revert_source->operation.id, revert_source->operation.endpoint,
              endpoint);
    return error_advise(err, "%s",
                        _("give the same --cloud or --arm-endpoint"));
}

/* The changes that are meant, and their subscriptions as the scope: nothing
 * else is read. */
static int
narrow(struct change_flow *run, struct revert_source *revert_source,
       struct error *err)
{
    if (revert_source_narrow(revert_source, &arg.config.scope, err) < 0)
        return -1;
    if (revert_source->count == 0)
        return error_set(err, _("%s: nothing of it is left to revert"),
                         revert_source->operation.id);
    if (!arg.force_unproved
        && revert_source_require_proof(revert_source, err) < 0)
        return -1;
    return revert_source_scope(revert_source, run->check_flow.run->arena,
                               &run->configuration->scope, err);
}

/* Plans what takes it back, from what is there now. Returns as
 * change_flow_read does. */
static int
plan_anew(struct change_flow *run, struct error *err)
{
    struct revert_source revert_source = { .count = 0 };
    struct plan_options plan_options;
    struct plan *plan;

    if (load(run, &revert_source, err) < 0
        || check_endpoint(run, &revert_source, err) < 0
        || narrow(run, &revert_source, err) < 0)
        return -1;
    const int status = change_flow_read(run, err);
    if (status != 0)
        return status;
    if (change_flow_plan_options(run, &plan_options, err) < 0
        || planning_revert(&plan, run->check_flow.run, revert_source.changes,
                           revert_source.count, &plan_options, err)
               < 0)
        return -1;
    change_flow_take(run, plan);
    return 0;
}

/* Returns the exit status, or -1 with an error. */
static int
revert(struct change_flow *run, struct error *err)
{
    int status = change_flow_open(run, &arg.store, err);

    if (status == 0)
        status = arg.change.plan != NULL
                     ? change_flow_load(run, PLAN_REVERSAL, err)
                     : plan_anew(run, err);
    return status != 0 ? status : change_flow_finish(run, err);
}

/* Returns as revert does. */
static int
load_and_revert(struct error *err)
{
    struct configuration configuration;

    if (configuration_load(&configuration, &arg.config, NULL, err) < 0)
        return -1;
    struct change_flow run = { .azure = &arg.azure,
                               .options = &arg.change,
                               .configuration = &configuration };
    const int status = revert(&run, err);
    change_flow_close(&run);
    configuration_done(&configuration);
    return status;
}

static int
run_revert(int argc, const char **argv)
{
    static const struct option_words words = { N_("[OPTION...] [RUN]"),
                                               take_word };
    AUTOERROR err = ERROR_INIT;

    azure_options_init(&arg.azure);
    change_options_init(&arg.change);
    store_options_init(&arg.store);
    switch (option_parse_words(argc, argv, options, take_option, &words)) {
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
    const int status = load_and_revert(&err);
    if (status < 0)
        message_error(&err);
    config_options_done(&arg.config);
    return status < 0 ? EXIT_STATUS_IMPOSSIBLE : status;
}

const struct command revert_command = {
    .name = "revert",
    .summary = N_("show what would take a remediation back, or do it"),
    .run = run_revert,
};
