/* SPDX-License-Identifier: Apache-2.0 */
/* Runs, operations and one subscription's way through both, for people. */
#include "report/history/history_page.h"
#include "report/wording/phrase_error.h"

/* The commands that make them. */
static const char *const kinds[] = {
    [PLAN_REMEDIATION] = "remediate",
    [PLAN_REVERSAL] = "revert",
};

static void
write_run(struct history_page *page, const struct history_run *run)
{
    const struct run_summary *summary = &run->summary;
    struct terminal_writer *terminal_writer = &page->terminal_writer;
    const bool whole = run->complete && !run->interrupted;

    buffer_printf(terminal_writer->target, "  %-26s  %-9s  ", run->id,
                  "check");
    buffer_printf(terminal_writer->target,
                  terminal_writer_plural(terminal_writer, "%zu subscription",
                                         "%zu subscriptions",
                                         summary->subscriptions),
                  summary->subscriptions);
    buffer_append_text(terminal_writer->target, ": ");
    buffer_printf(
        terminal_writer->target,
        terminal_writer_words(terminal_writer,
                              "%zu compliant, %zu non-compliant, %zu unknown"),
        summary->compliant, summary->non_compliant, summary->unknown);
    if (summary->muted > 0)
        buffer_printf(terminal_writer->target,
                      terminal_writer_words(terminal_writer, ", %zu muted"),
                      summary->muted);
    if (!whole)
        terminal_writer_styled(
            terminal_writer, TERMINAL_WRITER_WARNING,
            terminal_writer_words(terminal_writer, run->interrupted
                                                       ? N_(" (interrupted)")
                                                       : N_(" (incomplete)")));
    buffer_append_byte(terminal_writer->target, '\n');
}

static void
write_operation(struct history_page *page,
                const struct history_operation *operation)
{
    struct terminal_writer *terminal_writer = &page->terminal_writer;

    buffer_printf(terminal_writer->target, "  %-26s  ",
                  operation->operation.id);
    buffer_printf(terminal_writer->target, "%-9s",
                  kinds[operation->operation.kind]);
    buffer_append_text(terminal_writer->target, "  ");
    history_page_counts(page, operation);
    if (operation->operation.reason != NULL) {
        buffer_append_text(terminal_writer->target, "  \"");
        terminal_writer_foreign(terminal_writer, operation->operation.reason);
        buffer_append_byte(terminal_writer->target, '"');
    }
    buffer_append_byte(terminal_writer->target, '\n');
}

int
history_list_text_write(const struct history_list *list,
                        const struct history_view *view, struct buffer *target,
                        struct error *err)
{
    const size_t count = list->run_count + list->operation_count;
    struct history_page page;
    size_t run = 0, operation = 0;

    history_page_begin(&page, view, target);
    history_page_heading(&page, N_("RUNS AND CHANGES"), count,
                         N_("newest first"));
    while (run + operation < count
           && history_page_row(&page, run + operation, count)) {
        if (operation == list->operation_count
            || (run < list->run_count
                && list->runs[run].started_at
                       > list->operations[operation].operation.started_at))
            write_run(&page, &list->runs[run++]);
        else
            write_operation(&page, &list->operations[operation++]);
    }
    if (list->more)
        history_page_older(&page);
    buffer_printf(target, "\n%s  %s\n",
                  terminal_writer_words(&page.terminal_writer, "Next:"),
                  count == 0 ? "piket check" : "piket history ID");
    return history_page_end(&page, err);
}

/* Each member that came back different: + as it was written, = as it is. */
static void
write_residue(struct history_page *page, const struct change_result *result)
{
    struct terminal_writer *terminal_writer = &page->terminal_writer;

    for (size_t i = 0; i < result->residue_count; i++) {
        const struct change_residue *residue = &result->residue[i];
        buffer_append_text(terminal_writer->target, "      ");
        terminal_writer_foreign(terminal_writer, residue->member);
        buffer_append_text(terminal_writer->target, "\n        + ");
        terminal_writer_foreign(
            terminal_writer,
            residue->intended != NULL
                ? residue->intended
                : terminal_writer_words(terminal_writer, "(not there)"));
        buffer_append_text(terminal_writer->target, "\n        = ");
        terminal_writer_foreign(
            terminal_writer,
            residue->actual != NULL
                ? residue->actual
                : terminal_writer_words(terminal_writer, "(not there)"));
        buffer_append_byte(terminal_writer->target, '\n');
    }
}

static void
write_error(struct history_page *page, const struct contact_error *error)
{
    AUTOBUFFER text = BUFFER_INIT(REPORT_CEILING);
    struct terminal_writer *terminal_writer = &page->terminal_writer;

    if (error == NULL)
        return;
    if (phrase_error_append(error, terminal_writer->view->language, &text) < 0)
        terminal_writer->failed = true;
    buffer_append_text(terminal_writer->target, "      ");
    terminal_writer_foreign(terminal_writer, buffer_text(&text));
    buffer_append_byte(terminal_writer->target, '\n');
}

static void
write_change(struct history_page *page, const struct change *change,
             enum plan_kind kind)
{
    struct terminal_writer *terminal_writer = &page->terminal_writer;
    const enum change_outcome outcome = change->result.outcome;

