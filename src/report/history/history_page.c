/* SPDX-License-Identifier: Apache-2.0 */
/* What the text writers of the past have in common. */
#include "report/history/history_page.h"

#include <string.h>

#include "base/clock.h"
#include "base/text.h"
#include "report/change/operation_group.h"

enum {
    NAME_WIDTH = 32, /* a longer name is cut */
    TIME_DATE = sizeof("2026-11-22") - 1,
    TIME_LENGTH = sizeof("2026-11-22T09:14:07") - 1,
};

void
history_page_begin(struct history_page *page, const struct history_view *view,
                   struct buffer *target)
{
    page->shown = (struct report_view){ .language = view->language,
                                        .colour = view->colour,
                                        .rows = view->rows };
    page->terminal_writer =
        (struct terminal_writer){ .view = &page->shown,
                                  .target = target,
                                  .scratch = BUFFER_INIT(REPORT_CEILING) };
    column_init(&page->terminal_writer.column);
}

int
history_page_end(struct history_page *page, struct error *err)
{
    column_done(&page->terminal_writer.column);
    buffer_done(&page->terminal_writer.scratch);
    return page->terminal_writer.failed
                   || buffer_failed(page->terminal_writer.target)
               ? error_set_memory(err)
               : 0;
}

void
history_page_heading(struct history_page *page, const char *title,
                     size_t count, const char *explanation)
{
    terminal_writer_styled(
        &page->terminal_writer, TERMINAL_WRITER_STRONG,
        terminal_writer_words(&page->terminal_writer, title));
    buffer_printf(page->terminal_writer.target, "   %zu   ", count);
    terminal_writer_styled(
        &page->terminal_writer, TERMINAL_WRITER_FAINT,
        terminal_writer_words(&page->terminal_writer, explanation));
    buffer_append_byte(page->terminal_writer.target, '\n');
}

void
history_page_older(struct history_page *page)
{
    buffer_append_text(page->terminal_writer.target, "  ... ");
    buffer_append_text(page->terminal_writer.target,
                       terminal_writer_words(&page->terminal_writer,
                                             "there are older ones: --limit "
                                             "all"));
    buffer_append_byte(page->terminal_writer.target, '\n');
}

bool
history_page_row(struct history_page *page, size_t row, size_t count)
{
    const size_t rows = page->shown.rows;

    if (rows == 0 || row < rows)
        return true;
    if (row == rows) {
        buffer_append_text(page->terminal_writer.target, "  ... ");
        buffer_printf(page->terminal_writer.target,
                      terminal_writer_plural(
                          &page->terminal_writer, "%zu more: --rows all",
                          "%zu more: --rows all", count - row),
                      count - row);
        buffer_append_byte(page->terminal_writer.target, '\n');
    }
    return false;
}

void
history_page_subscription(struct history_page *page,
                          const struct subscription *subscription)
{
    struct terminal_writer *terminal_writer = &page->terminal_writer;

    buffer_clear(&terminal_writer->scratch);
    if (text_append_printable(&terminal_writer->scratch, subscription->name)
        < 0)
        terminal_writer->failed = true;
    buffer_append_text(terminal_writer->target, "  ");
    column_append(&terminal_writer->column,
                  text_is_blank(subscription->name)
                      ? terminal_writer_words(terminal_writer, "(no name)")
                      : buffer_text(&terminal_writer->scratch),
                  NAME_WIDTH, NAME_WIDTH, terminal_writer->target);
    buffer_printf(terminal_writer->target, "  %-*.*s",
                  TERMINAL_WRITER_ID_LENGTH, TERMINAL_WRITER_ID_LENGTH,
                  subscription->id);
}

void
history_page_time(struct history_page *page, int64_t milliseconds)
{
    char time[CLOCK_TEXT_SIZE];

    clock_format(milliseconds, time);
    time[TIME_DATE] = ' ';
    buffer_append(page->terminal_writer.target, time, TIME_LENGTH);
}

const char *
history_page_outcome(const struct history_page *page,
                     enum change_outcome outcome, size_t count,
                     enum plan_kind kind)
{
    const struct operation_group_words *words =
        operation_group_words(operation_group_of(outcome), kind);

    return terminal_writer_plural(&page->terminal_writer, words->one,
                                  words->many, count);
}

void
history_page_counts(struct history_page *page,
                    const struct history_operation *operation)
{
    const struct operation_counts *counts = &operation->counts;
    const size_t of_each[CHANGE_OUTCOME_COUNT] = {
        [CHANGE_PENDING] = operation->pending,
        [CHANGE_DONE] = counts->done,
        [CHANGE_ALREADY] = counts->already,
        [CHANGE_CONFLICT] = counts->conflict,
        [CHANGE_NOT_SENT] = counts->not_sent,
        [CHANGE_REFUSED] = counts->refused,
        [CHANGE_DIFFERENT] = counts->different,
        [CHANGE_UNVERIFIED] = counts->unverified,
    };
    const char *separator = "";

    for (enum change_outcome i = 0; i < CHANGE_OUTCOME_COUNT; i++) {
        if (of_each[i] == 0)
            continue;
        buffer_printf(page->terminal_writer.target, "%s%zu %s", separator,
                      of_each[i],
                      history_page_outcome(page, i, of_each[i],
                                           operation->operation.kind));
        separator = ", ";
    }
    if (*separator == '\0')
        buffer_append_text(
            page->terminal_writer.target,
            terminal_writer_words(&page->terminal_writer, "nothing changed"));
}
