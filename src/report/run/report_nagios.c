/* SPDX-License-Identifier: Apache-2.0 */
/* A run as the output of a monitoring plugin: a short line with performance
 * data behind a pipe, then more lines for who opens the service. */
#include "report/run/report_nagios.h"

#include <inttypes.h>
#include <string.h>

#include "base/cleanup.h"
#include "base/text.h"
#include "report/markup/terminal_writer.h"
#include "report/wording/phrase.h"
#include "report/wording/report_group.h"
#include "report/wording/report_problem.h"
#include "report/view/report_writers.h"

/* Nagios keeps 4,096 bytes of a plugin's output. */
enum { ROWS_CEILING = 16, NAME_WIDTH = 40, LINE_WIDTH = 100 };

enum { NAGIOS_OK, NAGIOS_WARNING, NAGIOS_CRITICAL, NAGIOS_UNKNOWN };

static const char *const words[] = {
    [NAGIOS_OK] = "OK",
    [NAGIOS_WARNING] = "WARNING",
    [NAGIOS_CRITICAL] = "CRITICAL",
    [NAGIOS_UNKNOWN] = "UNKNOWN",
};

int
report_nagios_exit_status(int check_status)
{
    switch (check_status) {
    case 0:
        return NAGIOS_OK;
    case 1:
        return NAGIOS_CRITICAL;
    default:
        return NAGIOS_UNKNOWN;
    }
}

/* Appends printable text of others in one line, cut to a width. A pipe begins
 * performance data, and not every web page of a monitoring system escapes
 * what it shows. */
static int
append_foreign(const struct column *column, const char *foreign, size_t width,
               struct buffer *target)
{
    AUTOBUFFER printable = BUFFER_INIT(REPORT_CEILING);
    AUTOBUFFER cut = BUFFER_INIT(REPORT_CEILING);

    if (text_append_printable(&printable, foreign) < 0
        || column_append(column, buffer_text(&printable), width, 0, &cut) < 0)
        return -1;
    for (const char *next = buffer_text(&cut); *next != '\0'; next++)
        switch (*next) {
        case '|':
            buffer_append_text(target, "\xc2\xa6");
            break;
        case '<':
            buffer_append_text(target, "\xe2\x80\xb9");
            break;
        case '>':
            buffer_append_text(target, "\xe2\x80\xba");
            break;
        default:
            buffer_append_byte(target, *next);
        }
    return buffer_append(target, "", 0);
}

static void
write_foreign(struct terminal_writer *terminal_writer, const char *foreign,
              size_t width)
{
    if (append_foreign(&terminal_writer->column, foreign, width,
                       terminal_writer->target)
        < 0)
        terminal_writer->failed = true;
}

static void
write_first_line(struct terminal_writer *terminal_writer)
{
    const struct run_summary *summary = &terminal_writer->summary;
    const struct {
        size_t count;
        const char *words;
    } counts[] = {
        { summary->non_compliant, "non-compliant" },
        { summary->reach_nobody, "with nobody mailed" },
        { summary->unknown, "unknown" },
    };

    buffer_printf(
        terminal_writer->target, "PIKET %s - %zu subscription%s",
        words[report_nagios_exit_status(terminal_writer->view->check_status)],
        summary->subscriptions, summary->subscriptions == 1 ? "" : "s");
    for (size_t i = 0; i < ARRAY_LENGTH(counts); i++)
        if (counts[i].count > 0)
            buffer_printf(terminal_writer->target, ", %zu %s", counts[i].count,
                          counts[i].words);
    if (summary->subscriptions > 0
        && summary->compliant == summary->subscriptions)
        buffer_append_text(terminal_writer->target, ", all compliant");
    if (summary->status == RUN_UNKNOWN)
        buffer_append_text(terminal_writer->target, ", incomplete");
}

