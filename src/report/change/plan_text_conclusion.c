/* SPDX-License-Identifier: Apache-2.0 */
/* The end of a plan's text. */
#include <stdio.h>
#include <string.h>

#include "base/cleanup.h"
#include "report/markup/next_step.h"
#include "report/wording/phrase_plan.h"
#include "report/change/plan_text.h"

enum { COMMAND_CEILING = 8192 };

static const struct plan_heading obstacle_heading = {
    N_("NOT PLANNED"), N_("something stands in the way"),
    TERMINAL_WRITER_WARNING
};

static void
write_obstacle(struct plan_page *page, const struct plan_obstacle *obstacle)
{
    AUTOBUFFER first = BUFFER_INIT(REPORT_CEILING);
    AUTOBUFFER rest = BUFFER_INIT(REPORT_CEILING);
    AUTOBUFFER cause = BUFFER_INIT(REPORT_CEILING);
    struct terminal_writer *terminal_writer = &page->terminal_writer;

    plan_text_subscription(page, 2, &obstacle->subscription, &first);
    buffer_append_text(&first, "   ");
    column_append(&terminal_writer->column, "", 0,
                  column_width(&terminal_writer->column, buffer_text(&first)),
                  &rest);
    if (phrase_obstacle(obstacle, page->view->language, &cause) < 0
        || buffer_failed(&first) || buffer_failed(&rest))
        terminal_writer->failed = true;
    const struct column_shape shape = { buffer_text(&first),
                                        buffer_text(&rest), PLAN_WIDTH - 1 };
    column_wrap(&terminal_writer->column,
                plan_text_printable(page, buffer_text(&cause)), &shape,
                terminal_writer->target);
}

/* Those of one reason together, each in the order of the plan. */
static void
write_obstacles(struct plan_page *page)
{
    const struct plan *plan = page->view->plan;
    const size_t most =
        page->view->rows == 0 ? plan->obstacle_count : page->view->rows;
    size_t shown = 0;

    if (plan->obstacle_count == 0)
        return;
    plan_text_heading(page, &obstacle_heading, plan->obstacle_count);
    for (enum plan_obstacle_reason reason = 0; reason < PLAN_OBSTACLE_COUNT;
         reason++)
        for (size_t i = 0; i < plan->obstacle_count && shown < most; i++)
            if (plan->obstacles[i].reason == reason) {
                write_obstacle(page, &plan->obstacles[i]);
                shown++;
            }
    plan_text_more(page, 2, shown, plan->obstacle_count);
    buffer_append_byte(page->terminal_writer.target, '\n');
}

static const unsigned cautions[] = {
    PLAN_CAUTION_NO_CONTACT,
    PLAN_CAUTION_REGISTRATION,
    PLAN_CAUTION_PHONE,
    PLAN_CAUTION_OTHERS,
};

static size_t
count_cautious(const struct plan *plan, unsigned caution)
{
    size_t count = 0;

    for (size_t i = 0; i < plan->change_count; i++)
        if ((plan->changes[i].cautions & caution) != 0)
            count++;
    return count;
}

static void
write_caution(struct plan_page *page, enum plan_caution caution, size_t count)
{
    AUTOBUFFER words = BUFFER_INIT(REPORT_CEILING);
    const struct column_shape shape = { "  ", "  ", PLAN_WIDTH - 1 };
    struct terminal_writer *terminal_writer = &page->terminal_writer;

    buffer_printf(&words,
                  terminal_writer_plural(terminal_writer, "%zu subscription: ",
                                         "%zu subscriptions: ", count),
                  count);
    if (phrase_caution(caution, page->view->language, &words) < 0)
        terminal_writer->failed = true;
    column_wrap(&terminal_writer->column, buffer_text(&words), &shape,
                terminal_writer->target);
}

static void
write_cautions(struct plan_page *page)
{
    struct terminal_writer *terminal_writer = &page->terminal_writer;
    bool begun = false;

    for (size_t i = 0; i < ARRAY_LENGTH(cautions); i++) {
        const size_t count = count_cautious(page->view->plan, cautions[i]);
        if (count == 0)
            continue;
        if (!begun) {
            terminal_writer_styled(
                terminal_writer, TERMINAL_WRITER_WARNING,
                terminal_writer_words(terminal_writer,
                                      "KNOW BEFORE YOU APPLY"));
            buffer_append_byte(terminal_writer->target, '\n');
        }
        begun = true;
        write_caution(page, cautions[i], count);
    }
    if (begun)
        buffer_append_byte(terminal_writer->target, '\n');
}

