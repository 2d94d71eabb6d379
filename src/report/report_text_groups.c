/* SPDX-License-Identifier: Apache-2.0 */
/* The assessments of a text report, by consequence. */
#include "report/report_text.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "base/cleanup.h"
#include "base/text.h"
#include "report/phrase.h"
#include "report/report_group.h"

enum {
    NAME_WIDTH = 40, /* a longer name is cut */
    TENANT_WIDTH = 20,
    CAUSE_WIDTH = 160,
    EXPLANATION_COLUMN = 32,
};

/* The widths of the columns, those of all rows that are shown. */
struct layout {
    size_t name, id, tenant; /* tenant is 0 where there is only one */
};

static const enum pen_style group_styles[REPORT_GROUP_COUNT] = {
    [REPORT_GROUP_NOBODY] = PEN_ALARM,
    [REPORT_GROUP_OWNERS] = PEN_WARNING,
    [REPORT_GROUP_UNCERTAIN] = PEN_WARNING,
    [REPORT_GROUP_DEMANDED] = PEN_WARNING,
    [REPORT_GROUP_UNKNOWN] = PEN_WARNING,
    [REPORT_GROUP_MUTED] = PEN_STRONG,
    [REPORT_GROUP_COMPLIANT] = PEN_GOOD,
    [REPORT_GROUP_NOT_APPLICABLE] = PEN_STRONG,
};

/* What a row of the first group says where the profile does not object. */
static const char *const nobody_notes[] = {
    [ASSESSMENT_COMPLIANT] = N_(" (the profile passes it)"),
    [ASSESSMENT_MUTED] = N_(" (muted)"),
    [ASSESSMENT_NON_COMPLIANT] = "",
    [ASSESSMENT_UNKNOWN] = N_(" (not all of it could be judged)"),
    [ASSESSMENT_NOT_APPLICABLE] = "",
};

/* Text of Azure's, made safe, in the scratch buffer. */
static const char *
printable(struct pen *pen, const char *foreign)
{
    buffer_clear(&pen->scratch);
    if (text_append_printable(&pen->scratch, foreign) < 0)
        pen->failed = true;
    return buffer_text(&pen->scratch);
}

static const char *
printable_name(struct pen *pen, const struct subscription *subject)
{
    return text_is_blank(subject->name) ? pen_words(pen, "(no name)")
                                        : printable(pen, subject->name);
}

static const char *
printable_tenant(struct pen *pen, const struct subscription *subject)
{
    const struct run *run = pen->view->run;

    for (size_t i = 0; i < run->tenant_count; i++)
        if (strcmp(run->tenants[i].id, subject->tenant_id) == 0
            && !text_is_blank(run->tenants[i].display_name))
            return printable(pen, run->tenants[i].display_name);
    buffer_clear(&pen->scratch);
    if (buffer_append(&pen->scratch, subject->tenant_id,
                      strnlen(subject->tenant_id, PEN_ID_LENGTH))
        < 0)
        pen->failed = true;
    return buffer_text(&pen->scratch);
}

static bool
same_name(const struct run *run, size_t left, size_t right)
{
    return strcmp(run->assessments[left].subscription.name,
                  run->assessments[right].subscription.name)
           == 0;
}

/* Up to which group of the UUID the ids have to be written to differ. */
static size_t
length_to_differ(const char *left, const char *right)
{
    static const size_t ends[] = { PEN_ID_LENGTH, 13, 18, 23 };

    for (size_t i = 0; i < ARRAY_LENGTH(ends); i++)
        if (strncmp(left, right, ends[i]) != 0)
            return ends[i];
    return strlen(left);
}

/* How much of an id is shown: more where the neighbour of the same name
 * begins alike. The run is sorted, so that only neighbours matter. */
