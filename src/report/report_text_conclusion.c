/* SPDX-License-Identifier: Apache-2.0 */
/* The end of a text report: notes, counts, verdict, what to do next. */
#include "report/report_text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/cleanup.h"
#include "report/phrase_coverage.h"
#include "report/phrase_error.h"

static void
write_note(struct pen *pen, const char *label, const char *note)
{
    pen_styled(pen, PEN_STRONG, label);
    pen_foreign(pen, note);
    buffer_append_byte(pen->target, '\n');
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
write_notes(struct pen *pen)
{
    const struct run *run = pen->view->run;
    const size_t begin = buffer_written(pen->target);

    for (size_t i = 0; i < run->tenant_count; i++) {
        if (run->tenants[i].error == NULL)
            continue;
        pen_styled(pen, PEN_STRONG, "Error: ");
        pen_tenant(pen, &run->tenants[i]);
        buffer_append_text(pen->target, " could not be read: ");
        pen_foreign(pen, run->tenants[i].error);
        buffer_append_byte(pen->target, '\n');
    }
    for (size_t i = 0; i < run->error_count; i++)
        write_note(pen, "Error: ", run->errors[i]);
    for (size_t i = 0; i < run->limitation_count; i++)
        write_note(pen, "Note:  ", run->limitations[i]);
    for (size_t i = 0; i < run->note_count; i++)
        write_note(pen, "Note:  ", run->notes[i]);
    if (has_reason(run, FINDING_REASON_PHONE_MISSING))
        write_note(pen, "Note:  ",
                   "Microsoft no longer uses the phone number anywhere; only "
                   "the profile demands it");
    if (buffer_written(pen->target) > begin)
        buffer_append_byte(pen->target, '\n');
}

/* "disabled, Entra ID only": why some are not applicable. */
static void
write_not_applicable_kinds(struct pen *pen)
{
    static const struct {
        enum subscription_state state; /* OTHER: none of those above it */
        const char *words;
    } kinds[] = {
        { SUBSCRIPTION_STATE_DISABLED, "disabled" },
        { SUBSCRIPTION_STATE_DELETED, "deleted" },
        { SUBSCRIPTION_STATE_OTHER, "Entra ID only" },
    };
    const struct run *run = pen->view->run;
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
        buffer_printf(pen->target, "%s%s", separator, kinds[kind].words);
        separator = ", ";
    }
    buffer_append_byte(pen->target, ')');
}

static void
write_counts(struct pen *pen)
{
    const struct run_summary *summary = &pen->summary;
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
        buffer_append_text(pen->target, pen->view->run->interrupted
                                            ? "nothing was listed"
                                            : "no subscription in scope");
    else
        buffer_printf(pen->target, "%zu subscription%s",
                      summary->subscriptions,
                      summary->subscriptions == 1 ? "" : "s");
    for (size_t i = 0; i < ARRAY_LENGTH(counts); i++) {
        if (counts[i].count == 0)
            continue;
        buffer_printf(pen->target, "%s%zu %s", separator, counts[i].count,
                      counts[i].words);
        separator = ", ";
    }
    if (summary->not_applicable > 0)
        write_not_applicable_kinds(pen);
    if (summary->excluded > 0)
        buffer_printf(pen->target, "; %zu left out by the scope",
                      summary->excluded);
    if (summary->other_tenants > 0)
        buffer_printf(pen->target, "; %zu of other tenants left out",
                      summary->other_tenants);
    buffer_append_byte(pen->target, '\n');
}

/* Whether these are all subscriptions that there are. */
static void
write_coverage(struct pen *pen)
{
    AUTOBUFFER sentence = BUFFER_INIT(REPORT_CEILING);

    if (phrase_coverage(&pen->view->run->coverage, &sentence) < 0)
        pen->failed = true;
    if (sentence.length > 0)
        write_note(pen, "Coverage: ", buffer_text(&sentence));
}

static void
write_verdict(struct pen *pen)
{
    static const struct {
        const char *words;
        enum pen_style style;
    } verdicts[] = {
        [RUN_COMPLIANT] = { "COMPLIANT", PEN_GOOD },
        [RUN_NON_COMPLIANT] = { "NON-COMPLIANT", PEN_ALARM },
        [RUN_UNKNOWN] = { "INCOMPLETE", PEN_WARNING },
    };
    const struct run *run = pen->view->run;
    const enum run_status status = pen->summary.status;
    const bool both = status == RUN_UNKNOWN && pen->summary.non_compliant > 0;

    pen_styled(pen, both ? PEN_ALARM : verdicts[status].style,
               run->interrupted ? "INTERRUPTED" : verdicts[status].words);
    if (both)
        pen_styled(pen, PEN_ALARM, " AND NON-COMPLIANT");
    buffer_printf(pen->target, " (exit status %d)    run %s\n",
                  pen->view->exit_status, run->id);
}

/* Lines of what to do next, the first of which has a heading. */
struct next {
    struct pen *pen;
    bool begun;
};

static struct buffer *
next_line(struct next *next)
{
    struct buffer *target = next->pen->target;

    if (!next->begun)
        buffer_append_byte(target, '\n');
    buffer_append_text(target, next->begun ? "       " : "Next:  ");
    next->begun = true;
    return target;
}

static void
next_command(struct next *next, const char *command, const char *result)
{
    buffer_printf(next_line(next), "%-35s   %s\n", command, result);
}

/* One line for each thing that can be done, however many rows of the table
 * and subscriptions call for it. */
static void
write_next_for_unknown(struct next *next)
{
    const struct run *run = next->pen->view->run;
    size_t *counts = calloc(phrase_error_table_length, sizeof(*counts));

    if (counts == NULL) {
        next->pen->failed = true;
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

/* The requirement that fails most often, the first of those that fail as
 * often; NULL where none fails. */
static const struct requirement *
most_failing(struct pen *pen)
{
    const struct run *run = pen->view->run;
    AUTOFREE size_t *counts =
        calloc(requirement_table_length, sizeof(*counts));
    size_t most = 0;

    if (counts == NULL) {
        pen->failed = true;
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
next_explanation(struct next *next)
{
    const struct requirement *requirement = most_failing(next->pen);
    char command[64];

    if (requirement == NULL)
        return;
    (void) snprintf(command, sizeof(command), "piket explain %s",
                    requirement->id);
    next_command(next, command, "what fails most often: why, and the fix");
}

static void
write_next(struct pen *pen)
{
    const struct run_summary *summary = &pen->summary;
    struct next next = { .pen = pen };

    write_next_for_unknown(&next);
    if (summary->subscriptions == 0 && !pen->view->run->interrupted) {
        buffer_append_text(next_line(&next),
                           "Azure shows this identity no subscription: give "
                           "it Security Reader on\n");
        buffer_append_text(next_line(&next),
                           "the root management group, or check --tenant and "
                           "--cloud\n");
    }
    next_explanation(&next);
    if (summary->non_compliant > 0)
        next_command(&next, "add --format json",
                     "to see what to do for each subscription");
    if (pen->rows_cut)
        next_command(&next, "add --rows all",
                     "to see every row of each group");
    if (!pen->view->all
        && summary->compliant + summary->muted + summary->not_applicable > 0)
        next_command(&next, "add --all",
                     "to see the compliant and not applicable ones, too");
}

void
report_text_conclusion(struct pen *pen)
{
    write_notes(pen);
    write_counts(pen);
    write_coverage(pen);
    report_text_frameworks(pen);
    write_verdict(pen);
    write_next(pen);
}
