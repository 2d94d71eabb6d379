/* SPDX-License-Identifier: Apache-2.0 */
/* The changes of an applied plan, by what became of them. */
#include "report/change/operation_text.h"

#include <stdio.h>
#include <string.h>

#include "base/cleanup.h"
#include "base/text.h"
#include "report/change/operation_group.h"
#include "report/wording/phrase_change.h"
#include "report/wording/phrase_plan.h"

enum {
    NAME_WIDTH = 28, /* a longer name is cut */
    EXPLANATION_COLUMN = 32,
    RESIDUE_COLUMN = 6,
};

/* The widths of the columns. */
struct layout {
    size_t name, id;
};

/* Text of Azure's, made safe, in the scratch buffer. */
static const char *
printable(struct terminal_writer *terminal_writer, const char *foreign)
{
    buffer_clear(&terminal_writer->scratch);
    if (text_append_printable(&terminal_writer->scratch, foreign) < 0)
        terminal_writer->failed = true;
    return buffer_text(&terminal_writer->scratch);
}

static const char *
printable_name(struct terminal_writer *terminal_writer,
               const struct subscription *subject)
{
    return text_is_blank(subject->name)
               ? terminal_writer_words(terminal_writer, "(no name)")
               : printable(terminal_writer, subject->name);
}

static bool
row_shown(const struct operation_page *page, size_t row)
{
    return page->view->rows == 0 || row < page->view->rows;
}

/* Calls back for each row of the group that is shown. */
static size_t
each_row(struct operation_page *page, enum operation_group group,
         void (*row)(struct operation_page *page, enum operation_group group,
                     size_t index, struct layout *layout),
         struct layout *layout)
{
    const struct operation_report *report = page->view->report;
    const size_t count = operation_group_count(report, group);
    size_t shown = 0;

    for (size_t i = operation_group_next(report, group, 0);
         shown < count && row_shown(page, shown);
         i = operation_group_next(report, group, i + 1), shown++)
        row(page, group, i, layout);
    return shown;
}

/* More of the id where the neighbour of the same name begins alike: both
 * lists are sorted. */
static void
widen_for_row(struct operation_page *page, enum operation_group group,
              size_t index, struct layout *layout)
{
    const struct operation_report *report = page->view->report;
    const struct subscription *subject =
        operation_group_subject(report, group, index);
    const size_t width =
        column_width(&page->terminal_writer.column,
                     printable_name(&page->terminal_writer, subject));

    if (width > layout->name)
        layout->name = width < NAME_WIDTH ? width : NAME_WIDTH;
    if (index == 0)
        return;
    const struct subscription *before =
        operation_group_subject(report, group, index - 1);
    if (strcmp(before->name, subject->name) != 0)
        return;
    const size_t needed = terminal_writer_id_length(before->id, subject->id);
    if (needed > layout->id)
        layout->id = needed;
}

/* Where the group is the plan's obstacles, why there is no change. */
static void
phrase_row(struct operation_page *page, enum operation_group group,
           size_t index, struct buffer *target)
{
    const struct operation_report *report = page->view->report;
    const struct language *language = page->view->language;
    const int result =
        group == OPERATION_GROUP_OBSTACLE
            ? phrase_obstacle(&report->plan->obstacles[index], language,
                              target)
            : phrase_change(&report->plan->changes[index],
                            &report->results[index], language, target);

    if (result < 0)
        page->terminal_writer.failed = true;
}

static void
write_residue(struct operation_page *page, const struct change_result *result)
{
    AUTOBUFFER text = BUFFER_INIT(REPORT_CEILING);
    const struct column_shape shape = { "      ", "        ",
                                        OPERATION_WIDTH - 1 };

    for (size_t i = 0; i < result->residue_count; i++) {
        buffer_clear(&text);
        if (phrase_change_residue(&result->residue[i], page->view->language,
                                  &text)
            < 0)
            page->terminal_writer.failed = true;
        column_wrap(&page->terminal_writer.column,
                    printable(&page->terminal_writer, buffer_text(&text)),
                    &shape, page->terminal_writer.target);
    }
}