static void
write_performance(struct terminal_writer *terminal_writer)
{
    const struct run *run = terminal_writer->view->run;
    const struct run_summary *summary = &terminal_writer->summary;
    const struct {
        const char *label;
        size_t count;
    } values[] = {
        { "compliant", summary->compliant },
        { "muted", summary->muted },
        { "non_compliant", summary->non_compliant },
        { "unknown", summary->unknown },
        { "not_applicable", summary->not_applicable },
        { "reach_contact", summary->reach_contact },
        { "reach_owners", summary->reach_owners },
        { "reach_nobody", summary->reach_nobody },
        { "reach_unknown", summary->reach_unknown },
    };
    const int64_t took = run->finished_at - run->started_at;

    buffer_printf(terminal_writer->target, " | subscriptions=%zu;;;0",
                  summary->subscriptions);
    for (size_t i = 0; i < ARRAY_LENGTH(values); i++)
        buffer_printf(terminal_writer->target, " %s=%zu;;;0;%zu",
                      values[i].label, values[i].count,
                      summary->subscriptions);
    buffer_printf(terminal_writer->target,
                  " time=%" PRId64 ".%03" PRId64 "s;;;0\n",
                  took > 0 ? took / 1000 : 0, took > 0 ? took % 1000 : 0);
}

static int
write_problem(const char *sentence, void *data)
{
    struct terminal_writer *terminal_writer = data;

    buffer_append_text(terminal_writer->target, "incomplete: ");
    write_foreign(terminal_writer, sentence, LINE_WIDTH);
    return buffer_append_byte(terminal_writer->target, '\n');
}

static void
write_row(struct terminal_writer *terminal_writer,
          const struct assessment *assessment)
{
    AUTOBUFFER cause = BUFFER_INIT(REPORT_CEILING);

    if (phrase_cause(assessment, NULL, &cause) < 0)
        terminal_writer->failed = true;
    write_foreign(terminal_writer,
                  text_is_blank(assessment->subscription.name)
                      ? "(no name)"
                      : assessment->subscription.name,
                  NAME_WIDTH);
    buffer_printf(terminal_writer->target,
                  " (%s): ", assessment->subscription.id);
    write_foreign(terminal_writer, buffer_text(&cause), LINE_WIDTH);
    buffer_append_byte(terminal_writer->target, '\n');
}

/* As many as fit, worst first. */
static void
write_rows(struct terminal_writer *terminal_writer)
{
    const struct run *run = terminal_writer->view->run;
    const size_t wanted = terminal_writer->view->rows;
    const size_t ceiling =
        wanted > 0 && wanted < ROWS_CEILING ? wanted : ROWS_CEILING;
    size_t row = 0;

    for (enum report_group group = 0; group < REPORT_GROUP_COUNT; group++) {
        if (report_group_words(group)->only_all)
            continue;
        for (size_t i = report_group_next(run, group, 0);
             i < run->assessment_count;
             i = report_group_next(run, group, i + 1), row++)
            if (row < ceiling)
                write_row(terminal_writer, &run->assessments[i]);
    }
    if (row > ceiling)
        buffer_printf(terminal_writer->target, "... and %zu more\n",
                      row - ceiling);
}

int
report_nagios_write(const struct report_view *view, struct buffer *target,
                    struct error *err)
{
    struct terminal_writer terminal_writer = {
        .view = view,
        .target = target,
        .summary = run_summarize(view->run),
    };

    column_init(&terminal_writer.column);
    write_first_line(&terminal_writer);
    write_performance(&terminal_writer);
    if (report_problem_each(view->run, write_problem, &terminal_writer) < 0)
        terminal_writer.failed = true;
    write_rows(&terminal_writer);
    const bool failed = buffer_failed(target) || terminal_writer.failed;
    column_done(&terminal_writer.column);
    return failed ? error_set_memory(err) : 0;
}

int
report_nagios_failure(const struct error *failure, struct buffer *target)
{
    AUTOCOLUMN column;

    column_init(&column);
    buffer_append_text(target, "PIKET UNKNOWN - could not run: ");
    if (append_foreign(&column, error_message(failure), LINE_WIDTH, target)
        < 0)
        return -1;
    return buffer_append_byte(target, '\n');
}
