/* SPDX-License-Identifier: Apache-2.0 */
/* What the parts of a plan's text are laid out with. */
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "report/change/plan_text.h"

enum {
    NAME_WIDTH = 40, /* a longer name is cut */
    EXPLANATION_COLUMN = 32,
    VALUE_CEILING = 4096,
};

const char *
plan_text_printable(struct plan_page *page, const char *foreign)
{
    struct terminal_writer *terminal_writer = &page->terminal_writer;

    buffer_clear(&terminal_writer->scratch);
    if (text_append_line(&terminal_writer->scratch, foreign, VALUE_CEILING)
        < 0)
        terminal_writer->failed = true;
    return buffer_text(&terminal_writer->scratch);
}

static const char *
printable_name(struct plan_page *page, const struct subscription *subject)
{
    struct terminal_writer *terminal_writer = &page->terminal_writer;

    if (text_is_blank(subject->name))
        return terminal_writer_words(terminal_writer, "(no name)");
    buffer_clear(&terminal_writer->scratch);
    if (text_append_printable(&terminal_writer->scratch, subject->name) < 0)
        terminal_writer->failed = true;
    return buffer_text(&terminal_writer->scratch);
}

void
plan_text_subscription(struct plan_page *page, size_t margin,
                       const struct subscription *subscription,
                       struct buffer *target)
{
    buffer_printf(target, "%*s", (int) margin, "");
    column_append(&page->terminal_writer.column,
                  printable_name(page, subscription), page->name_width,
                  page->name_width, target);
    buffer_printf(target, "   %.*s", (int) page->id_width, subscription->id);
}

void
plan_text_heading(struct plan_page *page, const struct plan_heading *heading,
                  size_t count)
{
    struct terminal_writer *terminal_writer = &page->terminal_writer;
    const char *title = terminal_writer_words(terminal_writer, heading->title);
    char digits[sizeof("18446744073709551615")];
    const int width = snprintf(digits, sizeof(digits), "%zu", count);
    const size_t taken =
        column_width(&terminal_writer->column, title) + 3 + (size_t) width;

    terminal_writer_styled(terminal_writer, heading->style, title);
    buffer_printf(terminal_writer->target, "   %s%*s", digits,
                  taken + 3 < EXPLANATION_COLUMN
                      ? (int) (EXPLANATION_COLUMN - taken)
                      : 3,
                  "");
    terminal_writer_styled(
        terminal_writer, TERMINAL_WRITER_FAINT,
        terminal_writer_words(terminal_writer, heading->explanation));
    buffer_append_byte(terminal_writer->target, '\n');
}

void
plan_text_more(struct plan_page *page, size_t margin, size_t shown,
               size_t count)
{
    struct terminal_writer *terminal_writer = &page->terminal_writer;

    if (shown >= count)
        return;
    buffer_printf(terminal_writer->target, "%*s... ", (int) margin, "");
    buffer_printf(
        terminal_writer->target,
        terminal_writer_plural(terminal_writer, "%zu more: --rows all",
                               "%zu more: --rows all", count - shown),
        count - shown);
    buffer_append_byte(terminal_writer->target, '\n');
    page->rows_cut = true;
}

/* More of the id where the one before, in the order of the plan, has the same
 * name and begins alike. */
static void
widen(struct plan_page *page, const struct subscription *before,
      const struct subscription *subscription)
{
    const size_t width = column_width(&page->terminal_writer.column,
                                      printable_name(page, subscription));

    if (width > page->name_width)
        page->name_width = width < NAME_WIDTH ? width : NAME_WIDTH;
    if (before == NULL || strcmp(before->name, subscription->name) != 0)
        return;
    const size_t needed =
        terminal_writer_id_length(before->id, subscription->id);
    if (needed > page->id_width)
        page->id_width = needed;
}

void
plan_text_find_widths(struct plan_page *page)
{
    const struct plan *plan = page->view->plan;

    page->id_width = TERMINAL_WRITER_ID_LENGTH;
    for (size_t i = 0; i < plan->change_count; i++)
        widen(page, i > 0 ? &plan->changes[i - 1].subscription : NULL,
              &plan->changes[i].subscription);
    for (size_t i = 0; i < plan->obstacle_count; i++)
        widen(page, i > 0 ? &plan->obstacles[i - 1].subscription : NULL,
              &plan->obstacles[i].subscription);
}
