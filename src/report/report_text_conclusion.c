/* SPDX-License-Identifier: Apache-2.0 */
/* The end of a text report: notes, counts, verdict, what to do next. */
#include "report/report_text.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/cleanup.h"
#include "report/next_step.h"
#include "report/phrase_coverage.h"
#include "report/phrase_error.h"

/* Labels stand in a column of their own. */
static void
write_label(struct pen *pen, const char *label)
{
    static const char *const labels[] = { N_("Error:"), N_("Note:") };
    AUTOBUFFER padded = BUFFER_INIT(REPORT_CEILING);
    size_t width = 0;

    for (size_t i = 0; i < ARRAY_LENGTH(labels); i++) {
        const size_t taken =
            column_width(&pen->column, pen_words(pen, labels[i]));
        if (taken > width)
            width = taken;
    }
    if (column_append(&pen->column, pen_words(pen, label), width, width + 1,
                      &padded)
        < 0)
        pen->failed = true;
    pen_styled(pen, PEN_STRONG, buffer_text(&padded));
}

static void
write_note(struct pen *pen, const char *label, const char *note)
{
    write_label(pen, label);
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
        write_label(pen, N_("Error:"));
        pen_tenant(pen, &run->tenants[i]);
        buffer_append_text(pen->target,
                           pen_words(pen, " could not be read: "));
        pen_foreign(pen, run->tenants[i].error);
        buffer_append_byte(pen->target, '\n');
    }
    for (size_t i = 0; i < run->error_count; i++)
        write_note(pen, N_("Error:"), run->errors[i]);
    for (size_t i = 0; i < run->limitation_count; i++)
        write_note(pen, N_("Note:"), run->limitations[i]);
    for (size_t i = 0; i < run->note_count; i++)
        write_note(pen, N_("Note:"), run->notes[i]);
    if (has_reason(run, FINDING_REASON_PHONE_MISSING))
        write_note(pen, N_("Note:"),
                   pen_words(pen, "Microsoft no longer uses the phone number "
                                  "anywhere; only the profile demands it"));
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
        { SUBSCRIPTION_STATE_DISABLED, N_("disabled") },
        { SUBSCRIPTION_STATE_DELETED, N_("deleted") },
        { SUBSCRIPTION_STATE_OTHER, N_("Entra ID only") },
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
        buffer_printf(pen->target, "%s%s", separator,
                      pen_words(pen, kinds[kind].words));
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
        const char *one, *many;
    } counts[] = {
        { summary->compliant, NP_("compliant", "compliant") },
        { summary->muted, NP_("muted", "muted") },
        { summary->non_compliant, NP_("non-compliant", "non-compliant") },
        { summary->unknown, NP_("unknown", "unknown") },
        { summary->not_applicable, NP_("not applicable", "not applicable") },
    };
    const char *separator = ": ";

    if (summary->subscriptions == 0)
        buffer_append_text(pen->target,
                           pen->view->run->interrupted
                               ? pen_words(pen, "nothing was listed")
                               : pen_words(pen, "no subscription in scope"));
    else
        buffer_printf(pen->target,
                      pen_plural(pen, "%zu subscription", "%zu subscriptions",
                                 summary->subscriptions),
                      summary->subscriptions);
    for (size_t i = 0; i < ARRAY_LENGTH(counts); i++) {
        if (counts[i].count == 0)
            continue;
        buffer_printf(
            pen->target, "%s%zu %s", separator, counts[i].count,
            pen_plural(pen, counts[i].one, counts[i].many, counts[i].count));
        separator = ", ";
    }
    if (summary->not_applicable > 0)
        write_not_applicable_kinds(pen);
    if (summary->excluded > 0)
        buffer_printf(pen->target,
                      pen_plural(pen, "; %zu left out by the scope",
                                 "; %zu left out by the scope",
                                 summary->excluded),
                      summary->excluded);
    if (summary->other_tenants > 0)
        buffer_printf(pen->target,
                      pen_plural(pen, "; %zu of other tenants left out",
                                 "; %zu of other tenants left out",
                                 summary->other_tenants),
                      summary->other_tenants);
    buffer_append_byte(pen->target, '\n');
}

/* Whether these are all subscriptions that there are. */
static void
write_coverage(struct pen *pen)
{
    AUTOBUFFER sentence = BUFFER_INIT(REPORT_CEILING);

    if (phrase_coverage(&pen->view->run->coverage, pen->view->language,
                        &sentence)
        < 0)
        pen->failed = true;
    if (sentence.length == 0)
        return;
    pen_styled(pen, PEN_STRONG, pen_words(pen, "Coverage:"));
    buffer_append_byte(pen->target, ' ');
    pen_foreign(pen, buffer_text(&sentence));
    buffer_append_byte(pen->target, '\n');
}

/* In words, and how loud. */
static const char *
verdict(const struct pen *pen, enum pen_style *ret_style)
{
    static const struct {
        const char *words;
        enum pen_style style;
    } verdicts[] = {
        [RUN_COMPLIANT] = { N_("COMPLIANT"), PEN_GOOD },
        [RUN_NON_COMPLIANT] = { N_("NON-COMPLIANT"), PEN_ALARM },
        [RUN_UNKNOWN] = { N_("INCOMPLETE"), PEN_WARNING },
    };
    const bool interrupted = pen->view->run->interrupted;
    const enum run_status status = pen->summary.status;

    if (status == RUN_UNKNOWN && pen->summary.non_compliant > 0) {
        *ret_style = PEN_ALARM;
        return interrupted ? pen_words(pen, "INTERRUPTED AND NON-COMPLIANT")
                           : pen_words(pen, "INCOMPLETE AND NON-COMPLIANT");
    }
    *ret_style = verdicts[status].style;
    return interrupted ? pen_words(pen, "INTERRUPTED")
                       : pen_words(pen, verdicts[status].words);
}

static void
write_verdict(struct pen *pen)
{
    enum pen_style style = PEN_STRONG;
    const char *words = verdict(pen, &style);

    pen_styled(pen, style, words);
    buffer_append_byte(pen->target, ' ');
    buffer_printf(pen->target, pen_words(pen, "(exit status %d)    run %s"),
                  pen->view->exit_status, pen->view->run->id);
    buffer_append_byte(pen->target, '\n');
}

/* One line for each thing that can be done, however many rows of the table
 * and subscriptions call for it. */
static void
write_next_for_unknown(struct next_step *next)
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
            next_step_advice(next, phrase_error_table[j].advice, counts[j]);
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
next_explanation(struct next_step *next)
{
    const struct requirement *requirement = most_failing(next->pen);
    char command[64];

    if (requirement == NULL)
        return;
    (void) snprintf(command, sizeof(command), "piket explain %s",
                    requirement->id);
    next_step_command(next, command,
                      N_("what fails most often: why, and the fix"));
}

static void
write_next(struct pen *pen)
{
    const struct run_summary *summary = &pen->summary;
    struct next_step next = { .pen = pen };

    write_next_for_unknown(&next);
    if (summary->subscriptions == 0 && !pen->view->run->interrupted)
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
        next_step_command(&next, N_("add --format json"),
                          N_("to see what to do for each subscription"));
    if (pen->rows_cut)
        next_step_command(&next, N_("add --rows all"),
                          N_("to see every row of each group"));
    if (!pen->view->all
        && summary->compliant + summary->muted + summary->not_applicable > 0)
        next_step_command(
            &next, N_("add --all"),
            N_("to see the compliant and not applicable ones, too"));
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
