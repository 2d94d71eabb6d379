/* SPDX-License-Identifier: Apache-2.0 */
/* The configuration in effect. */
#include "cli/config/configuration.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buffer.h"
#include "base/cleanup.h"
#include "base/text.h"
#include "cli/terminal/language_option.h"
#include "cli/terminal/trust.h"
#include "control/config/config_parse.h"
#include "control/config/config_profile.h"
#include "control/config/config_tree.h"
#include "control/value/expected_list.h"

enum { CONFIGURATION_SENTENCE_CEILING = 4096 };

static int
read_file(struct configuration *configuration,
          const struct config_options *options, struct error *err)
{
    AUTOBUFFER bytes = BUFFER_INIT(CONFIG_BYTES_CEILING);

    configuration->config = (struct config) CONFIG_INIT;
    configuration->path =
        config_options_file(options, &configuration->path_origin);
    if (configuration->path == NULL) {
        configuration->path_origin = NULL;
        /* Its scope would be lost, and nobody would know. */
        if (options->writes
            && trust_absence(CONFIG_FILE_NAME, "--config", err) < 0)
            return error_wrap(err, "%s", _("read the configuration"));
        return 0;
    }
    if (trust_read(configuration->path, options->writes, &bytes, err) < 0) {
        if (strcmp(configuration->path_origin, "environment") == 0)
            error_advise(err, _("PIKET_CONFIG names this file: mend it, or "
                                "unset it"));
        return error_wrap(err, "%s", _("read the configuration"));
    }
    return config_parse(buffer_text(&bytes), bytes.length, configuration->path,
                        configuration->arena, &configuration->config, err);
}

static int
read_expected(struct configuration *configuration,
              const struct config_options *options, struct error *err)
{
    const char *path = options->expect;
    AUTOBUFFER bytes = BUFFER_INIT(EXPECTED_LIST_BYTES_CEILING);
    const struct subscription_entry common = { .name = "" };

    configuration->expected =
        (struct subscription_set) SUBSCRIPTION_SET_INIT(configuration->arena);
    configuration->expected_file = path;
    if (path == NULL)
        return 0;
    if (trust_read(path, options->writes, &bytes, err) < 0
        || expected_list_parse(buffer_text(&bytes), bytes.length, path,
                               &common, &configuration->expected, err)
               < 0)
        return error_wrap(err, "--expect");
    subscription_set_sort(&configuration->expected);
    return 0;
}

/* The rules of the file, with those of the options behind them. */
static int
join_rules(struct configuration *configuration,
           const struct config_texts *texts, const char *key,
           const struct scope_rules *options, struct scope_rules *ret_rules,
           struct error *err)
{
    const size_t count = texts->count + options->count;
    struct arena *arena = configuration->arena;
    struct scope_rule *items =
        arena_allocate_array(arena, count + 1, sizeof(*items));
    const char *origin = arena_printf(
        arena, "%s: %s",
        configuration->path != NULL ? configuration->path : "", key);

    if (items == NULL || origin == NULL)
        return error_set_memory(err);
    for (size_t i = 0; i < texts->count; i++)
        items[i] = (struct scope_rule){ texts->items[i], origin };
    if (options->count > 0)
        memcpy(items + texts->count, options->items,
               options->count * sizeof(*items));
    *ret_rules = (struct scope_rules){ items, count };
    return 0;
}

/* Inclusions of the command line replace the file's, exclusions add up. */
static int
join_scope(struct configuration *configuration, const struct scope *options,
           struct error *err)
{
    const struct config_scope *file = &configuration->config.scope;
    struct scope *scope = &configuration->scope;
    const struct scope_rules none = { NULL, 0 };

    configuration->inclusions_origin =
        scope_has_inclusions(options) ? N_("option") : N_("file");
    configuration->exclusions_origin =
        options->exclusions.count == 0 ? N_("file")
        : file->exclude.count == 0     ? N_("option")
                                       : N_("file and option");
    if (scope_has_inclusions(options)) {
        scope->subscriptions = options->subscriptions;
        scope->groups = options->groups;
    } else if (join_rules(configuration, &file->subscriptions,
                          "scope.subscriptions", &none, &scope->subscriptions,
                          err)
                   < 0
               || join_rules(configuration, &file->management_groups,
                             "scope.management_groups", &none, &scope->groups,
                             err)
                      < 0) {
        return -1;
    }
    if (join_rules(configuration, &file->exclude, "scope.exclude",
                   &options->exclusions, &scope->exclusions, err)
        < 0)
        return -1;
    return scope_index(scope, configuration->arena, err);
}

static int
choose_profile(struct configuration *configuration,
               const struct profile *option, struct error *err)
{
    const struct profile *base = profile_default();

    configuration->profile_origin = N_("default");
    if (configuration->config.profile != NULL) {
        base = profile_by_name(configuration->config.profile);
        configuration->profile_origin = N_("file");
    }
    if (option != NULL) {
        base = option;
        configuration->profile_origin = N_("option");
    }
    return config_profile_make(&configuration->config, base,
                               configuration->arena, &configuration->profile,
                               err);
}

int
configuration_load(struct configuration *ret_configuration,
                   const struct config_options *options,
                   const struct profile *profile, struct error *err)
{
    struct configuration configuration = { .arena = arena_new() };

    if (configuration.arena == NULL)
        return error_set_memory(err);
    if (read_file(&configuration, options, err) < 0
        || choose_profile(&configuration, profile, err) < 0
        || join_scope(&configuration, &options->scope, err) < 0
        || read_expected(&configuration, options, err) < 0) {
        configuration_done(&configuration);
        return -1;
    }
    *ret_configuration = configuration;
    return 0;
}

void
configuration_done(struct configuration *configuration)
{
    subscription_set_done(&configuration->expected);
    arena_free(configuration->arena);
    configuration->arena = NULL;
}

int
configuration_index_mutes(struct configuration *configuration, int64_t now,
                          struct arena *arena, struct error *err)
{
    const struct config *config = &configuration->config;

    if (config->mutes.count == 0)
        return 0;
    return mute_index_new(&configuration->mutes, config->mutes.items,
                          config->mutes.count, now, arena, err);
}

int
configuration_attach(struct configuration *configuration, struct check *check,
                     struct run *run, struct error *err)
{
    run->config = configuration->path;
    check_set_scope(check, &configuration->scope);
    if (configuration->expected_file != NULL)
        check_set_expected(check, &configuration->expected,
                           configuration->expected_file);
    if (configuration_index_mutes(configuration, run->started_at, run->arena,
                                  err)
        < 0)
        return -1;
    if (configuration->mutes != NULL)
        check_set_mutes(check, configuration->mutes);
    return 0;
}
