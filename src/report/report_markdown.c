/* SPDX-License-Identifier: Apache-2.0 */
/* A run for a pull request, an issue or a wiki: the verdict, the counts, and
 * tables by consequence, worst first; in GitHub Flavored Markdown, which
 * GitLab and Azure DevOps read, too. */
#include "base/cleanup.h"
#include "base/text.h"
#include "report/markdown_span.h"
#include "report/pen.h"
#include "report/phrase.h"
#include "report/phrase_coverage.h"
#include "report/phrase_run.h"
#include "report/report_group.h"
#include "report/report_text.h"
#include "report/report_writers.h"

/* In columns; what is longer is cut: a cell has no room for it. */
enum { NAME_WIDTH = 80, CAUSE_WIDTH = 240, SENTENCE_WIDTH = 1000 };

typedef int span_writer(struct buffer *target, const char *text,
                        enum markdown_place place);

/* Appends text of others, not wider than this. */
static void
write_span(struct pen *pen, const char *foreign, size_t width,
           enum markdown_place place, span_writer *write)
{
    AUTOBUFFER printable = BUFFER_INIT(REPORT_CEILING);
    AUTOBUFFER cut = BUFFER_INIT(REPORT_CEILING);

    if (text_append_printable(&printable, foreign) < 0
        || column_append(&pen->column, buffer_text(&printable), width, 0, &cut)
               < 0
        || write(pen->target, buffer_text(&cut), place) < 0)
        pen->failed = true;
}

/* Appends a name or an id. */
static void
write_code(struct pen *pen, const char *foreign, enum markdown_place place)
{
    write_span(pen, foreign, NAME_WIDTH, place, markdown_span_code);
}

static void
write_name(struct pen *pen, const struct subscription *subject)
{
    if (text_is_blank(subject->name))
        buffer_append_text(pen->target, pen_words(pen, "(no name)"));
    else
        write_code(pen, subject->name, MARKDOWN_CELL);
}

static void
write_tenant(struct pen *pen, const char *id, enum markdown_place place)
{
    const struct run *run = pen->view->run;

    /* Those behind, which may be many, have no name. */
    for (size_t i = 0; i < run->tenant_count && !run->tenants[i].delegated;
         i++)
        if (text_equal_ignoring_case(run->tenants[i].id, id)
            && !text_is_blank(run->tenants[i].display_name)) {
            write_code(pen, run->tenants[i].display_name, place);
            return;
        }
    write_code(pen, id, place);
}

static void
write_row(struct pen *pen, const struct assessment *assessment)
{
    AUTOBUFFER cause = BUFFER_INIT(REPORT_CEILING);
    const struct subscription *subject = &assessment->subscription;

    if (phrase_cause(assessment, pen->view->language, &cause) < 0)
        pen->failed = true;
    buffer_append_text(pen->target, "| ");
    write_name(pen, subject);
    buffer_append_text(pen->target, " | ");
    write_code(pen, subject->id, MARKDOWN_CELL);
    buffer_append_text(pen->target, " | ");
    if (pen->view->run->tenant_count > 1) {
        write_tenant(pen, subject->tenant_id, MARKDOWN_CELL);
        buffer_append_text(pen->target, " | ");
    }
    write_span(pen, buffer_text(&cause), CAUSE_WIDTH, MARKDOWN_CELL,
               markdown_span_append);
    buffer_append_text(pen->target,
                       pen_words(pen, report_group_remark(assessment)));
    buffer_append_text(pen->target, " |\n");
}

