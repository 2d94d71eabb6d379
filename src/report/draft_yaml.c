/* SPDX-License-Identifier: Apache-2.0 */
/* A draft of a configuration as a file. */
#include "report/draft_yaml.h"

#include "base/cleanup.h"
#include "report/draft_yaml_contact.h"
#include "report/draft_yaml_scope.h"
#include "report/report.h"
#include "report/yaml_row.h"

static const char head[] =
    "# What your organisation wants of its security contacts. piket init "
    "wrote\n"
    "# this from what the tenant has today: make it say what you want.\n"
    "# A setting that begins with # is not in use: delete the # to use it.\n"
    "# man piket explains all of them.\n"
    "#\n";

static void
write_counts(struct buffer *target, const struct config_draft *draft)
{
    const struct {
        size_t count;
        const char *words;
    } kinds[] = {
        { draft->without, "without a contact named default" },
        { draft->unreadable, "that could not be read" },
        { draft->not_applicable, "disabled, deleted or only for Entra" },
    };

    if (draft->subscriptions == 0)
        buffer_append_text(target, "# No subscription could be seen.\n");
    else
        buffer_printf(target,
                      "# Of %zu subscriptions, %zu %s a security contact.\n",
                      draft->subscriptions, draft->contacts,
                      draft->contacts == 1 ? "has" : "have");
    for (size_t i = 0; i < ARRAY_LENGTH(kinds); i++)
        if (kinds[i].count > 0)
            buffer_printf(target, "# - %zu %s\n", kinds[i].count,
                          kinds[i].words);
    if (!draft->complete)
        buffer_append_text(target, "# The list of subscriptions broke off: "
                                   "there are more than these.\n");
}

static void
write_tenant(struct buffer *target, const struct config_draft *draft)
{
    AUTOBUFFER row = BUFFER_INIT(REPORT_CEILING);

    buffer_append_text(target,
                       "\n# Whose contacts these are: check notes where it "
                       "reads another tenant, and\n# nothing is ever changed "
                       "in another one.\n");
    yaml_row_begin(&row, draft->tenant != NULL, 0, "tenant: ");
    buffer_append_text(&row, draft->tenant != NULL
                                 ? draft->tenant
                                 : "00000000-0000-0000-0000-000000000000");
    if (draft->tenant == NULL) {
        yaml_row_note(&row);
        buffer_append_text(&row, "the token did not say");
    }
    yaml_row_end(&row, target);
}

static void
write_profile(struct buffer *target, const struct config_draft *draft)
{
    buffer_append_text(target, "\n# Or");
    for (size_t i = 0, named = 0; i < profile_table_length; i++)
        if (profile_table[i].name != draft->profile->name)
            buffer_printf(target, "%s %s", named++ > 0 ? "," : "",
                          profile_table[i].name);
    buffer_printf(target, "; see piket explain %s.\nprofile: %s\n",
                  draft->profile->name, draft->profile->name);
}

int
draft_yaml_write(const struct config_draft *draft, struct buffer *target,
                 struct error *err)
{
    buffer_append_text(target, head);
    write_counts(target, draft);
    buffer_append_text(target, "\nversion: 1\n");
    write_tenant(target, draft);
    write_profile(target, draft);
    draft_yaml_contact(target, draft);
    draft_yaml_thresholds(target, draft);
    draft_yaml_scope(target, draft);
    draft_yaml_mutes(target);
    return buffer_failed(target) ? error_set_memory(err) : 0;
}
