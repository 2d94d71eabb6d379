/* SPDX-License-Identifier: Apache-2.0 */
/* The changes of a plan, those that do the same together. */

#include "report/wording/phrase_plan.h"
#include "report/change/plan_text.h"

enum {
    FIELD_MARGIN = 6,
    FIELD_WIDTH = 12, /* "attackPaths" */
};

static const struct plan_heading remediation_headings[] = {
    [PLAN_CREATE] = { N_("CREATE"),
                      N_("a security contact, where there is "
                         "none"),
                      TERMINAL_WRITER_STRONG },
    [PLAN_UPDATE] = { N_("CHANGE"), N_("what fails, and nothing else"),
                      TERMINAL_WRITER_STRONG },
    [PLAN_DELETE] = { N_("REMOVE"), N_("the security contact"),
                      TERMINAL_WRITER_WARNING },
    [PLAN_REGISTER] = { N_("REGISTER AND CREATE"),
                        N_("Microsoft.Security, then a security contact"),
                        TERMINAL_WRITER_WARNING },
};

static const struct plan_heading reversal_headings[] = {
    [PLAN_CREATE] = { N_("CREATE ANEW"),
                      N_("the security contact that was "
                         "there"),
                      TERMINAL_WRITER_STRONG },
    [PLAN_UPDATE] = { N_("RESTORE"), N_("what was there before"),
                      TERMINAL_WRITER_STRONG },
    [PLAN_DELETE] = { N_("REMOVE"), N_("the security contact: there was none"),
                      TERMINAL_WRITER_WARNING },
    [PLAN_REGISTER] = { N_("REGISTER AND CREATE"),
                        N_("Microsoft.Security, then a security contact"),
                        TERMINAL_WRITER_WARNING },
};

static bool
is_shown(const struct plan_page *page, size_t row)
{
    return page->view->rows == 0 || row < page->view->rows;
}

static size_t
shown_of(const struct plan_page *page, size_t count)
{
    return page->view->rows == 0 || count < page->view->rows
               ? count
               : page->view->rows;
}

static void
write_subscriptions(struct plan_page *page, const struct plan_group *group)
{
    const struct plan *plan = page->view->plan;
    struct buffer *target = page->terminal_writer.target;
    const size_t shown = shown_of(page, group->count);

    for (size_t i = 0; i < shown; i++) {
        plan_text_subscription(
            page, 2, &plan->changes[group->indices[i]].subscription, target);
        buffer_append_byte(target, '\n');
    }
    plan_text_more(page, 2, shown, group->count);
}

/* What stands where a field says nothing. */
static const char *
silence(enum contact_field field)
{
    switch (field) {
    case CONTACT_FIELD_ALERTS:
    case CONTACT_FIELD_ATTACK_PATHS:
        return N_("(off)");
    default:
        return N_("(none)");
    }
}

static void
write_value(struct plan_page *page, const char *sign,
            enum terminal_writer_style style, enum contact_field field,
            const char *value)
{
    AUTOBUFFER first = BUFFER_INIT(REPORT_CEILING);
    AUTOBUFFER rest = BUFFER_INIT(REPORT_CEILING);
    AUTOBUFFER text = BUFFER_INIT(REPORT_CEILING);
    struct terminal_writer *terminal_writer = &page->terminal_writer;

    buffer_printf(&first, "%s %-*s ", sign, FIELD_WIDTH,
                  contact_field_name(field));
    buffer_printf(&rest, "%*s", FIELD_MARGIN + (int) first.length, "");
    const struct column_shape shape = { buffer_text(&first),
                                        buffer_text(&rest),
                                        PLAN_WIDTH - FIELD_MARGIN - 1 };
    column_wrap(&terminal_writer->column,
                value != NULL
                    ? plan_text_printable(page, value)
                    : terminal_writer_words(terminal_writer, silence(field)),
                &shape, &text);
    terminal_writer->failed = terminal_writer->failed || buffer_failed(&first)
                              || buffer_failed(&rest) || buffer_failed(&text)
                              || text.length == 0;
    if (terminal_writer->failed)
        return;
    text.data[--text.length] = '\0'; /* the line break stays without colour */
    buffer_printf(terminal_writer->target, "%*s", FIELD_MARGIN, "");
    terminal_writer_styled(terminal_writer, style, buffer_text(&text));
    buffer_append_byte(terminal_writer->target, '\n');
}

