/* SPDX-License-Identifier: Apache-2.0 */
/* A plan for people. */
#include "report/change/plan_text.h"

static void
write_header(struct plan_page *page)
{
    const struct plan *plan = page->view->plan;
    struct terminal_writer *terminal_writer = &page->terminal_writer;

    terminal_writer_styled(terminal_writer, TERMINAL_WRITER_STRONG,
                           "piket " PIKET_VERSION);
    buffer_printf(
        terminal_writer->target, "   %s   %s",
        plan->kind == PLAN_REVERSAL
            ? terminal_writer_words(terminal_writer, "plan of a reversal")
            : terminal_writer_words(terminal_writer, "plan of a remediation"),
        plan->id);
    if (plan->cloud != NULL)
        buffer_printf(terminal_writer->target, "   %s", plan->cloud);
    buffer_append_text(terminal_writer->target, "\n  ");
    if (plan->reverts != NULL)
        buffer_printf(terminal_writer->target,
                      terminal_writer_words(terminal_writer, "takes back %s"),
                      plan->reverts);
    else
        buffer_printf(terminal_writer->target,
                      terminal_writer_words(terminal_writer, "profile %s"),
                      plan->profile);
    if (plan->config != NULL) {
        buffer_append_text(terminal_writer->target, "   ");
        terminal_writer_foreign(terminal_writer, plan->config);
    }
    buffer_append_text(terminal_writer->target, "\n\n");
}

int
plan_text_write(const struct plan_view *view, struct buffer *target,
                struct error *err)
{
    const struct report_view shown = { .language = view->language,
                                       .colour = view->colour };
    struct plan_page page = {
        .terminal_writer = { .view = &shown,
                             .target = target,
                             .scratch = BUFFER_INIT(REPORT_CEILING) },
        .view = view,
    };

    if (plan_groups_make(view->plan, &page.groups, err) < 0)
        return -1;
    column_init(&page.terminal_writer.column);
    plan_text_find_widths(&page);
    write_header(&page);
    plan_text_changes(&page);
    plan_text_recipients(&page);
    plan_text_conclusion(&page);
    const bool failed = buffer_failed(target) || page.terminal_writer.failed;
    column_done(&page.terminal_writer.column);
    buffer_done(&page.terminal_writer.scratch);
    plan_groups_done(&page.groups);
    return failed ? error_set_memory(err) : 0;
}
