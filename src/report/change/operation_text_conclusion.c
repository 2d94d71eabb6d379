/* SPDX-License-Identifier: Apache-2.0 */
/* The end of an applied plan's text: notes, counts, verdict, what to do
 * next. */
#include "report/change/operation_text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/cleanup.h"
#include "base/text.h"
#include "report/markup/next_step.h"
#include "report/change/operation_group.h"
#include "report/wording/phrase_change.h"

enum { COMMAND_CEILING = 128 };

static size_t
count_of(const struct operation_page *page, enum operation_group group)
{
    return operation_group_count(page->view->report, group);
}

/* A sentence behind its label, wrapped. */
static void
write_note(struct operation_page *page, const char *label,
           const char *sentence)
{
    AUTOBUFFER first = BUFFER_INIT(REPORT_CEILING);
    AUTOBUFFER text = BUFFER_INIT(REPORT_CEILING);
    struct terminal_writer *terminal_writer = &page->terminal_writer;

    buffer_printf(&first, "%s ",
                  terminal_writer_words(terminal_writer, label));
    if (text_append_printable(&text, sentence) < 0 || buffer_failed(&first))
        terminal_writer->failed = true;
    const struct column_shape shape = { buffer_text(&first), "  ",
                                        OPERATION_WIDTH - 1 };
    column_wrap(&terminal_writer->column, buffer_text(&text), &shape,
                terminal_writer->target);
}

/* A phone that was to be cleared and is still there. */
static bool
phone_stays(const struct operation_page *page)
{
    const struct operation_report *report = page->view->report;

    for (size_t i = 0; i < report->plan->change_count; i++)
        for (size_t j = 0; j < report->results[i].residue_count; j++) {
            const struct change_residue *row = &report->results[i].residue[j];
            if (strcmp(row->member, "phone") == 0 && row->actual != NULL
                && (row->intended == NULL || strlen(row->intended) <= 2))
                return true;
        }
    return false;
}

static void
write_notes(struct operation_page *page)
{
    const struct operation_report *report = page->view->report;
    struct terminal_writer *terminal_writer = &page->terminal_writer;
    char sentence[COMMAND_CEILING * 2];

    if (report->stopped != NULL)
        write_note(page, N_("Stopped:"), report->stopped);
    if (report->settled > 0) {
        (void) snprintf(
            sentence, sizeof(sentence),
            terminal_writer_plural(
                terminal_writer,
                "%zu unfinished change of an earlier run was found "
                "out first",
                "%zu unfinished changes of an earlier run were found "
                "out first",
                report->settled),
            report->settled);
        write_note(page, N_("Note:"), sentence);
    }
    if (phone_stays(page))
        write_note(
            page, N_("Note:"),
            terminal_writer_words(terminal_writer,
                                  "Azure does not clear a phone number by a "
                                  "write; it is of no use to it any more"));
}

static void
append_counts(struct operation_page *page, struct buffer *target)
{
    const struct operation_report *report = page->view->report;
    struct terminal_writer *terminal_writer = &page->terminal_writer;
    const size_t changes = report->plan->change_count;
    const char *separator = ": ";

    buffer_printf(target,
                  terminal_writer_plural(terminal_writer, "%zu change",
                                         "%zu changes", changes),
                  changes);
    for (size_t i = OPERATION_GROUP_COUNT; i-- > 0;) {
        const enum operation_group group = (enum operation_group) i;
        const size_t count = count_of(page, group);
        if (count == 0 || group == OPERATION_GROUP_OBSTACLE)
            continue;
        const struct operation_group_words *words =
            operation_group_words(group, report->operation.kind);
        buffer_printf(target, "%s%zu %s", separator, count,
                      terminal_writer_plural(terminal_writer, words->one,
                                             words->many, count));
        separator = ", ";
    }
    if (count_of(page, OPERATION_GROUP_OBSTACLE) > 0)
        buffer_printf(target,
                      terminal_writer_plural(
                          terminal_writer, "; %zu not planned",
                          "; %zu not planned", report->plan->obstacle_count),
                      report->plan->obstacle_count);
}

static void
write_counts(struct operation_page *page)
{
    const struct column_shape shape = { "", "  ", OPERATION_WIDTH - 1 };
    AUTOBUFFER words = BUFFER_INIT(REPORT_CEILING);
    struct terminal_writer *terminal_writer = &page->terminal_writer;

    append_counts(page, &words);
    terminal_writer->failed = terminal_writer->failed || buffer_failed(&words);
    column_wrap(&terminal_writer->column, buffer_text(&words), &shape,
                terminal_writer->target);
}

static const char *
verdict(const struct operation_page *page,
        enum terminal_writer_style *ret_style)
{
    const struct operation_report *report = page->view->report;
    const bool reversal = report->operation.kind == PLAN_REVERSAL;

