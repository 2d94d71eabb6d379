/* SPDX-License-Identifier: Apache-2.0 */
/* The parts of a draft that speak of subscriptions. */
#include "report/init/draft_yaml_scope.h"

#include "base/cleanup.h"
#include "report/view/report.h"
#include "report/markup/yaml_row.h"
#include "report/markup/yaml_text.h"

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
write_groups(struct draft_page *page)
{
    const struct config_draft_groups *groups = &page->draft->groups;
    struct buffer *target = page->target;
    AUTOBUFFER row = BUFFER_INIT(REPORT_CEILING);

    if (groups->error != NULL) {
        yaml_text_append_comment(&row, groups->error);
        draft_page_comment(
            page,
            draft_page_words(page,
                             "The management groups could not be listed: %s."),
            buffer_text(&row));
        page->failed = page->failed || buffer_failed(&row);
        buffer_clear(&row);
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
        draft_page_comment(
            page,
            draft_page_plural(
                page, "And %zu more: az account management-group list.",
                "And %zu more: az account management-group list.",
                groups->more),
            groups->more);
}

void
draft_yaml_scope(struct draft_page *page)
{
    const struct scope *scope = page->draft->scope;
    struct buffer *target = page->target;
    const bool limited =
        scope_has_inclusions(scope) || scope->exclusions.count > 0;

    buffer_append_byte(target, '\n');
    draft_page_comment(
        page, "%s",
        draft_page_words(page, "What is checked: everything, unless "
                               "subscriptions or management groups are named, "
                               "and never what is excluded. Names, ids, or "
                               "globs of either; of management groups, ids."));
    yaml_row_append(target, limited, 0, "scope:");
    if (scope->subscriptions.count > 0)
        write_rules(target, "subscriptions:", &scope->subscriptions);
    if (scope->groups.count > 0)
        write_rules(target, "management_groups:", &scope->groups);
    else
        write_groups(page);
    if (scope->exclusions.count > 0)
        write_rules(target, "exclude:", &scope->exclusions);
    else
        yaml_row_append(target, false, 1, "exclude: [\"*-sandbox\"]");
}

/* A line of the example; note, where there is one, is in the page's
 * language. */
static void
write_mute(const struct draft_page *page, unsigned depth, const char *setting,
           const char *note)
{
    AUTOBUFFER row = BUFFER_INIT(REPORT_CEILING);

    yaml_row_begin(&row, false, depth, setting);
    if (note != NULL) {
        yaml_row_note(&row);
        buffer_append_text(&row, note);
    }
    yaml_row_end(&row, page->target);
}

void
draft_yaml_mutes(struct draft_page *page)
{
    AUTOBUFFER reason = BUFFER_INIT(REPORT_CEILING);

    buffer_append_text(&reason, "reason: ");
    yaml_text_append_quoted(
        &reason, draft_page_words(page, "Leaves on 1 March, CHG-1234"));
    page->failed = page->failed || buffer_failed(&reason);
    buffer_append_byte(page->target, '\n');
    draft_page_comment(
        page, "%s",
        draft_page_words(page, "What fails and is no cause for alarm, for a "
                               "reason and for a time."));
    yaml_row_append(page->target, false, 0, "mutes:");
    write_mute(page, 1, "- subscription: contoso-legacy",
               draft_page_words(page, "a name, an id or a glob"));
    write_mute(page, 2, "requirement: owner-notified",
               draft_page_words(page, "an id or a glob"));
    write_mute(page, 2, buffer_text(&reason), NULL);
    write_mute(page, 2, "until: 2027-03-01",
               draft_page_words(page, "through that day, UTC"));
}
