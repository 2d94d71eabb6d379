/* SPDX-License-Identifier: Apache-2.0 */
/* The end of a text report: notes, counts, verdict, what to do next. */
#include "report/run/report_text.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/cleanup.h"
#include "control/requirement/requirement_table.h"
#include "report/markup/next_step.h"
#include "report/wording/phrase_coverage.h"
#include "report/wording/phrase_error.h"
#include "report/wording/phrase_run.h"

enum {
    COMMAND_WIDTH = 35,
    SENTENCE_WIDTH = 79,
};

/* Labels stand in a column of their own. */
static void
write_label(struct terminal_writer *terminal_writer, const char *label)
{
    static const char *const labels[] = { N_("Error:"), N_("Note:") };
    AUTOBUFFER padded = BUFFER_INIT(REPORT_CEILING);
    size_t width = 0;

    for (size_t i = 0; i < ARRAY_LENGTH(labels); i++) {
        const size_t taken =
            column_width(&terminal_writer->column,
                         terminal_writer_words(terminal_writer, labels[i]));
        if (taken > width)
            width = taken;
    }
    if (column_append(&terminal_writer->column,
                      terminal_writer_words(terminal_writer, label), width,
                      width + 1, &padded)
        < 0)
        terminal_writer->failed = true;
    terminal_writer_styled(terminal_writer, TERMINAL_WRITER_STRONG,
                           buffer_text(&padded));
}

static void
write_note(struct terminal_writer *terminal_writer, const char *label,
           const char *note)
{
    write_label(terminal_writer, label);
    terminal_writer_foreign(terminal_writer, note);
    buffer_append_byte(terminal_writer->target, '\n');
}

static bool
has_reason(const struct run *run, enum finding_reason reason)
{
    for (size_t i = 0; i < run->assessment_count; i++)
        for (size_t j = 0; j < run->assessments[i].finding_count; j++)
            if (run->assessments[i].findings[j].reason == reason)
                return true;
    return false;
}

static void
write_notes(struct terminal_writer *terminal_writer)
{
    const struct run *run = terminal_writer->view->run;
    const size_t begin = buffer_written(terminal_writer->target);

    for (size_t i = 0; i < run->tenant_count; i++) {
        if (run->tenants[i].error == NULL)
            continue;
        write_label(terminal_writer, N_("Error:"));
        terminal_writer_tenant(terminal_writer, &run->tenants[i]);
        buffer_append_text(
            terminal_writer->target,
            terminal_writer_words(terminal_writer, " could not be read: "));
        terminal_writer_foreign(terminal_writer, run->tenants[i].error);
        buffer_append_byte(terminal_writer->target, '\n');
    }
    for (size_t i = 0; i < run->error_count; i++)
        write_note(terminal_writer, N_("Error:"), run->errors[i]);
    for (size_t i = 0; i < run->limitation_count; i++)
        write_note(terminal_writer, N_("Note:"), run->limitations[i]);
    for (size_t i = 0; i < run->note_count; i++)
        write_note(terminal_writer, N_("Note:"), run->notes[i]);
    if (has_reason(run, FINDING_REASON_PHONE_MISSING))
        write_note(
            terminal_writer, N_("Note:"),
            terminal_writer_words(terminal_writer,
                                  "Microsoft no longer uses the phone number "
                                  "anywhere; only the profile demands it"));
    if (buffer_written(terminal_writer->target) > begin)
        buffer_append_byte(terminal_writer->target, '\n');
}

static void
write_counts(struct terminal_writer *terminal_writer)
{
    if (phrase_counts(terminal_writer->view->run, &terminal_writer->summary,
                      terminal_writer->view->language, terminal_writer->target)
        < 0)
        terminal_writer->failed = true;
    buffer_append_byte(terminal_writer->target, '\n');
}

/* Whether these are all subscriptions that there are. */
static void
write_coverage(struct terminal_writer *terminal_writer)
{
    AUTOBUFFER sentence = BUFFER_INIT(REPORT_CEILING);

    if (phrase_coverage(&terminal_writer->view->run->coverage,
                        terminal_writer->view->language, &sentence)
        < 0)
        terminal_writer->failed = true;
    if (sentence.length == 0)
        return;
    terminal_writer_styled(
        terminal_writer, TERMINAL_WRITER_STRONG,
        terminal_writer_words(terminal_writer, "Coverage:"));
    buffer_append_byte(terminal_writer->target, ' ');
    terminal_writer_foreign(terminal_writer, buffer_text(&sentence));
    buffer_append_byte(terminal_writer->target, '\n');
}

/* How loud the verdict is. */
static enum terminal_writer_style
verdict_style(const struct run_summary *summary)
{
    if (summary->non_compliant > 0)
        return TERMINAL_WRITER_ALARM;
    return summary->status == RUN_COMPLIANT ? TERMINAL_WRITER_GOOD
                                            : TERMINAL_WRITER_WARNING;
}

