/* SPDX-License-Identifier: Apache-2.0 */
/* A plan for people. */
#include "report/plan_text.h"

#include <stdio.h>
#include <string.h>

#include "base/text.h"

enum {
    NAME_WIDTH = 40, /* a longer name is cut */
    EXPLANATION_COLUMN = 32,
    VALUE_CEILING = 4096,
};

const char *
plan_text_printable(struct plan_page *page, const char *foreign)
{
    struct pen *pen = &page->pen;

    buffer_clear(&pen->scratch);
    if (text_append_line(&pen->scratch, foreign, VALUE_CEILING) < 0)
        pen->failed = true;
    return buffer_text(&pen->scratch);
}

static const char *
printable_name(struct plan_page *page, const struct subscription *subject)
{
    struct pen *pen = &page->pen;

    if (text_is_blank(subject->name))
        return pen_words(pen, "(no name)");
    buffer_clear(&pen->scratch);
    if (text_append_printable(&pen->scratch, subject->name) < 0)
        pen->failed = true;
    return buffer_text(&pen->scratch);
}

void
plan_text_subscription(struct plan_page *page, size_t margin,
                       const struct subscription *subscription,
                       struct buffer *target)
{
    buffer_printf(target, "%*s", (int) margin, "");
    column_append(&page->pen.column, printable_name(page, subscription),
                  page->name_width, page->name_width, target);
    buffer_printf(target, "   %.*s", (int) page->id_width, subscription->id);
}

void
plan_text_heading(struct plan_page *page, const struct plan_heading *heading,
                  size_t count)
{
    struct pen *pen = &page->pen;
    const char *title = pen_words(pen, heading->title);
    char digits[sizeof("18446744073709551615")];
    const int width = snprintf(digits, sizeof(digits), "%zu", count);
    const size_t taken =
        column_width(&pen->column, title) + 3 + (size_t) width;

    pen_styled(pen, heading->style, title);
    buffer_printf(pen->target, "   %s%*s", digits,
                  taken + 3 < EXPLANATION_COLUMN
                      ? (int) (EXPLANATION_COLUMN - taken)
                      : 3,
                  "");
    pen_styled(pen, PEN_FAINT, pen_words(pen, heading->explanation));
    buffer_append_byte(pen->target, '\n');
}

void
plan_text_more(struct plan_page *page, size_t margin, size_t shown,
               size_t count)
{
    struct pen *pen = &page->pen;

    if (shown >= count)
        return;
    buffer_printf(pen->target, "%*s... ", (int) margin, "");
    buffer_printf(pen->target,
                  pen_plural(pen, "%zu more: --rows all",
                             "%zu more: --rows all", count - shown),
                  count - shown);
    buffer_append_byte(pen->target, '\n');
    page->rows_cut = true;
}

/* More of the id where the one before, in the order of the plan, has the same
 * name and begins alike. */
static void
widen(struct plan_page *page, const struct subscription *before,
      const struct subscription *subscription)
{
    const size_t width =
        column_width(&page->pen.column, printable_name(page, subscription));

    if (width > page->name_width)
        page->name_width = width < NAME_WIDTH ? width : NAME_WIDTH;
    if (before == NULL || strcmp(before->name, subscription->name) != 0)
        return;
    const size_t needed = pen_id_length(before->id, subscription->id);
    if (needed > page->id_width)
        page->id_width = needed;
}

/* Of all, shown or not: a column that jumps with --rows would be no
 * column. */
static void
find_widths(struct plan_page *page)
{
    const struct plan *plan = page->view->plan;

    page->id_width = PEN_ID_LENGTH;
    for (size_t i = 0; i < plan->change_count; i++)
        widen(page, i > 0 ? &plan->changes[i - 1].subscription : NULL,
              &plan->changes[i].subscription);
    for (size_t i = 0; i < plan->obstacle_count; i++)
        widen(page, i > 0 ? &plan->obstacles[i - 1].subscription : NULL,
              &plan->obstacles[i].subscription);
}

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
    find_widths(&page);
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