static void
write_head(struct pen *pen)
{
    const bool tenants = pen->view->run->tenant_count > 1;

    buffer_printf(pen->target, "| %s | %s |", pen_words(pen, "Subscription"),
                  pen_words(pen, "Id"));
    if (tenants)
        buffer_printf(pen->target, " %s |", pen_words(pen, "Tenant"));
    buffer_printf(pen->target, " %s |\n", pen_words(pen, "Why"));
    buffer_append_text(pen->target,
                       tenants ? "|---|---|---|---|\n" : "|---|---|---|\n");
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
write_group(struct pen *pen, enum report_group group)
{
    const struct run *run = pen->view->run;
    const struct report_group_words *words = report_group_words(group);
    const size_t count = count_group(run, group), rows = pen->view->rows;
    size_t row = 0;

    if (count == 0 || (words->only_all && !pen->view->all))
        return;
    buffer_printf(pen->target, "\n### %s: %zu\n\n%s\n\n",
                  pen_words(pen, words->title), count,
                  pen_words(pen, words->explanation));
    write_head(pen);
    for (size_t i = report_group_next(run, group, 0);
         i < run->assessment_count && (rows == 0 || row < rows);
         i = report_group_next(run, group, i + 1), row++)
        write_row(pen, &run->assessments[i]);
    if (row == count)
        return;
    buffer_append_text(pen->target, "\n… ");
    buffer_printf(pen->target,
                  pen_plural(pen, "%zu more: --rows all",
                             "%zu more: --rows all", count - row),
                  count - row);
    buffer_append_byte(pen->target, '\n');
}

static void
write_frameworks(struct pen *pen)
{
    for (size_t i = 0; i < pen->view->framework_count; i++) {
        const struct framework *framework = pen->view->frameworks[i];
        buffer_printf(pen->target,
                      "\n### %s %s\n\n| %s | | |\n|---|---|---|\n",
                      pen_words(pen, framework->title), framework->version,
                      framework->id);
        for (size_t j = framework_control_next(framework, 0);
             j < framework_control_table_length;
             j = framework_control_next(framework, j + 1)) {
            const struct framework_control *control =
                &framework_control_table[j];
            buffer_printf(pen->target, "| %s | %s | ", control->number,
                          pen_words(pen, control->title));
            report_text_tally(pen, control);
            buffer_append_text(pen->target, " |\n");
        }
    }
}

static void
write_sentence(struct pen *pen, const char *foreign)
{
    write_span(pen, foreign, SENTENCE_WIDTH, MARKDOWN_LINE,
               markdown_span_append);
}

static void
write_note(struct pen *pen, const char *label, const char *note)
{
    buffer_printf(pen->target, "- **%s** ", pen_words(pen, label));
    write_sentence(pen, note);
    buffer_append_byte(pen->target, '\n');
}

static void
write_notes(struct pen *pen)
{
    AUTOBUFFER coverage = BUFFER_INIT(REPORT_CEILING);
    const struct run *run = pen->view->run;

    if (phrase_coverage(&run->coverage, pen->view->language, &coverage) < 0)
        pen->failed = true;
    buffer_append_byte(pen->target, '\n');
    for (size_t i = 0; i < run->tenant_count; i++) {
        if (run->tenants[i].error == NULL)
            continue;
        buffer_printf(pen->target, "- **%s** ", pen_words(pen, "Error:"));
        write_tenant(pen, run->tenants[i].id, MARKDOWN_LINE);
        buffer_append_text(pen->target,
                           pen_words(pen, " could not be read: "));
        write_sentence(pen, run->tenants[i].error);
        buffer_append_byte(pen->target, '\n');
    }
    for (size_t i = 0; i < run->error_count; i++)
        write_note(pen, "Error:", run->errors[i]);
    for (size_t i = 0; i < run->limitation_count; i++)
        write_note(pen, "Note:", run->limitations[i]);
    for (size_t i = 0; i < run->note_count; i++)
        write_note(pen, "Note:", run->notes[i]);
    if (coverage.length > 0)
        write_note(pen, "Coverage:", buffer_text(&coverage));
}

/* Which run this is. */
static void
write_foot(struct pen *pen)
{
    const struct run *run = pen->view->run;

    buffer_append_text(pen->target, "\npiket " PIKET_VERSION);
    if (run->cloud != NULL)
        buffer_printf(pen->target, " · %s", run->cloud);
    buffer_append_text(pen->target, " · ");
    buffer_printf(pen->target, pen_words(pen, "profile %s"),
                  run->profile->name);
    if (run->config != NULL) {
        buffer_append_text(pen->target, " · ");
        write_code(pen, run->config, MARKDOWN_LINE);
    }
    for (size_t i = 0; i < run->tenant_count && !run->tenants[i].delegated;
         i++) {
        buffer_append_text(pen->target, " · ");
        write_tenant(pen, run->tenants[i].id, MARKDOWN_LINE);
    }
    buffer_append_text(pen->target, " · ");
    buffer_printf(pen->target, pen_words(pen, "run %s"), run->id);
    buffer_append_byte(pen->target, '\n');
}

int
report_markdown_write(const struct report_view *view, struct buffer *target,
                      struct error *err)
{
    struct pen pen = {
        .view = view,
        .target = target,
        .summary = run_summarize(view->run),
    };

    column_init(&pen.column);
    buffer_printf(target, "## %s: %s\n\n",
                  pen_words(&pen, "Azure security contacts"),
                  phrase_verdict(view->run, &pen.summary, view->language));
    if (phrase_counts(view->run, &pen.summary, view->language, target) < 0)
        pen.failed = true;
    buffer_append_byte(target, '\n');
    for (enum report_group group = 0; group < REPORT_GROUP_COUNT; group++)
        write_group(&pen, group);
    write_frameworks(&pen);
    write_notes(&pen);
    write_foot(&pen);
    const bool failed = buffer_failed(target) || pen.failed;
    column_done(&pen.column);
    return failed ? error_set_memory(err) : 0;
}
