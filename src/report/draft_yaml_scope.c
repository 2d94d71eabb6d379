/* SPDX-License-Identifier: Apache-2.0 */
/* The parts of a draft that speak of subscriptions. */
#include "report/draft_yaml_scope.h"

#include "base/cleanup.h"
#include "report/report.h"
#include "report/yaml_row.h"
#include "report/yaml_text.h"

/* A list that the run was limited to. */
static void
write_rules(struct buffer *target, const char *key,
            const struct scope_rules *rules)
{
    AUTOBUFFER row = BUFFER_INIT(REPORT_CEILING);

    yaml_row_append(target, true, 1, key);
    for (size_t i = 0; i < rules->count; i++) {
        yaml_row_begin(&row, true, 2, "- ");
        yaml_text_append_quoted(&row, rules->items[i].text);
        yaml_row_end(&row, target);
    }
}

static void
write_groups(struct buffer *target, const struct config_draft_groups *groups)
{
    AUTOBUFFER row = BUFFER_INIT(REPORT_CEILING);

    if (groups->error != NULL) {
        buffer_append_text(target,
                           "# The management groups could not be listed: ");
        yaml_text_append_comment(target, groups->error);
        buffer_append_text(target, ".\n");
    }
    if (groups->count == 0) {
        yaml_row_append(target, false, 1,
                        "management_groups: [mg-production]");
        return;
    }
    yaml_row_append(target, false, 1, "management_groups:");
    for (size_t i = 0; i < groups->count; i++) {
        yaml_row_begin(&row, false, 2, "- ");
        yaml_text_append(&row, groups->items[i].id);
        yaml_row_note(&row);
        yaml_text_append_comment(&row, groups->items[i].name);
        yaml_row_end(&row, target);
    }
    if (groups->more > 0)
        buffer_printf(target,
                      "# And %zu more: az account management-group list.\n",
                      groups->more);
}

void
draft_yaml_scope(struct buffer *target, const struct config_draft *draft)
{
    const struct scope *scope = draft->scope;
    const bool limited =
        scope_has_inclusions(scope) || scope->exclusions.count > 0;

    buffer_append_text(target,
                       "\n# What is checked: everything, unless subscriptions "
                       "or management groups are\n# named, and never what is "
                       "excluded. Names, ids, or globs of either; of\n# "
                       "management groups, ids.\n");
    yaml_row_append(target, limited, 0, "scope:");
    if (scope->subscriptions.count > 0)
        write_rules(target, "subscriptions:", &scope->subscriptions);
    if (scope->groups.count > 0)
        write_rules(target, "management_groups:", &scope->groups);
    else
        write_groups(target, &draft->groups);
    if (scope->exclusions.count > 0)
        write_rules(target, "exclude:", &scope->exclusions);
    else
        yaml_row_append(target, false, 1, "exclude: [\"*-sandbox\"]");
}

void
draft_yaml_mutes(struct buffer *target)
{
    buffer_append_text(
        target,
        "\n# What fails and is no cause for alarm, for a reason and for a "
        "time.\n"
        "#mutes:\n"
        "#  - subscription: contoso-legacy      # a name, an id or a glob\n"
        "#    requirement: owner-notified       # an id or a glob\n"
        "#    reason: \"Leaves on 1 March, CHG-1234\"\n"
        "#    until: 2027-03-01                 # through that day, UTC\n");
}
