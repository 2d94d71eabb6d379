/* SPDX-License-Identifier: Apache-2.0 */
/* The assessments of a text report, by consequence. */
#include "report/run/report_text.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "report/wording/phrase.h"
#include "report/wording/report_group.h"

enum {
    NAME_WIDTH = 40, /* a longer name is cut */
    TENANT_WIDTH = 36,
    CAUSE_WIDTH = 160,
    EXPLANATION_COLUMN = 32,
};

/* The order of the rows, and the widths of their columns, as far as they are
 * shown. */
struct layout {
    size_t *order;    /* of the assessments: those of one tenant together; NULL
                         where there is only one */
    size_t tenant_id; /* the digits in which the tenants differ */
    size_t name, id, tenant; /* tenant is 0 where there is only one */
};

static const enum terminal_writer_style group_styles[REPORT_GROUP_COUNT] = {
    [REPORT_GROUP_NOBODY] = TERMINAL_WRITER_ALARM,
    [REPORT_GROUP_OWNERS] = TERMINAL_WRITER_WARNING,
    [REPORT_GROUP_UNCERTAIN] = TERMINAL_WRITER_WARNING,
    [REPORT_GROUP_DEMANDED] = TERMINAL_WRITER_WARNING,
    [REPORT_GROUP_UNKNOWN] = TERMINAL_WRITER_WARNING,
    [REPORT_GROUP_MUTED] = TERMINAL_WRITER_STRONG,
    [REPORT_GROUP_COMPLIANT] = TERMINAL_WRITER_GOOD,
    [REPORT_GROUP_NOT_APPLICABLE] = TERMINAL_WRITER_STRONG,
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

static const char *
printable_tenant(struct terminal_writer *terminal_writer,
                 const struct subscription *subject,
                 const struct layout *layout)
{
    const struct run *run = terminal_writer->view->run;

    /* Those behind, which may be many, have no name. */
    for (size_t i = 0; i < run->tenant_count && !run->tenants[i].delegated;
         i++)
        if (strcmp(run->tenants[i].id, subject->tenant_id) == 0
            && !text_is_blank(run->tenants[i].display_name))
            return printable(terminal_writer, run->tenants[i].display_name);
    buffer_clear(&terminal_writer->scratch);
    if (buffer_append(&terminal_writer->scratch, subject->tenant_id,
                      strnlen(subject->tenant_id, layout->tenant_id))
        < 0)
        terminal_writer->failed = true;
    return buffer_text(&terminal_writer->scratch);
}

static bool
same_name(const struct run *run, size_t left, size_t right)
{
    return strcmp(run->assessments[left].subscription.name,
                  run->assessments[right].subscription.name)
           == 0;
}

/* How much of an id is shown: more where the neighbour of the same name
 * begins alike. The run is sorted, so that only neighbours matter. */
static size_t
id_length(const struct run *run, size_t index)
{
    const char *id = run->assessments[index].subscription.id;
    size_t length = strnlen(id, TERMINAL_WRITER_ID_LENGTH);

    for (size_t i = index > 0 ? index - 1 : 0;
         i <= index + 1 && i < run->assessment_count; i++) {
        if (i == index || !same_name(run, index, i))
            continue;
        const size_t needed =
            terminal_writer_id_length(id, run->assessments[i].subscription.id);
        if (needed > length)
            length = needed;
    }
    return length;
}

static void
widen(size_t *width, size_t needed, size_t ceiling)
{
    if (needed > ceiling)
        needed = ceiling;
    if (needed > *width)
        *width = needed;
}

static bool
group_shown(const struct report_view *view, enum report_group group)
{
    return view->all || !report_group_words(group)->only_all;
}

static bool
row_shown(const struct report_view *view, size_t row)
{
    return view->rows == 0 || row < view->rows;
}

static void
widen_for_row(struct terminal_writer *terminal_writer, size_t index,
              struct layout *layout)
{
    const struct run *run = terminal_writer->view->run;
    const struct subscription *subject = &run->assessments[index].subscription;

    widen(&layout->name,
          column_width(&terminal_writer->column,
                       printable_name(terminal_writer, subject)),
          NAME_WIDTH);
    widen(&layout->id, id_length(run, index), SIZE_MAX);
    if (run->tenant_count > 1)
        widen(&layout->tenant,
              column_width(&terminal_writer->column,
                           printable_tenant(terminal_writer, subject, layout)),
              TENANT_WIDTH);
}

/* Those signed in to come first, in their order. */
static size_t
tenant_rank(const struct run *run, const struct subscription *subject)
{
    size_t rank = 0;

    while (rank < run->tenant_count && !run->tenants[rank].delegated
           && strcmp(run->tenants[rank].id, subject->tenant_id) != 0)
        rank++;
    return rank;
}

static int
compare_rows(const void *left, const void *right, void *data)
{
    const struct run *run = data;
    const size_t left_row = *(const size_t *) left;
    const size_t right_row = *(const size_t *) right;
    const struct subscription *left_subject =
        &run->assessments[left_row].subscription;
    const struct subscription *right_subject =
        &run->assessments[right_row].subscription;
    const size_t left_rank = tenant_rank(run, left_subject);
    const size_t right_rank = tenant_rank(run, right_subject);

    if (left_rank != right_rank)
        return left_rank < right_rank ? -1 : 1;
    const int order =
        strcmp(left_subject->tenant_id, right_subject->tenant_id);
    if (order != 0)
        return order;
    return left_row < right_row ? -1 : left_row > right_row;
}

/* Up to which group of the UUID the tenants' ids differ. Those that are
 * delegated are sorted, so that of them only neighbours matter. */
static size_t
tenant_id_length(const struct run *run)
{
    size_t length = TERMINAL_WRITER_ID_LENGTH;

    for (size_t i = 1; i < run->tenant_count; i++)
        for (size_t j = 0; j < i; j++) {
            if (run->tenants[j].delegated)
                j = i - 1;
            const size_t needed = terminal_writer_id_length(
                run->tenants[i].id, run->tenants[j].id);
            if (needed > length)
                length = needed;
        }
    return length;
}

static void
order_by_tenant(struct terminal_writer *terminal_writer, struct layout *layout)
{
    const struct run *run = terminal_writer->view->run;

    layout->order = calloc(run->assessment_count + 1, sizeof(*layout->order));
    if (layout->order == NULL) {
        terminal_writer->failed = true;
        return;
    }
    for (size_t i = 0; i < run->assessment_count; i++)
        layout->order[i] = i;
    qsort_r(layout->order, run->assessment_count, sizeof(*layout->order),
            compare_rows, (void *) (uintptr_t) run);
    layout->tenant_id = tenant_id_length(run);
}

/* The index of the assessment at a place of the order. */
static size_t
row_at(const struct layout *layout, size_t place)
{
    return layout->order != NULL ? layout->order[place] : place;
}

/* The first place of the group at or behind this one; the count of all where
 * there is none. */
static size_t
next_place(const struct run *run, const struct layout *layout,
           enum report_group group, size_t place)
{
    while (place < run->assessment_count
           && report_group_of(&run->assessments[row_at(layout, place)])
                  != group)
        place++;
    return place;
}

static struct layout
layout_of(struct terminal_writer *terminal_writer)
{
    const struct run *run = terminal_writer->view->run;
    struct layout layout = { .tenant_id = TERMINAL_WRITER_ID_LENGTH };

    if (run->tenant_count > 1)
        order_by_tenant(terminal_writer, &layout);

    for (enum report_group group = 0; group < REPORT_GROUP_COUNT; group++) {
        size_t row = 0;
        if (!group_shown(terminal_writer->view, group))
            continue;
        for (size_t i = next_place(run, &layout, group, 0);
             i < run->assessment_count
             && row_shown(terminal_writer->view, row);
             i = next_place(run, &layout, group, i + 1), row++)
            widen_for_row(terminal_writer, row_at(&layout, i), &layout);
    }
    return layout;
}

static void
write_row(struct terminal_writer *terminal_writer, size_t index,
          const struct layout *layout)
{
    AUTOBUFFER cause = BUFFER_INIT(REPORT_CEILING);
    const struct run *run = terminal_writer->view->run;
    const struct assessment *assessment = &run->assessments[index];
    const struct subscription *subject = &assessment->subscription;
    const size_t shown = id_length(run, index);

    buffer_append_text(terminal_writer->target, "  ");
    column_append(&terminal_writer->column,
                  printable_name(terminal_writer, subject), layout->name,
                  layout->name, terminal_writer->target);
    buffer_printf(terminal_writer->target, "   %-*.*s   ", (int) layout->id,
                  (int) shown, subject->id);
    if (layout->tenant > 0) {
        column_append(&terminal_writer->column,
                      printable_tenant(terminal_writer, subject, layout),
                      layout->tenant, layout->tenant, terminal_writer->target);
        buffer_append_text(terminal_writer->target, "   ");
    }
    if (phrase_cause(assessment, terminal_writer->view->language, &cause) < 0)
        terminal_writer->failed = true;
    column_append(&terminal_writer->column,
                  printable(terminal_writer, buffer_text(&cause)), CAUSE_WIDTH,
                  0, terminal_writer->target);
    buffer_append_text(terminal_writer->target,
                       terminal_writer_words(terminal_writer,
                                             report_group_remark(assessment)));
    buffer_append_byte(terminal_writer->target, '\n');
}

static void
write_heading(struct terminal_writer *terminal_writer, enum report_group group,
              size_t count)
{
    const struct report_group_words *words = report_group_words(group);
    const char *title = terminal_writer_words(terminal_writer, words->title);
    char digits[sizeof("18446744073709551615")];
    const int width = snprintf(digits, sizeof(digits), "%zu", count);
    const size_t taken =
        column_width(&terminal_writer->column, title) + 3 + (size_t) width;

    terminal_writer_styled(terminal_writer, group_styles[group], title);
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

static size_t
count_group(const struct run *run, enum report_group group)
{
    size_t count = 0;

    for (size_t i = report_group_next(run, group, 0);
         i < run->assessment_count; i = report_group_next(run, group, i + 1))
        count++;
    return count;
}

static void
write_group(struct terminal_writer *terminal_writer, enum report_group group,
            const struct layout *layout)
{
    const struct run *run = terminal_writer->view->run;
    const size_t count = count_group(run, group);
    size_t row = 0;

    if (count == 0)
        return;
    write_heading(terminal_writer, group, count);
    for (size_t i = next_place(run, layout, group, 0);
         i < run->assessment_count && row_shown(terminal_writer->view, row);
         i = next_place(run, layout, group, i + 1), row++)
        write_row(terminal_writer, row_at(layout, i), layout);
    if (row < count) {
        buffer_append_text(terminal_writer->target, "  ... ");
        buffer_printf(
            terminal_writer->target,
            terminal_writer_plural(terminal_writer, "%zu more: --rows all",
                                   "%zu more: --rows all", count - row),
            count - row);
        buffer_append_byte(terminal_writer->target, '\n');
        terminal_writer->rows_cut = true;
    }
}

void
report_text_groups(struct terminal_writer *terminal_writer)
{
    const size_t begin = buffer_written(terminal_writer->target);
    struct layout layout = layout_of(terminal_writer);

    for (enum report_group group = 0; group < REPORT_GROUP_COUNT; group++)
        if (group_shown(terminal_writer->view, group))
            write_group(terminal_writer, group, &layout);
    free(layout.order);
    if (buffer_written(terminal_writer->target) > begin)
        buffer_append_byte(terminal_writer->target, '\n');
}