    *ret_style = page->view->exit_status == 0 ? TERMINAL_WRITER_GOOD
                                              : TERMINAL_WRITER_ALARM;
    if (report->interrupted)
        return N_("INTERRUPTED");
    if (page->view->exit_status == 0)
        return reversal ? N_("ALL RESTORED") : N_("ALL FIXED");
    return reversal ? N_("NOT ALL RESTORED") : N_("NOT ALL FIXED");
}

static void
write_verdict(struct operation_page *page)
{
    struct terminal_writer *terminal_writer = &page->terminal_writer;
    enum terminal_writer_style style;
    const char *words = verdict(page, &style);

    terminal_writer_styled(terminal_writer, style,
                           terminal_writer_words(terminal_writer, words));
    buffer_append_byte(terminal_writer->target, ' ');
    buffer_printf(terminal_writer->target,
                  terminal_writer_words(terminal_writer, "(exit status %d)"),
                  page->view->exit_status);
    buffer_append_byte(terminal_writer->target, '\n');
}

static void
next_advice(struct operation_page *page, struct next_step *next,
            const char *advice, size_t count)
{
    AUTOBUFFER words = BUFFER_INIT(REPORT_CEILING);
    struct terminal_writer *terminal_writer = &page->terminal_writer;

    buffer_printf(&words,
                  terminal_writer_plural(terminal_writer,
                                         "%s (%zu subscription)",
                                         "%s (%zu subscriptions)", count),
                  terminal_writer_words(terminal_writer, advice), count);
    terminal_writer->failed = terminal_writer->failed || buffer_failed(&words);
    next_step_sentence(next, buffer_text(&words));
}

static void
next_for_errors(struct operation_page *page, struct next_step *next)
{
    const struct operation_report *report = page->view->report;
    AUTOFREE size_t *counts =
        calloc(phrase_change_errors_length, sizeof(*counts));

    if (counts == NULL) {
        page->terminal_writer.failed = true;
        return;
    }
    for (size_t i = 0; i < report->plan->change_count; i++) {
        const struct contact_error *error = report->results[i].error;
        const struct phrase_error *row =
            error != NULL ? phrase_change_error_of(error) : NULL;
        for (size_t j = 0; row != NULL && row->advice != NULL; j++)
            if (phrase_change_errors[j].advice != NULL
                && strcmp(phrase_change_errors[j].advice, row->advice) == 0) {
                counts[j]++;
                break;
            }
    }
    for (size_t j = 0; j < phrase_change_errors_length; j++)
        if (counts[j] > 0)
            next_advice(page, next, phrase_change_errors[j].advice, counts[j]);
}

/* A command about this operation. */
static void
next_command(struct operation_page *page, struct next_step *next,
             const char *command, const char *result)
{
    char text[COMMAND_CEILING];

    (void) snprintf(text, sizeof(text), "%s %s", command,
                    page->view->report->operation.id);
    next_step_command(next, text, result);
}

static void
write_next(struct operation_page *page)
{
    const struct operation_report *report = page->view->report;
    const bool reversal = report->operation.kind == PLAN_REVERSAL;
    const size_t done = count_of(page, OPERATION_GROUP_DONE);
    const size_t sent = done + count_of(page, OPERATION_GROUP_DIFFERENT)
                        + count_of(page, OPERATION_GROUP_UNVERIFIED)
                        + count_of(page, OPERATION_GROUP_PENDING);
    struct next_step next = { .terminal_writer = &page->terminal_writer };

    next_for_errors(page, &next);
    if (count_of(page, OPERATION_GROUP_CONFLICT) > 0)
        next_step_sentence(&next,
                           N_("run this command again, which plans anew what "
                              "somebody else has changed"));
    if (count_of(page, OPERATION_GROUP_NOT_SENT) > 0)
        next_step_sentence(
            &next,
            page->view->backed_up
                ? N_("run this command again with another --backup: it goes "
                     "on with the rest")
                : N_("run this command again, which goes on with the rest"));
    if (count_of(page, OPERATION_GROUP_UNVERIFIED)
            + count_of(page, OPERATION_GROUP_PENDING)
        > 0)
        next_step_command(&next, "piket check",
                          N_("shows what is there by now"));
    if (done > 0 && !reversal)
        next_step_command(&next, "piket test-alert --subscription NAME",
                          N_("proves that the mail arrives"));
    if (sent > 0)
        next_command(page, &next, "piket revert",
                     N_("shows how to take it back"));
    if (page->rows_cut)
        next_step_command(&next, N_("add --rows all"),
                          N_("to see every row of each group"));
}

void
operation_text_conclusion(struct operation_page *page)
{
    write_notes(page);
    write_counts(page);
    write_verdict(page);
    write_next(page);
}
