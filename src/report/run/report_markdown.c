/* SPDX-License-Identifier: Apache-2.0 */
/* A run for a pull request, an issue or a wiki: the verdict, the counts, and
 * tables by consequence, worst first; in GitHub Flavored Markdown, which
 * GitLab and Azure DevOps read, too. */
#include "base/cleanup.h"
#include "base/text.h"
#include "report/markup/markdown_span.h"
#include "report/markup/terminal_writer.h"
#include "report/wording/phrase.h"
#include "report/wording/phrase_coverage.h"
#include "report/wording/phrase_run.h"
#include "report/wording/report_group.h"
#include "report/run/report_text.h"
#include "report/view/report_writers.h"

/* In columns; what is longer is cut: a cell has no room for it. */
enum { NAME_WIDTH = 80, CAUSE_WIDTH = 240, SENTENCE_WIDTH = 1000 };

typedef int span_writer(struct buffer *target, const char *text,
                        enum markdown_place place);

/* Appends text of others, not wider than this. */
static void
write_span(struct terminal_writer *terminal_writer, const char *foreign,
           size_t width, enum markdown_place place, span_writer *write)
{
    AUTOBUFFER printable = BUFFER_INIT(REPORT_CEILING);
    AUTOBUFFER cut = BUFFER_INIT(REPORT_CEILING);

    if (text_append_printable(&printable, foreign) < 0
        || column_append(&terminal_writer->column, buffer_text(&printable),
                         width, 0, &cut)
               < 0
        || write(terminal_writer->target, buffer_text(&cut), place) < 0)
        terminal_writer->failed = true;
}

/* Appends a name or an id. */
static void
write_code(struct terminal_writer *terminal_writer, const char *foreign,
           enum markdown_place place)
{
    write_span(terminal_writer, foreign, NAME_WIDTH, place,
               markdown_span_code);
}

static void
write_name(struct terminal_writer *terminal_writer,
           const struct subscription *subject)
{
    if (text_is_blank(subject->name))
        buffer_append_text(
            terminal_writer->target,
            terminal_writer_words(terminal_writer, "(no name)"));
    else
        write_code(terminal_writer, subject->name, MARKDOWN_CELL);
}

static void
write_tenant(struct terminal_writer *terminal_writer, const char *id,
             enum markdown_place place)
{
    const struct run *run = terminal_writer->view->run;

    /* Those behind, which may be many, have no name. */
    for (size_t i = 0; i < run->tenant_count && !run->tenants[i].delegated;
         i++)
        if (text_equal_ignoring_case(run->tenants[i].id, id)
            && !text_is_blank(run->tenants[i].display_name)) {
            write_code(terminal_writer, run->tenants[i].display_name, place);
            return;
        }
    write_code(terminal_writer, id, place);
}

static void
write_row(struct terminal_writer *terminal_writer,
          const struct assessment *assessment)
{
    AUTOBUFFER cause = BUFFER_INIT(REPORT_CEILING);
    const struct subscription *subject = &assessment->subscription;

    if (phrase_cause(assessment, terminal_writer->view->language, &cause) < 0)
        terminal_writer->failed = true;
    buffer_append_text(terminal_writer->target, "| ");
    write_name(terminal_writer, subject);
    buffer_append_text(terminal_writer->target, " | ");
    write_code(terminal_writer, subject->id, MARKDOWN_CELL);
    buffer_append_text(terminal_writer->target, " | ");
    if (terminal_writer->view->run->tenant_count > 1) {
        write_tenant(terminal_writer, subject->tenant_id, MARKDOWN_CELL);
        buffer_append_text(terminal_writer->target, " | ");
    }
    write_span(terminal_writer, buffer_text(&cause), CAUSE_WIDTH,
               MARKDOWN_CELL, markdown_span_append);
    buffer_append_text(terminal_writer->target,
                       terminal_writer_words(terminal_writer,
                                             report_group_remark(assessment)));
    buffer_append_text(terminal_writer->target, " |\n");
}