static void
write_counts(struct plan_page *page)
{
    static const struct {
        const char *one, *many;
    } words[] = {
        [PLAN_CREATE] = { NP_("to create", "to create") },
        [PLAN_UPDATE] = { NP_("to change", "to change") },
        [PLAN_DELETE] = { NP_("to remove", "to remove") },
        [PLAN_REGISTER] = { NP_("to register and create",
                                "to register and create") },
    };
    const struct plan *plan = page->view->plan;
    struct terminal_writer *terminal_writer = &page->terminal_writer;
    AUTOBUFFER line = BUFFER_INIT(REPORT_CEILING);
    const struct column_shape shape = { "", "  ", PLAN_WIDTH - 1 };
    const char *separator = ": ";

    buffer_printf(&line,
                  terminal_writer_plural(terminal_writer, "%zu subscription",
                                         "%zu subscriptions",
                                         plan->subscriptions),
                  plan->subscriptions);
    for (size_t i = 0; i < PLAN_GROUP_ACTIONS; i++) {
        const enum plan_action action = plan_group_actions[i];
        size_t count = 0;
        for (size_t j = 0; j < plan->change_count; j++)
            count += plan->changes[j].action == action;
        if (count == 0)
            continue;
        buffer_printf(&line, "%s%zu %s", separator, count,
                      terminal_writer_plural(terminal_writer,
                                             words[action].one,
                                             words[action].many, count));
        separator = ", ";
    }
    if (plan->obstacle_count > 0) {
        buffer_append_text(&line, separator);
        buffer_printf(
            &line,
            terminal_writer_plural(terminal_writer, "%zu not planned",
                                   "%zu not planned", plan->obstacle_count),
            plan->obstacle_count);
        separator = ", ";
    }
    if (plan->compliant > 0) {
        buffer_append_text(&line, separator);
        buffer_printf(
            &line,
            terminal_writer_plural(terminal_writer, "nothing to do for %zu",
                                   "nothing to do for %zu", plan->compliant),
            plan->compliant);
    }
    if (buffer_failed(&line))
        terminal_writer->failed = true;
    column_wrap(&terminal_writer->column, buffer_text(&line), &shape,
                terminal_writer->target);
}

static const char *
verdict(const struct plan *plan, enum terminal_writer_style *ret_style)
{
    *ret_style = TERMINAL_WRITER_WARNING;
    if (!plan->complete)
        return N_("INCOMPLETE: NOT ALL SUBSCRIPTIONS COULD BE LISTED");
    if (plan->change_count > 0)
        return plan->kind == PLAN_REVERSAL ? N_("CHANGES ARE PLANNED")
                                           : N_("CHANGES ARE NEEDED");
    if (plan->obstacle_count > 0)
        return N_("NOTHING CAN BE DONE BY PIKET");
    *ret_style = TERMINAL_WRITER_GOOD;
    return N_("NOTHING TO DO");
}

static void
write_verdict(struct plan_page *page)
{
    struct terminal_writer *terminal_writer = &page->terminal_writer;
    enum terminal_writer_style style;
    const char *words = verdict(page->view->plan, &style);

    if (page->view->applying)
        return;
    terminal_writer_styled(terminal_writer, style,
                           terminal_writer_words(terminal_writer, words));
    buffer_append_byte(terminal_writer->target, ' ');
    buffer_printf(terminal_writer->target,
                  terminal_writer_words(terminal_writer, "(exit status %d)"),
                  page->view->exit_status);
    buffer_append_text(terminal_writer->target, "    ");
    buffer_append_text(
        terminal_writer->target,
        terminal_writer_words(terminal_writer, "nothing has been written"));
    buffer_append_byte(terminal_writer->target, '\n');
}

/* Above what the tables of advice hold. */
enum { ADVICES_CEILING = 64 };

struct advice {
    const char *words;
    size_t count;
};

/* Sentences are few, obstacles may be many. */
static size_t
collect_advices(const struct plan *plan, struct advice *advices)
{
    size_t known = 0;

    for (size_t i = 0; i < plan->obstacle_count; i++) {
        const char *words = phrase_obstacle_advice(&plan->obstacles[i]);
        size_t j = 0;
        if (words == NULL)
            continue;
        while (j < known && strcmp(advices[j].words, words) != 0)
            j++;
        if (j == ADVICES_CEILING)
            continue;
        if (j == known)
            advices[known++] = (struct advice){ words, 0 };
        advices[j].count++;
    }
    return known;
}

static void
next_for_obstacles(struct plan_page *page, struct next_step *next)
{
    struct advice advices[ADVICES_CEILING];
    const size_t count = collect_advices(page->view->plan, advices);
    struct terminal_writer *terminal_writer = &page->terminal_writer;

    for (size_t i = 0; i < count; i++) {
        AUTOBUFFER words = BUFFER_INIT(REPORT_CEILING);
        buffer_printf(
            &words,
            terminal_writer_plural(terminal_writer, "%s (%zu subscription)",
                                   "%s (%zu subscriptions)", advices[i].count),
            terminal_writer_words(terminal_writer, advices[i].words),
            advices[i].count);
        if (buffer_failed(&words))
            terminal_writer->failed = true;
        next_step_sentence(next, buffer_text(&words));
    }
}

/* What was kept is applied as it is; else it is planned anew. */
static void
next_for_changes(struct plan_page *page, struct next_step *next)
{
    const struct plan_view *view = page->view;
    char command[COMMAND_CEILING];

    if (view->saved != NULL) {
        (void) snprintf(
            command, sizeof(command), "piket %s --plan %s --apply%s",
            view->plan->kind == PLAN_REVERSAL ? "revert" : "remediate",
            plan_text_printable(page, view->saved),
            view->tenant_named ? "" : " --tenant ID");
        next_step_command(next, command, N_("applies exactly this plan"));
        return;
    }
    next_step_command(next,
                      view->tenant_named ? N_("add --apply")
                                         : N_("add --apply --tenant ID"),
                      N_("to write these changes; asks first"));
    next_step_command(next, N_("add --save-plan FILE"),
                      N_("to apply exactly this plan later"));
}

static void
write_next(struct plan_page *page)
{
    struct next_step next = { .terminal_writer = &page->terminal_writer };

    next_for_obstacles(page, &next);
    if (page->view->plan->change_count > 0)
        next_for_changes(page, &next);
    if (page->rows_cut)
        next_step_command(&next, N_("add --rows all"), N_("to see every row"));
}

void
plan_text_conclusion(struct plan_page *page)
{
    write_obstacles(page);
    write_cautions(page);
    write_counts(page);
    write_verdict(page);
    if (!page->view->applying)
        write_next(page);
}
