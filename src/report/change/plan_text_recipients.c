/* SPDX-License-Identifier: Apache-2.0 */
/* Who starts and who stops receiving alerts, over the whole plan. */
#include "base/text.h"
#include "control/value/value_tally.h"
#include "report/change/plan_text.h"

enum {
    COUNT_WIDTH = 8,
    RECIPIENT_WIDTH = 56,
};

static const struct plan_heading heading = {
    N_("WHO STARTS AND STOPS"), N_("receiving alerts of High severity"),
    TERMINAL_WRITER_STRONG
};

/* Those of one list of each change. */
struct recipients {
    const char *label;
    bool stops;
    struct value_use *uses;
    size_t count;
};

static int
rank(const struct plan *plan, struct recipients *recipients,
     struct arena *arena)
{
    AUTOVALUETALLY tally = VALUE_TALLY_INIT(text_compare_ignoring_case);

    for (size_t i = 0; i < plan->change_count; i++) {
        const struct plan_texts *texts = recipients->stops
                                             ? &plan->changes[i].stops
                                             : &plan->changes[i].starts;
        for (size_t j = 0; j < texts->count; j++)
            if (value_tally_add(&tally, texts->items[j], i, NULL) < 0)
                return -1;
    }
    return value_tally_rank(&tally, arena, &recipients->uses,
                            &recipients->count, NULL);
}

static void
write_recipients(struct plan_page *page, const struct recipients *recipients)
{
    const size_t rows = page->view->rows;
    const size_t shown =
        rows == 0 || recipients->count < rows ? recipients->count : rows;
    struct terminal_writer *terminal_writer = &page->terminal_writer;
    const char *label =
        terminal_writer_words(terminal_writer, recipients->label);

    for (size_t i = 0; i < shown; i++) {
        buffer_printf(terminal_writer->target, "  %s%*zu   ", label,
                      COUNT_WIDTH, recipients->uses[i].contacts);
        column_append(&terminal_writer->column,
                      plan_text_printable(page, recipients->uses[i].text),
                      RECIPIENT_WIDTH, 0, terminal_writer->target);
        buffer_append_byte(terminal_writer->target, '\n');
    }
    plan_text_more(page, 2, shown, recipients->count);
}

void
plan_text_recipients(struct plan_page *page)
{
    const struct plan *plan = page->view->plan;
    struct recipients starts = { .label = N_("starts") };
    struct recipients stops = { .label = N_("stops "), .stops = true };
    struct arena *arena = arena_new();

    if (arena == NULL || rank(plan, &starts, arena) < 0
        || rank(plan, &stops, arena) < 0) {
        page->terminal_writer.failed = true;
    } else if (page->groups.count > 1 && starts.count + stops.count > 0) {
        plan_text_heading(page, &heading, starts.count + stops.count);
        write_recipients(page, &starts);
        write_recipients(page, &stops);
        buffer_append_byte(page->terminal_writer.target, '\n');
    }
    arena_free(arena);
}
