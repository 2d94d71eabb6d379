/* SPDX-License-Identifier: Apache-2.0 */
/* What a draft proposes, for the person who asked for it. */
#include "report/init/draft_text.h"

#include <string.h>

#include "base/cleanup.h"
#include "base/text.h"
#include "report/view/report.h"

enum { DRAFT_TEXT_COLUMN = 21 };

static void
write_values(struct buffer *target, const struct draft_view *view,
             const char *key, const struct config_draft_values *values)
{
    const size_t contacts = view->draft->contacts;

    for (size_t i = 0; i < values->count; i++) {
        const struct config_draft_value *value = &values->items[i];
        if (!value->proposed)
            break;
        buffer_printf(target, "  %-*s", DRAFT_TEXT_COLUMN, i == 0 ? key : "");
        text_append_printable(target, value->text);
        buffer_append_text(target, "   ");
        buffer_printf(target,
                      language_plural(view->language, "%zu of %zu contact",
                                      "%zu of %zu contacts", contacts),
                      value->contacts, contacts);
        buffer_append_byte(target, '\n');
    }
}

static void
write_proposals(struct buffer *target, const struct draft_view *view)
{
    const struct config_draft *draft = view->draft;
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
        write_values(target, view, kinds[i].key, kinds[i].values);
}

static void
write_shortcomings(struct buffer *target, const struct draft_view *view)
{
    const struct config_draft *draft = view->draft;
    const struct language *language = view->language;
    AUTOBUFFER reason = BUFFER_INIT(REPORT_CEILING);

    if (draft->subscriptions == 0)
        buffer_printf(
            target, "\n%s\n",
            language_text(language,
                          "No subscription could be seen: sign in as somebody "
                          "who has Security Reader on them."));
    if (draft->unreadable > 0) {
        buffer_append_byte(target, '\n');
        buffer_printf(
            target,
            language_plural(
                language,
                "%zu subscription could not be read; piket check says why.",
                "%zu subscriptions could not be read; piket check says why.",
                draft->unreadable),
            draft->unreadable);
        buffer_append_byte(target, '\n');
    }
    if (!draft->complete)
        buffer_printf(target, "\n%s\n",
                      language_text(language,
                                    "The list of subscriptions broke off: "
                                    "there are more than were counted."));
    if (draft->groups.error != NULL) {
        text_append_printable(&reason, draft->groups.error);
        buffer_append_byte(target, '\n');
        buffer_printf(
            target,
            language_text(language,
                          "The management groups could not be listed: %s."),
            buffer_text(&reason));
        buffer_append_byte(target, '\n');
    }
}

/* path is printable. */
static void
write_opening(struct buffer *target, const struct draft_view *view,
              const char *path)
{
    const struct config_draft *draft = view->draft;

    if (draft->contacts > 0)
        buffer_printf(
            target,
            language_plural(view->language,
                            "%s is written. It proposes, from the contacts of "
                            "%zu of %zu subscription:",
                            "%s is written. It proposes, from the contacts of "
                            "%zu of %zu subscriptions:",
                            draft->subscriptions),
            path, draft->contacts, draft->subscriptions);
    else
        buffer_printf(target,
                      language_text(view->language,
                                    "%s is written. There is no contact to "
                                    "start from: it shows examples."),
                      path);
    buffer_append_text(target, "\n\n");
}

/* What to do next, below one heading. */
static void
write_next(struct buffer *target, const struct draft_view *view,
           const char *path)
{
    const char *heading = language_text(view->language, "Next:");
    const int indent = (int) strlen(heading) + 2;

    buffer_printf(target, "\n%s  ", heading);
    buffer_printf(target,
                  language_text(view->language,
                                "read %s, and make it say what you want"),
                  path);
    buffer_printf(target, "\n%*spiket check%s%s", indent, "",
                  view->found ? "" : " --config ", view->found ? "" : path);
    buffer_printf(target, "\n%*spiket explain desired-contact     %s\n",
                  indent, "",
                  language_text(view->language,
                                "how to have every contact held against it"));
}

int
draft_text_write(const struct draft_view *view, struct buffer *target,
                 struct error *err)
{
    AUTOBUFFER path = BUFFER_INIT(REPORT_CEILING);

    if (text_append_printable(&path, view->path) < 0)
        return error_set_memory(err);
    write_opening(target, view, buffer_text(&path));
    write_proposals(target, view);
    write_shortcomings(target, view);
    write_next(target, view, buffer_text(&path));
    return buffer_failed(target) ? error_set_memory(err) : 0;
}