static size_t
id_length(const struct run *run, size_t index)
{
    const char *id = run->assessments[index].subscription.id;
    size_t length = strnlen(id, PEN_ID_LENGTH);

    for (size_t i = index > 0 ? index - 1 : 0;
         i <= index + 1 && i < run->assessment_count; i++) {
        if (i == index || !same_name(run, index, i))
            continue;
        const size_t needed =
            length_to_differ(id, run->assessments[i].subscription.id);
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
widen_for_row(struct pen *pen, size_t index, struct layout *layout)
{
    const struct run *run = pen->view->run;
    const struct subscription *subject = &run->assessments[index].subscription;

    widen(&layout->name,
          column_width(&pen->column, printable_name(pen, subject)),
          NAME_WIDTH);
    widen(&layout->id, id_length(run, index), SIZE_MAX);
    if (run->tenant_count > 1)
        widen(&layout->tenant,
              column_width(&pen->column, printable_tenant(pen, subject)),
              TENANT_WIDTH);
}

static struct layout
layout_of(struct pen *pen)
{
    const struct run *run = pen->view->run;
    struct layout layout = { 0 };

    for (enum report_group group = 0; group < REPORT_GROUP_COUNT; group++) {
        size_t row = 0;
        if (!group_shown(pen->view, group))
            continue;
        for (size_t i = report_group_next(run, group, 0);
             i < run->assessment_count && row_shown(pen->view, row);
             i = report_group_next(run, group, i + 1), row++)
            widen_for_row(pen, i, &layout);
    }
    return layout;
}

static void
write_row(struct pen *pen, size_t index, const struct layout *layout)
{
    AUTOBUFFER cause = BUFFER_INIT(REPORT_CEILING);
    const struct run *run = pen->view->run;
    const struct assessment *assessment = &run->assessments[index];
    const struct subscription *subject = &assessment->subscription;
    const size_t shown = id_length(run, index);

    buffer_append_text(pen->target, "  ");
    column_append(&pen->column, printable_name(pen, subject), layout->name,
                  layout->name, pen->target);
    buffer_printf(pen->target, "   %-*.*s   ", (int) layout->id, (int) shown,
                  subject->id);
    if (layout->tenant > 0) {
        column_append(&pen->column, printable_tenant(pen, subject),
                      layout->tenant, layout->tenant, pen->target);
        buffer_append_text(pen->target, "   ");
    }
    if (phrase_cause(assessment, pen->view->language, &cause) < 0)
        pen->failed = true;
    column_append(&pen->column, printable(pen, buffer_text(&cause)),
                  CAUSE_WIDTH, 0, pen->target);
    if (assessment->reach == REACH_NOBODY)
        buffer_append_text(pen->target,
                           pen_words(pen, nobody_notes[assessment->status]));
    buffer_append_byte(pen->target, '\n');
}

static void
write_heading(struct pen *pen, enum report_group group, size_t count)
{
    const struct report_group_words *words = report_group_words(group);
    const char *title = pen_words(pen, words->title);
    char digits[sizeof("18446744073709551615")];
    const int width = snprintf(digits, sizeof(digits), "%zu", count);
    const size_t taken =
        column_width(&pen->column, title) + 3 + (size_t) width;

    pen_styled(pen, group_styles[group], title);
    buffer_printf(pen->target, "   %s%*s", digits,
                  taken + 3 < EXPLANATION_COLUMN
                      ? (int) (EXPLANATION_COLUMN - taken)
                      : 3,
                  "");
    pen_styled(pen, PEN_FAINT, pen_words(pen, words->explanation));
    buffer_append_byte(pen->target, '\n');
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
write_group(struct pen *pen, enum report_group group,
            const struct layout *layout)
{
    const struct run *run = pen->view->run;
    const size_t count = count_group(run, group);
    size_t row = 0;

    if (count == 0)
        return;
    write_heading(pen, group, count);
    for (size_t i = report_group_next(run, group, 0);
         i < run->assessment_count && row_shown(pen->view, row);
         i = report_group_next(run, group, i + 1), row++)
        write_row(pen, i, layout);
    if (row < count) {
        buffer_append_text(pen->target, "  ... ");
        buffer_printf(pen->target,
                      pen_plural(pen, "%zu more: --rows all",
                                 "%zu more: --rows all", count - row),
                      count - row);
        buffer_append_byte(pen->target, '\n');
        pen->rows_cut = true;
    }
}

void
report_text_groups(struct pen *pen)
{
    const size_t begin = buffer_written(pen->target);
    const struct layout layout = layout_of(pen);

    for (enum report_group group = 0; group < REPORT_GROUP_COUNT; group++)
        if (group_shown(pen->view, group))
            write_group(pen, group, &layout);
    if (buffer_written(pen->target) > begin)
        buffer_append_byte(pen->target, '\n');
}
