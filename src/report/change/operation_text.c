/* SPDX-License-Identifier: Apache-2.0 */
/* What became of a plan, for people, worst first. */
#include "report/change/operation_text.h"

static void
write_header(struct operation_page *page)
{
    const struct operation *operation = &page->view->report->operation;
    struct terminal_writer *terminal_writer = &page->terminal_writer;

    terminal_writer_styled(terminal_writer, TERMINAL_WRITER_STRONG,
                           "piket " PIKET_VERSION);
    buffer_printf(terminal_writer->target, "   %s   %s",
                  operation->kind == PLAN_REVERSAL
                      ? terminal_writer_words(terminal_writer, "reversal")
                      : terminal_writer_words(terminal_writer, "remediation"),
                  operation->id);
    if (operation->cloud != NULL)
        buffer_printf(terminal_writer->target, "   %s", operation->cloud);
    buffer_append_byte(terminal_writer->target, '\n');
    if (operation->reason != NULL) {
        buffer_append_text(terminal_writer->target, "  ");
        terminal_writer_foreign(terminal_writer, operation->reason);
        buffer_append_byte(terminal_writer->target, '\n');
    }
    buffer_append_byte(terminal_writer->target, '\n');
}

int
operation_text_write(const struct operation_view *view, struct buffer *target,
                     struct error *err)
{
    const struct report_view shown = { .language = view->language,
                                       .colour = view->colour };
    struct operation_page page = {
        .terminal_writer = { .view = &shown,
                             .target = target,
                             .scratch = BUFFER_INIT(REPORT_CEILING) },
        .view = view,
    };

    column_init(&page.terminal_writer.column);
    write_header(&page);
    operation_text_groups(&page);
    operation_text_conclusion(&page);
    const bool failed = buffer_failed(target) || page.terminal_writer.failed;
    column_done(&page.terminal_writer.column);
    buffer_done(&page.terminal_writer.scratch);
    return failed ? error_set_memory(err) : 0;
}