static void
write_row(struct operation_page *page, enum operation_group group,
          size_t index, struct layout *layout)
{
    AUTOBUFFER first = BUFFER_INIT(REPORT_CEILING);
    AUTOBUFFER rest = BUFFER_INIT(REPORT_CEILING);
    AUTOBUFFER cause = BUFFER_INIT(REPORT_CEILING);
    const struct operation_report *report = page->view->report;
    const struct subscription *subject =
        operation_group_subject(report, group, index);
    struct terminal_writer *terminal_writer = &page->terminal_writer;

    buffer_append_text(&first, "  ");
    column_append(&terminal_writer->column,
                  printable_name(terminal_writer, subject), layout->name,
                  layout->name, &first);
    buffer_printf(&first, "   %.*s", (int) layout->id, subject->id);
    phrase_row(page, group, index, &cause);
    if (cause.length > 0)
        buffer_append_text(&first, "   ");
    column_append(&terminal_writer->column, "", 0,
                  column_width(&terminal_writer->column, buffer_text(&first)),
                  &rest);
    terminal_writer->failed = terminal_writer->failed || buffer_failed(&first)
                              || buffer_failed(&rest);
    const struct column_shape shape = { buffer_text(&first),
                                        buffer_text(&rest),
                                        OPERATION_WIDTH - 1 };
    column_wrap(&terminal_writer->column,
                printable(terminal_writer, buffer_text(&cause)), &shape,
                terminal_writer->target);
    if (group != OPERATION_GROUP_OBSTACLE)
        write_residue(page, &report->results[index]);
}

static void
write_heading(struct operation_page *page, enum operation_group group,
              size_t count)
{
    const struct operation_group_words *words =
        operation_group_words(group, page->view->report->operation.kind);
    struct terminal_writer *terminal_writer = &page->terminal_writer;
    const char *title = terminal_writer_words(terminal_writer, words->title);
    char digits[sizeof("18446744073709551615")];
    const int width = snprintf(digits, sizeof(digits), "%zu", count);
    const size_t taken =
        column_width(&terminal_writer->column, title) + 3 + (size_t) width;

    terminal_writer_styled(terminal_writer, words->style, title);
    buffer_printf(terminal_writer->target, "   %s%*s", digits,
                  taken + 3 < EXPLANATION_COLUMN
                      ? (int) (EXPLANATION_COLUMN - taken)
                      : 3,
                  "");
    terminal_writer_styled(
        terminal_writer, TERMINAL_WRITER_FAINT,
        terminal_writer_words(terminal_writer, words->explanation));
    buffer_append_byte(terminal_writer->target, '\n');
}

static void
write_group(struct operation_page *page, enum operation_group group,
            struct layout *layout)
{
    const size_t count = operation_group_count(page->view->report, group);
    struct terminal_writer *terminal_writer = &page->terminal_writer;

    if (count == 0)
        return;
    write_heading(page, group, count);
    const size_t shown = each_row(page, group, write_row, layout);
    if (shown == count)
        return;
    buffer_append_text(terminal_writer->target, "  ... ");
    buffer_printf(
        terminal_writer->target,
        terminal_writer_plural(terminal_writer, "%zu more: --rows all",
                               "%zu more: --rows all", count - shown),
        count - shown);
    buffer_append_byte(terminal_writer->target, '\n');
    page->rows_cut = true;
}

void
operation_text_groups(struct operation_page *page)
{
    const size_t begin = buffer_written(page->terminal_writer.target);
    struct layout layout = { .id = TERMINAL_WRITER_ID_LENGTH };

    for (enum operation_group group = 0; group < OPERATION_GROUP_COUNT;
         group++)
        each_row(page, group, widen_for_row, &layout);
    for (enum operation_group group = 0; group < OPERATION_GROUP_COUNT;
         group++)
        write_group(page, group, &layout);
    if (buffer_written(page->terminal_writer.target) > begin)
        buffer_append_byte(page->terminal_writer.target, '\n');
}
