/* SPDX-License-Identifier: Apache-2.0 */
/* What a draft proposes, for the person who asked for it. */
#include "report/draft_text.h"

#include "base/cleanup.h"
#include "base/text.h"

enum { DRAFT_TEXT_COLUMN = 21 };

static void
write_values(struct buffer *target, const struct config_draft *draft,
             const char *key, const struct config_draft_values *values)
{
    for (size_t i = 0; i < values->count; i++) {
        const struct config_draft_value *value = &values->items[i];
        if (!value->proposed)
            break;
        buffer_printf(target, "  %-*s", DRAFT_TEXT_COLUMN, i == 0 ? key : "");
        text_append_printable(target, value->text);
        buffer_printf(target, "   %zu of %zu contacts\n", value->contacts,
                      draft->contacts);
    }
}

static void
write_proposals(struct buffer *target, const struct config_draft *draft)
{
    const struct {
        const char *key;
        const struct config_draft_values *values;
    } kinds[] = {
        { "emails", &draft->emails },
        { "phone", &draft->phones },
        { "minimal_severity", &draft->severities },
        { "minimal_risk_level", &draft->risks },
        { "roles", &draft->roles },
        { "allowed_domains", &draft->domains },
    };

    if (draft->tenant != NULL)
        buffer_printf(target, "  %-*s%s\n", DRAFT_TEXT_COLUMN, "tenant",
                      draft->tenant);
    buffer_printf(target, "  %-*s%s\n", DRAFT_TEXT_COLUMN, "profile",
                  draft->profile->name);
    for (size_t i = 0; i < ARRAY_LENGTH(kinds); i++)
        write_values(target, draft, kinds[i].key, kinds[i].values);
}

static void
write_shortcomings(struct buffer *target, const struct config_draft *draft)
{
    if (draft->subscriptions == 0)
        buffer_append_text(target,
                           "\nNo subscription could be seen: sign in as "
                           "somebody who has Security Reader on them.\n");
    if (draft->unreadable == 1)
        buffer_append_text(target, "\n1 subscription could not be read; "
                                   "piket check says why.\n");
    else if (draft->unreadable > 1)
        buffer_printf(target,
                      "\n%zu subscriptions could not be read; piket check "
                      "says why.\n",
                      draft->unreadable);
    if (!draft->complete)
        buffer_append_text(target,
                           "\nThe list of subscriptions broke off: there are "
                           "more than were counted.\n");
    if (draft->groups.error != NULL) {
        buffer_append_text(target,
                           "\nThe management groups could not be listed: ");
        text_append_printable(target, draft->groups.error);
        buffer_append_text(target, ".\n");
    }
}

int
draft_text_write(const struct draft_view *view, struct buffer *target,
                 struct error *err)
{
    const struct config_draft *draft = view->draft;

    text_append_printable(target, view->path);
    if (draft->contacts > 0)
        buffer_printf(target,
                      " is written. It proposes, from the contacts of %zu of "
                      "%zu subscriptions:\n\n",
                      draft->contacts, draft->subscriptions);
    else
        buffer_append_text(target, " is written. There is no contact to start "
                                   "from: it shows examples.\n\n");
    write_proposals(target, draft);
    write_shortcomings(target, draft);
    buffer_append_text(target, "\nNext:  read ");
    text_append_printable(target, view->path);
    buffer_append_text(target, ", and make it say what you want\n"
                               "       piket check");
    if (!view->found) {
        buffer_append_text(target, " --config ");
        text_append_printable(target, view->path);
    }
    buffer_append_text(target,
                       "\n       piket explain desired-contact     how to "
                       "have every contact held against it\n");
    return buffer_failed(target) ? error_set_memory(err) : 0;
}