    buffer_printf(terminal_writer->target, "  %-8s  ",
                  plan_action_name(change->action));
    terminal_writer_styled(terminal_writer,
                           outcome == CHANGE_DONE ? TERMINAL_WRITER_GOOD
                                                  : TERMINAL_WRITER_WARNING,
                           history_page_outcome(page, outcome, 1, kind));
    if (change->result.settled)
        buffer_append_text(
            terminal_writer->target,
            terminal_writer_words(terminal_writer, " (found out later)"));
    buffer_append_byte(terminal_writer->target, '\n');
    write_error(page, change->result.error);
    write_residue(page, &change->result);
}

static void
write_fact(struct history_page *page, const char *name, const char *value)
{
    struct terminal_writer *terminal_writer = &page->terminal_writer;

    if (value == NULL)
        return;
    buffer_append_text(terminal_writer->target, "  ");
    column_append(&terminal_writer->column,
                  terminal_writer_words(terminal_writer, name), 12, 12,
                  terminal_writer->target);
    buffer_append_byte(terminal_writer->target, ' ');
    terminal_writer_foreign(terminal_writer, value);
    buffer_append_byte(terminal_writer->target, '\n');
}

int
history_detail_text_write(const struct history_detail *detail,
                          const struct history_view *view,
                          struct buffer *target, struct error *err)
{
    const struct operation *operation = &detail->operation->operation;
    struct history_page page;

    history_page_begin(&page, view, target);
    terminal_writer_styled(&page.terminal_writer, TERMINAL_WRITER_STRONG,
                           kinds[operation->kind]);
    buffer_printf(target, "   %s\n", operation->id);
    write_fact(&page, N_("by"), operation->identity);
    write_fact(&page, N_("reason"), operation->reason);
    write_fact(&page, N_("takes back"), operation->reverts);
    write_fact(&page, N_("endpoint"), operation->endpoint);
    write_fact(&page, N_("profile"), operation->profile);
    write_fact(&page, N_("plan"), operation->plan);
    buffer_append_text(target, "  ");
    history_page_counts(&page, detail->operation);
    if (operation->finished_at == 0)
        terminal_writer_styled(
            &page.terminal_writer, TERMINAL_WRITER_WARNING,
            terminal_writer_words(&page.terminal_writer,
                                  " (it did not come to its end)"));
    buffer_append_text(target, "\n\n");
    for (size_t i = 0; i < detail->change_count
                       && history_page_row(&page, i, detail->change_count);
         i++) {
        history_page_subscription(&page, &detail->changes[i].subscription);
        write_change(&page, &detail->changes[i], operation->kind);
    }
    if (operation->kind == PLAN_REMEDIATION && detail->operation->counts.done)
        buffer_printf(target, "\n%s  piket revert %s\n",
                      terminal_writer_words(&page.terminal_writer, "Next:"),
                      operation->id);
    return history_page_end(&page, err);
}

static void
write_assessment(struct history_page *page,
                 const struct history_assessment *assessment)
{
    struct terminal_writer *terminal_writer = &page->terminal_writer;
    const char *reach = reach_name(assessment->reach);

    buffer_printf(terminal_writer->target, "  %-26s  %-14s  %s",
                  assessment->run, assessment_status_name(assessment->status),
                  reach != NULL ? reach : "-");
    if (*assessment->failing != '\0') {
        buffer_append_text(terminal_writer->target, ": ");
        terminal_writer_foreign(terminal_writer, assessment->failing);
    }
    buffer_append_byte(terminal_writer->target, '\n');
}

int
history_timeline_text_write(const struct history_timeline *timeline,
                            const struct history_view *view,
                            struct buffer *target, struct error *err)
{
    struct history_page page;

    history_page_begin(&page, view, target);
    if (timeline->subscription_name != NULL) {
        terminal_writer_foreign(&page.terminal_writer,
                                timeline->subscription_name);
        buffer_append_text(target, "   ");
    }
    buffer_printf(target, "%s\n\n", timeline->subscription_id);
    history_page_heading(&page, N_("ASSESSMENTS"), timeline->assessment_count,
                         N_("newest first: status, who is mailed, what "
                            "fails"));
    for (size_t i = 0;
         i < timeline->assessment_count
         && history_page_row(&page, i, timeline->assessment_count);
         i++)
        write_assessment(&page, &timeline->assessments[i]);
    if (timeline->more)
        history_page_older(&page);
    buffer_append_byte(target, '\n');
    history_page_heading(&page, N_("CHANGES"), timeline->change_count,
                         N_("in the order in which they were made"));
    for (size_t i = 0; i < timeline->change_count
                       && history_page_row(&page, i, timeline->change_count);
         i++) {
        buffer_append_text(target, "  ");
        history_page_time(&page, timeline->changes[i].journalled_at);
        buffer_printf(target, "  %-26s", timeline->changes[i].operation);
        write_change(&page, &timeline->changes[i],
                     timeline->changes[i].reverts != 0 ? PLAN_REVERSAL
                                                       : PLAN_REMEDIATION);
    }
    return history_page_end(&page, err);
}

int
history_pruned_text_write(const struct history_pruned *pruned,
                          const struct history_view *view,
                          struct buffer *target, struct error *err)
{
    struct history_page page;

    history_page_begin(&page, view, target);
    buffer_printf(target,
                  terminal_writer_plural(
                      &page.terminal_writer,
                      "%zu run removed; the journal of changes stays",
                      "%zu runs removed; the journal of changes stays",
                      pruned->removed),
                  pruned->removed);
    buffer_append_byte(target, '\n');
    return history_page_end(&page, err);
}