static void
write_verdict(struct terminal_writer *terminal_writer)
{
    terminal_writer_styled(
        terminal_writer, verdict_style(&terminal_writer->summary),
        phrase_verdict(terminal_writer->view->run, &terminal_writer->summary,
                       terminal_writer->view->language));
    buffer_append_byte(terminal_writer->target, ' ');
    buffer_printf(
        terminal_writer->target,
        terminal_writer_words(terminal_writer, "(exit status %d)    run %s"),
        terminal_writer->view->exit_status, terminal_writer->view->run->id);
    buffer_append_byte(terminal_writer->target, '\n');
}

/* One line for each thing that can be done, however many rows of the table
 * and subscriptions call for it. */
static void
write_next_for_unknown(struct next_step *next)
{
    const struct run *run = next->terminal_writer->view->run;
    size_t *counts = calloc(phrase_error_table_length, sizeof(*counts));

    if (counts == NULL) {
        next->terminal_writer->failed = true;
        return;
    }
    for (size_t i = 0; i < run->assessment_count; i++) {
        const struct assessment *assessment = &run->assessments[i];
        if (assessment->status != ASSESSMENT_UNKNOWN
            || assessment->reading.kind != CONTACT_READING_FAILED)
            continue;
        const struct phrase_error *row =
            phrase_error_of(assessment->reading.error);
        for (size_t j = 0; row != NULL && row->advice != NULL; j++)
            if (phrase_error_table[j].advice != NULL
                && strcmp(phrase_error_table[j].advice, row->advice) == 0) {
                counts[j]++;
                break;
            }
    }
    for (size_t j = 0; j < phrase_error_table_length; j++)
        if (counts[j] > 0)
            next_step_advice(next, phrase_error_table[j].advice, counts[j]);
    free(counts);
}

/* The requirement that fails most often, the first of those that fail as
 * often; NULL where none fails. */
static const struct requirement *
most_failing(struct terminal_writer *terminal_writer)
{
    const struct run *run = terminal_writer->view->run;
    AUTOFREE size_t *counts =
        calloc(requirement_table_length, sizeof(*counts));
    size_t most = 0;

    if (counts == NULL) {
        terminal_writer->failed = true;
        return NULL;
    }
    for (size_t i = 0; i < run->assessment_count; i++)
        for (size_t j = 0; j < run->assessments[i].finding_count; j++) {
            const struct finding *finding = &run->assessments[i].findings[j];
            if (finding->status == FINDING_FAIL)
                counts[finding->requirement - requirement_table]++;
        }
    for (size_t i = 1; i < requirement_table_length; i++)
        if (counts[i] > counts[most])
            most = i;
    return counts[most] > 0 ? &requirement_table[most] : NULL;
}

static void
next_explanation(struct next_step *next)
{
    const struct requirement *requirement =
        most_failing(next->terminal_writer);
    char command[64];

    if (requirement == NULL)
        return;
    (void) snprintf(command, sizeof(command), "piket explain %s",
                    requirement->id);
    next_step_command(next, command,
                      N_("what fails most often: why, and the fix"));
}

static void
write_next(struct terminal_writer *terminal_writer)
{
    const struct run_summary *summary = &terminal_writer->summary;
    struct next_step next = { .terminal_writer = terminal_writer };

    write_next_for_unknown(&next);
    if (summary->subscriptions == 0
        && !terminal_writer->view->run->interrupted)
        next_step_sentence(
            &next,
            summary->excluded + summary->other_tenants > 0
                ? N_("every subscription that Azure shows is left out: change "
                     "--exclude, --tenant, or the scope in piket.yaml")
                : N_("Azure shows this identity no subscription: give it "
                     "Security Reader on the root management group, or "
                     "check --tenant and --cloud"));
    next_explanation(&next);
    if (summary->non_compliant > 0)
        next_step_command(&next, "piket remediate --email ADDRESS",
                          N_("shows the changes, writes nothing"));
    if (summary->non_compliant > 0)
        next_step_command(&next, N_("add --format json"),
                          N_("to see what to do for each subscription"));
    if (terminal_writer->rows_cut)
        next_step_command(&next, N_("add --rows all"),
                          N_("to see every row of each group"));
    if (!terminal_writer->view->all
        && summary->compliant + summary->muted + summary->not_applicable > 0)
        next_step_command(
            &next, N_("add --all"),
            N_("to see the compliant and not applicable ones, too"));
}

void
report_text_conclusion(struct terminal_writer *terminal_writer)
{
    write_notes(terminal_writer);
    write_counts(terminal_writer);
    write_coverage(terminal_writer);
    report_text_frameworks(terminal_writer);
    write_verdict(terminal_writer);
    write_next(terminal_writer);
}