static void
write_differences(struct plan_page *page, const struct plan_change *change)
{
    for (size_t i = 0; i < change->difference_count; i++) {
        const struct plan_difference *difference = &change->differences[i];
        if (change->before != NULL)
            write_value(page, "-", TERMINAL_WRITER_ALARM, difference->field,
                        difference->before);
        if (change->after != NULL)
            write_value(page, "+", TERMINAL_WRITER_GOOD, difference->field,
                        difference->after);
    }
}

/* A label and what belongs to it, behind the fields' margin. */
static void
write_line(struct plan_page *page, const char *label, const char *text)
{
    AUTOBUFFER words = BUFFER_INIT(REPORT_CEILING);
    struct terminal_writer *terminal_writer = &page->terminal_writer;
    const struct column_shape shape = { "      ", "        ", PLAN_WIDTH - 1 };

    buffer_printf(&words, "%s %s",
                  terminal_writer_words(terminal_writer, label), text);
    if (buffer_failed(&words))
        terminal_writer->failed = true;
    column_wrap(&terminal_writer->column, buffer_text(&words), &shape,
                terminal_writer->target);
}

static void
write_recipients(struct plan_page *page, const char *label,
                 const struct plan_texts *recipients)
{
    AUTOBUFFER list = BUFFER_INIT(REPORT_CEILING);

    for (size_t i = 0; i < recipients->count; i++) {
        buffer_append_text(&list, i > 0 ? ", " : "");
        buffer_append_text(&list, recipients->items[i]);
    }
    if (buffer_failed(&list))
        page->terminal_writer.failed = true;
    if (recipients->count > 0)
        write_line(page, label, plan_text_printable(page, buffer_text(&list)));
}

static void
write_drops(struct plan_page *page, const struct plan_change *change)
{
    const size_t shown = shown_of(page, change->drop_count);

    for (size_t i = 0; i < shown; i++) {
        AUTOBUFFER text = BUFFER_INIT(REPORT_CEILING);
        buffer_append_text(&text,
                           plan_text_printable(page, change->drops[i].email));
        buffer_append_text(&text, " (");
        phrase_drop(change->drops[i].reason, page->view->language, &text);
        if (buffer_append_byte(&text, ')') < 0)
            page->terminal_writer.failed = true;
        write_line(page, N_("dropped:"), buffer_text(&text));
    }
    plan_text_more(page, FIELD_MARGIN, shown, change->drop_count);
}

static void
write_group(struct plan_page *page, const struct plan_group *group)
{
    const struct plan_change *change =
        &page->view->plan->changes[group->indices[0]];

    write_subscriptions(page, group);
    write_differences(page, change);
    write_drops(page, change);
    write_recipients(page, N_("starts receiving alerts:"), &change->starts);
    write_recipients(page, N_("stops receiving alerts:"), &change->stops);
    buffer_append_byte(page->terminal_writer.target, '\n');
}

static enum plan_action
action_of(const struct plan_page *page, const struct plan_group *group)
{
    return page->view->plan->changes[group->indices[0]].action;
}

/* Those whose kinds of change are not shown. */
static void
write_other_ways(struct plan_page *page, size_t count)
{
    struct terminal_writer *terminal_writer = &page->terminal_writer;

    buffer_append_text(terminal_writer->target, "  ... ");
    buffer_printf(terminal_writer->target,
                  terminal_writer_plural(
                      terminal_writer, "%zu more, in another way: --rows all",
                      "%zu more, in other ways: --rows all", count),
                  count);
    buffer_append_text(terminal_writer->target, "\n\n");
    page->rows_cut = true;
}

/* The groups of one action; of many different ones the largest. */
static void
write_action(struct plan_page *page, enum plan_action action)
{
    const struct plan_heading *headings =
        page->view->plan->kind == PLAN_REVERSAL ? reversal_headings
                                                : remediation_headings;
    const struct plan_groups *groups = &page->groups;
    size_t total = 0, left = 0, row = 0;

    for (size_t i = 0; i < groups->count; i++)
        if (action_of(page, &groups->items[i]) == action)
            total += groups->items[i].count;
    if (total == 0)
        return;
    plan_text_heading(page, &headings[action], total);
    for (size_t i = 0; i < groups->count; i++) {
        const struct plan_group *group = &groups->items[i];
        if (action_of(page, group) != action)
            continue;
        if (is_shown(page, row++))
            write_group(page, group);
        else
            left += group->count;
    }
    if (left > 0)
        write_other_ways(page, left);
}

void
plan_text_changes(struct plan_page *page)
{
    for (size_t i = 0; i < PLAN_GROUP_ACTIONS; i++)
        write_action(page, plan_group_actions[i]);
}
