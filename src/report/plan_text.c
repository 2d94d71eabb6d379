/* SPDX-License-Identifier: Apache-2.0 */
/* A plan for people. */
#include "report/plan_text.h"

static void
write_header(struct plan_page *page)
{
    const struct plan *plan = page->view->plan;
    struct pen *pen = &page->pen;

    pen_styled(pen, PEN_STRONG, "piket " PIKET_VERSION);
    buffer_printf(pen->target, "   %s   %s",
                  plan->kind == PLAN_REVERSAL
                      ? pen_words(pen, "plan of a reversal")
                      : pen_words(pen, "plan of a remediation"),
                  plan->id);
    if (plan->cloud != NULL)
        buffer_printf(pen->target, "   %s", plan->cloud);
    buffer_append_text(pen->target, "\n  ");
    if (plan->reverts != NULL)
        buffer_printf(pen->target, pen_words(pen, "takes back %s"),
                      plan->reverts);
    else
        buffer_printf(pen->target, pen_words(pen, "profile %s"),
                      plan->profile);
    if (plan->config != NULL) {
        buffer_append_text(pen->target, "   ");
        pen_foreign(pen, plan->config);
    }
    buffer_append_text(pen->target, "\n\n");
}

int
plan_text_write(const struct plan_view *view, struct buffer *target,
                struct error *err)
{
    const struct report_view shown = { .language = view->language,
                                       .colour = view->colour };
    struct plan_page page = {
        .pen = { .view = &shown,
                 .target = target,
                 .scratch = BUFFER_INIT(REPORT_CEILING) },
        .view = view,
    };

    if (plan_groups_make(view->plan, &page.groups, err) < 0)
        return -1;
    column_init(&page.pen.column);
    plan_text_find_widths(&page);
    write_header(&page);
    plan_text_changes(&page);
    plan_text_recipients(&page);
    plan_text_conclusion(&page);
    const bool failed = buffer_failed(target) || page.pen.failed;
    column_done(&page.pen.column);
    buffer_done(&page.pen.scratch);
    plan_groups_done(&page.groups);
    return failed ? error_set_memory(err) : 0;
}
