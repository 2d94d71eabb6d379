/* SPDX-License-Identifier: Apache-2.0 */
/* The options that adjust the configuration. */
#include "cli/option/config_options.h"

#include <errno.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/cleanup.h"
#include "base/text.h"
#include "cli/terminal/language_option.h"
#include "control/config/config.h"

const struct poptOption config_options_scope_table[] = {
    { "subscription", '\0', POPT_ARG_STRING, NULL, CONFIG_OPTION_SUBSCRIPTION,
      N_("check only this one; repeatable"), N_("ID|NAME|GLOB") },
    { "management-group", '\0', POPT_ARG_STRING, NULL,
      CONFIG_OPTION_MANAGEMENT_GROUP,
      N_("check only the subscriptions below it; repeatable"), "ID" },
    { "exclude", '\0', POPT_ARG_STRING, NULL, CONFIG_OPTION_EXCLUDE,
      N_("leave this one out; repeatable"), N_("ID|NAME|GLOB") },
    POPT_TABLEEND
};

const struct poptOption config_options_table[] = {
    { "config", '\0', POPT_ARG_STRING, NULL, CONFIG_OPTION_CONFIG,
      N_("instead of piket.yaml in the working directory"), N_("FILE") },
    { "expect", '\0', POPT_ARG_STRING, NULL, CONFIG_OPTION_EXPECT,
      N_("subscriptions that there must be: ids, or a CSV export"),
      N_("FILE") },
    { "print-config", '\0', POPT_ARG_NONE, NULL, CONFIG_OPTION_PRINT,
      N_("show the configuration in effect, and where each value is from"),
      NULL },
    { NULL, '\0', POPT_ARG_INCLUDE_TABLE,
      (void *) (uintptr_t) config_options_scope_table, 0, NULL, NULL },
    POPT_TABLEEND
};

static int
add_rule(struct config_options *options, struct scope_rules *rules,
         const char *origin, const char *text, struct error *err)
{
    if (text_is_blank(text))
        return error_set(err, _("%s: must not be empty"), origin);
    if (options->arena == NULL)
        options->arena = arena_new();
    if (options->arena == NULL)
        return error_set_memory(err);
    struct scope_rule *items = arena_grow_array(options->arena, rules->items,
                                                rules->count, sizeof(*items));
    if (items == NULL)
        return error_set_memory(err);
    items[rules->count++] = (struct scope_rule){ text, origin };
    rules->items = items;
    return 0;
}

int
config_options_take(struct config_options *options, int val,
                    const char *argument, struct error *err)
{
    struct scope *scope = &options->scope;

    switch ((enum config_option) val) {
    case CONFIG_OPTION_CONFIG:
        if (text_is_blank(argument))
            return error_set(err, _("%s: must not be empty"), "--config");
        if (options->path != NULL)
            return error_set(err, _("%s: one per run"), "--config");
        options->path = argument;
        return 0;
    case CONFIG_OPTION_EXCLUDE:
        return add_rule(options, &scope->exclusions, "--exclude", argument,
                        err);
    case CONFIG_OPTION_EXPECT:
        if (options->expect != NULL)
            return error_set(err, _("%s: one per run"), "--expect");
        options->expect = argument;
        return 0;
    case CONFIG_OPTION_MANAGEMENT_GROUP:
        if (!scope_valid_group(argument))
            return error_set(err,
                             _("--management-group: '%s' is not the id of a "
                               "management group"),
                             argument);
        return add_rule(options, &scope->groups, "--management-group",
                        argument, err);
    case CONFIG_OPTION_PRINT:
        options->print = true;
        return 0;
    case CONFIG_OPTION_SUBSCRIPTION:
        return add_rule(options, &scope->subscriptions, "--subscription",
                        argument, err);
    case CONFIG_OPTION_LAST:
        break;
    }
    return 1;
}

/* What lies there and cannot be read is no absence: its scope would be
 * lost. */
static bool
default_stands(void)
{
    struct stat status;

    return lstat(CONFIG_FILE_NAME, &status) == 0 || errno != ENOENT;
}

const char *
config_options_file(const struct config_options *options,
                    const char **ret_origin)
{
    const char *variable = getenv("PIKET_CONFIG");

    *ret_origin = N_("option");
    if (options->path != NULL)
        return options->path;
    *ret_origin = N_("environment");
    if (variable != NULL && *variable != '\0')
        return variable;
    *ret_origin = N_("default");
    return default_stands() ? CONFIG_FILE_NAME : NULL;
}

void
config_options_list_paths(const struct config_options *options,
                          struct path_list *list)
{
    const char *origin;
    const char *path = config_options_file(options, &origin);

    path_list_add(list, PATH_READ,
                  options->path != NULL ? "--config"
                  : strcmp(origin, "environment") == 0
                      ? "PIKET_CONFIG"
                      : N_("the configuration"),
                  path != NULL ? path : CONFIG_FILE_NAME);
    path_list_add(list, PATH_READ, "--expect", options->expect);
}

void
config_options_done(struct config_options *options)
{
    arena_free(options->arena);
    *options = (struct config_options){ .path = NULL };
}
