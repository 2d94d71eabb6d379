/* SPDX-License-Identifier: Apache-2.0 */
/* The end of a text report: notes, counts, verdict, what to do next. */
#include "report/report_text.h"

#include <stdlib.h>
#include <string.h>

#include "base/cleanup.h"
#include "report/phrase_error.h"

static void
write_note(struct report_text *text, const char *label, const char *note)
{
    report_text_styled(text, REPORT_TEXT_STRONG, label);
    report_text_foreign(text, note);
    buffer_append_byte(text->target, '\n');
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
write_notes(struct report_text *text)
{
    const struct run *run = text->view->run;
    const size_t begin = buffer_written(text->target);

    for (size_t i = 0; i < run->tenant_count; i++) {
        if (run->tenants[i].error == NULL)
            continue;
        report_text_styled(text, REPORT_TEXT_STRONG, "Error: ");
        report_text_tenant(text, &run->tenants[i]);
        buffer_append_text(text->target, " could not be read: ");
        report_text_foreign(text, run->tenants[i].error);
        buffer_append_byte(text->target, '\n');
    }
    for (size_t i = 0; i < run->error_count; i++)
        write_note(text, "Error: ", run->errors[i]);
    for (size_t i = 0; i < run->limitation_count; i++)
        write_note(text, "Note:  ", run->limitations[i]);
    if (has_reason(run, FINDING_REASON_PHONE_MISSING))
        write_note(text, "Note:  ",
                   "Microsoft no longer uses the phone number anywhere; only "
                   "the profile demands it");
    if (buffer_written(text->target) > begin)
        buffer_append_byte(text->target, '\n');
}

/* "disabled, Entra ID only": why some are not applicable. */
static void
write_not_applicable_kinds(struct report_text *text)
{
    static const struct {
        enum subscription_state state; /* OTHER: none of those above it */
        const char *words;
    } kinds[] = {
        { SUBSCRIPTION_STATE_DISABLED, "disabled" },
        { SUBSCRIPTION_STATE_DELETED, "deleted" },
        { SUBSCRIPTION_STATE_OTHER, "Entra ID only" },
    };
    const struct run *run = text->view->run;
    bool seen[ARRAY_LENGTH(kinds)] = { false };
    const char *separator = " (";

    for (size_t i = 0; i < run->assessment_count; i++) {
        size_t kind = 0;
        if (run->assessments[i].status != ASSESSMENT_NOT_APPLICABLE)
            continue;
        while (kind < ARRAY_LENGTH(kinds) - 1
               && subscription_state(&run->assessments[i].subscription)
                      != kinds[kind].state)
            kind++;
        seen[kind] = true;
    }
    for (size_t kind = 0; kind < ARRAY_LENGTH(kinds); kind++) {
        if (!seen[kind])
            continue;
        buffer_printf(text->target, "%s%s", separator, kinds[kind].words);
        separator = ", ";
    }
    buffer_append_byte(text->target, ')');
}

static void
write_counts(struct report_text *text)
{
    const struct run_summary *summary = &text->summary;
    const struct {
        size_t count;
        const char *words;
    } counts[] = {
        { summary->compliant, "compliant" },
        { summary->muted, "muted" },
        { summary->non_compliant, "non-compliant" },
        { summary->unknown, "unknown" },
        { summary->not_applicable, "not applicable" },
    };
    const char *separator = ": ";

    if (summary->subscriptions == 0)
        buffer_append_text(text->target, "no subscription in scope");
    else
        buffer_printf(text->target, "%zu subscription%s",
                      summary->subscriptions,
                      summary->subscriptions == 1 ? "" : "s");
    for (size_t i = 0; i < ARRAY_LENGTH(counts); i++) {
        if (counts[i].count == 0)
            continue;
        buffer_printf(text->target, "%s%zu %s", separator, counts[i].count,
                      counts[i].words);
        separator = ", ";
    }
    if (summary->not_applicable > 0)
        write_not_applicable_kinds(text);
    if (summary->excluded > 0)
        buffer_printf(text->target, "; %zu left out by the scope",
                      summary->excluded);
    buffer_append_byte(text->target, '\n');
}

static void
write_verdict(struct report_text *text)
{
    static const struct {
        const char *words;
        enum report_text_style style;
    } verdicts[] = {
        [RUN_COMPLIANT] = { "COMPLIANT", REPORT_TEXT_GOOD },
        [RUN_NON_COMPLIANT] = { "NON-COMPLIANT", REPORT_TEXT_ALARM },
        [RUN_UNKNOWN] = { "INCOMPLETE", REPORT_TEXT_WARNING },
    };
    const struct run *run = text->view->run;
    const enum run_status status = text->summary.status;
    const bool both = status == RUN_UNKNOWN && text->summary.non_compliant > 0;

    report_text_styled(text, both ? REPORT_TEXT_ALARM : verdicts[status].style,
                       run->interrupted ? "INTERRUPTED"
                                        : verdicts[status].words);
    if (both)
        report_text_styled(text, REPORT_TEXT_ALARM, " AND NON-COMPLIANT");
    buffer_printf(text->target, " (exit status %d)    run %s\n",
                  text->view->exit_status, run->id);
}

/* Lines of what to do next, the first of which has a heading. */
struct next {
    struct report_text *text;
    bool begun;
};

static struct buffer *
next_line(struct next *next)
{
    struct buffer *target = next->text->target;

    if (!next->begun)
        buffer_append_byte(target, '\n');
    buffer_append_text(target, next->begun ? "       " : "Next:  ");
    next->begun = true;
    return target;
}

static void
next_command(struct next *next, const char *command, const char *result)
{
    buffer_printf(next_line(next), "%-27s   %s\n", command, result);
}

/* One line for each thing that can be done, however many rows of the table
 * and subscriptions call for it. */
static void
write_next_for_unknown(struct next *next)
{
    const struct run *run = next->text->view->run;
    size_t *counts = calloc(phrase_error_table_length, sizeof(*counts));

    if (counts == NULL) {
        next->text->failed = true;
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
            buffer_printf(next_line(next), "%s (%zu subscription%s)\n",
                          phrase_error_table[j].advice, counts[j],
                          counts[j] == 1 ? "" : "s");
    free(counts);
}

static void
write_next(struct report_text *text)
{
    const struct run_summary *summary = &text->summary;
    struct next next = { .text = text };

    write_next_for_unknown(&next);
    if (summary->non_compliant > 0)
        next_command(&next, "piket check --format json",
                     "says what to do for each finding");
    if (text->rows_cut)
        next_command(&next, "piket check --rows all",
                     "shows every row of each group");
    if (!text->view->all
        && summary->compliant + summary->muted + summary->not_applicable > 0)
        next_command(&next, "piket check --all",
                     "shows the compliant, muted and not applicable too");
}

void
report_text_conclusion(struct report_text *text)
{
    write_notes(text);
    write_counts(text);
    write_verdict(text);
    write_next(text);
}
