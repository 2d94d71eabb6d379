/* SPDX-License-Identifier: Apache-2.0 */
/* What became of a plan, for people, worst first. */
#include "report/operation_text.h"

static void
write_header(struct operation_page *page)
{
    const struct operation *operation = &page->view->report->operation;
    struct pen *pen = &page->pen;

    pen_styled(pen, PEN_STRONG, "piket " PIKET_VERSION);
    buffer_printf(pen->target, "   %s   %s",
                  operation->kind == PLAN_REVERSAL
                      ? pen_words(pen, "reversal")
                      : pen_words(pen, "remediation"),
                  operation->id);
    if (operation->cloud != NULL)
        buffer_printf(pen->target, "   %s", operation->cloud);
    buffer_append_byte(pen->target, '\n');
    if (operation->reason != NULL) {
        buffer_append_text(pen->target, "  ");
        pen_foreign(pen, operation->reason);
        buffer_append_byte(pen->target, '\n');
    }
    buffer_append_byte(pen->target, '\n');
}

int
operation_text_write(const struct operation_view *view, struct buffer *target,
                     struct error *err)
{
    const struct report_view shown = { .language = view->language,
                                       .colour = view->colour };
    struct operation_page page = {
        .pen = { .view = &shown,
                 .target = target,
                 .scratch = BUFFER_INIT(REPORT_CEILING) },
        .view = view,
    };

    column_init(&page.pen.column);
    write_header(&page);
    operation_text_groups(&page);
    operation_text_conclusion(&page);
    const bool failed = buffer_failed(target) || page.pen.failed;
    column_done(&page.pen.column);
    buffer_done(&page.pen.scratch);
    return failed ? error_set_memory(err) : 0;
}