static void
write_head(struct terminal_writer *terminal_writer)
{
    const bool tenants = terminal_writer->view->run->tenant_count > 1;

    buffer_printf(terminal_writer->target, "| %s | %s |",
                  terminal_writer_words(terminal_writer, "Subscription"),
                  terminal_writer_words(terminal_writer, "Id"));
    if (tenants)
        buffer_printf(terminal_writer->target, " %s |",
                      terminal_writer_words(terminal_writer, "Tenant"));
    buffer_printf(terminal_writer->target, " %s |\n",
                  terminal_writer_words(terminal_writer, "Why"));
    buffer_append_text(terminal_writer->target,
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
write_group(struct terminal_writer *terminal_writer, enum report_group group)
{
    const struct run *run = terminal_writer->view->run;
    const struct report_group_words *words = report_group_words(group);
    const size_t count = count_group(run, group),
                 rows = terminal_writer->view->rows;
    size_t row = 0;

    if (count == 0 || (words->only_all && !terminal_writer->view->all))
        return;
    buffer_printf(terminal_writer->target, "\n### %s: %zu\n\n%s\n\n",
                  terminal_writer_words(terminal_writer, words->title), count,
                  terminal_writer_words(terminal_writer, words->explanation));
    write_head(terminal_writer);
    for (size_t i = report_group_next(run, group, 0);
         i < run->assessment_count && (rows == 0 || row < rows);
         i = report_group_next(run, group, i + 1), row++)
        write_row(terminal_writer, &run->assessments[i]);
    if (row == count)
        return;
    buffer_append_text(terminal_writer->target, "\n… ");
    buffer_printf(terminal_writer->target,
                  terminal_writer_plural(terminal_writer,
                                         "%zu more: --rows all",
                                         "%zu more: --rows all", count - row),
                  count - row);
    buffer_append_byte(terminal_writer->target, '\n');
}

static void
write_frameworks(struct terminal_writer *terminal_writer)
{
    for (size_t i = 0; i < terminal_writer->view->framework_count; i++) {
        const struct framework *framework =
            terminal_writer->view->frameworks[i];
        buffer_printf(terminal_writer->target,
                      "\n### %s %s\n\n| %s | | |\n|---|---|---|\n",
                      terminal_writer_words(terminal_writer, framework->title),
                      framework->version, framework->id);
        for (size_t j = framework_control_next(framework, 0);
             j < framework_control_table_length;
             j = framework_control_next(framework, j + 1)) {
            const struct framework_control *control =
                &framework_control_table[j];
            buffer_printf(
                terminal_writer->target, "| %s | %s | ", control->number,
                terminal_writer_words(terminal_writer, control->title));
            report_text_tally(terminal_writer, control);
            buffer_append_text(terminal_writer->target, " |\n");
        }
    }
}

static void
write_sentence(struct terminal_writer *terminal_writer, const char *foreign)
{
    write_span(terminal_writer, foreign, SENTENCE_WIDTH, MARKDOWN_LINE,
               markdown_span_append);
}

static void
write_note(struct terminal_writer *terminal_writer, const char *label,
           const char *note)
{
    buffer_printf(terminal_writer->target, "- **%s** ",
                  terminal_writer_words(terminal_writer, label));
    write_sentence(terminal_writer, note);
    buffer_append_byte(terminal_writer->target, '\n');
}

static void
write_notes(struct terminal_writer *terminal_writer)
{
    AUTOBUFFER coverage = BUFFER_INIT(REPORT_CEILING);
    const struct run *run = terminal_writer->view->run;

    if (phrase_coverage(&run->coverage, terminal_writer->view->language,
                        &coverage)
        < 0)
        terminal_writer->failed = true;
    buffer_append_byte(terminal_writer->target, '\n');
    for (size_t i = 0; i < run->tenant_count; i++) {
        if (run->tenants[i].error == NULL)
            continue;
        buffer_printf(terminal_writer->target, "- **%s** ",
                      terminal_writer_words(terminal_writer, "Error:"));
        write_tenant(terminal_writer, run->tenants[i].id, MARKDOWN_LINE);
        buffer_append_text(
            terminal_writer->target,
            terminal_writer_words(terminal_writer, " could not be read: "));
        write_sentence(terminal_writer, run->tenants[i].error);
        buffer_append_byte(terminal_writer->target, '\n');
    }
    for (size_t i = 0; i < run->error_count; i++)
        write_note(terminal_writer, "Error:", run->errors[i]);
    for (size_t i = 0; i < run->limitation_count; i++)
        write_note(terminal_writer, "Note:", run->limitations[i]);
    for (size_t i = 0; i < run->note_count; i++)
        write_note(terminal_writer, "Note:", run->notes[i]);
    if (coverage.length > 0)
        write_note(terminal_writer, "Coverage:", buffer_text(&coverage));
}

/* Which run this is. */
static void
write_foot(struct terminal_writer *terminal_writer)
{
    const struct run *run = terminal_writer->view->run;

    buffer_append_text(terminal_writer->target, "\npiket " PIKET_VERSION);
    if (run->cloud != NULL)
        buffer_printf(terminal_writer->target, " · %s", run->cloud);
    buffer_append_text(terminal_writer->target, " · ");
    buffer_printf(terminal_writer->target,
                  terminal_writer_words(terminal_writer, "profile %s"),
                  run->profile->name);
    if (run->config != NULL) {
        buffer_append_text(terminal_writer->target, " · ");
        write_code(terminal_writer, run->config, MARKDOWN_LINE);
    }
    for (size_t i = 0; i < run->tenant_count && !run->tenants[i].delegated;
         i++) {
        buffer_append_text(terminal_writer->target, " · ");
        write_tenant(terminal_writer, run->tenants[i].id, MARKDOWN_LINE);
    }
    buffer_append_text(terminal_writer->target, " · ");
    buffer_printf(terminal_writer->target,
                  terminal_writer_words(terminal_writer, "run %s"), run->id);
    buffer_append_byte(terminal_writer->target, '\n');
}

int
report_markdown_write(const struct report_view *view, struct buffer *target,
                      struct error *err)
{
    struct terminal_writer terminal_writer = {
        .view = view,
        .target = target,
        .summary = run_summarize(view->run),
    };

    column_init(&terminal_writer.column);
    buffer_printf(
        target, "## %s: %s\n\n",
        terminal_writer_words(&terminal_writer, "Azure security contacts"),
        phrase_verdict(view->run, &terminal_writer.summary, view->language));
    if (phrase_counts(view->run, &terminal_writer.summary, view->language,
                      target)
        < 0)
        terminal_writer.failed = true;
    buffer_append_byte(target, '\n');
    for (enum report_group group = 0; group < REPORT_GROUP_COUNT; group++)
        write_group(&terminal_writer, group);
    write_frameworks(&terminal_writer);
    write_notes(&terminal_writer);
    write_foot(&terminal_writer);
    const bool failed = buffer_failed(target) || terminal_writer.failed;
    column_done(&terminal_writer.column);
    return failed ? error_set_memory(err) : 0;
}
