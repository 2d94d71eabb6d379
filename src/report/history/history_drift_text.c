/* SPDX-License-Identifier: Apache-2.0 */
/* What differs between two runs, for people. */
#include "base/cleanup.h"
#include "report/history/history_page.h"
#include "report/wording/phrase.h"
#include "report/wording/phrase_drift.h"

static const enum terminal_writer_style styles[DRIFT_KIND_COUNT] = {
    [DRIFT_BROKEN] = TERMINAL_WRITER_ALARM,
    [DRIFT_UNREADABLE] = TERMINAL_WRITER_WARNING,
    [DRIFT_GONE] = TERMINAL_WRITER_STRONG,
    [DRIFT_NEW] = TERMINAL_WRITER_STRONG,
    [DRIFT_CHANGED] = TERMINAL_WRITER_STRONG,
    [DRIFT_READABLE] = TERMINAL_WRITER_STRONG,
    [DRIFT_FIXED] = TERMINAL_WRITER_GOOD,
};

static void
write_value(struct terminal_writer *terminal_writer, const char *mark,
            const char *name, const char *value)
{
    if (value == NULL)
        return;
    buffer_printf(terminal_writer->target, "      %s %s: ", mark, name);
    terminal_writer_foreign(terminal_writer, value);
    buffer_append_byte(terminal_writer->target, '\n');
}

static void
write_cause(struct terminal_writer *terminal_writer,
            const struct assessment *assessment)
{
    AUTOBUFFER cause = BUFFER_INIT(REPORT_CEILING);

    if (assessment == NULL)
        return;
    if (phrase_cause(assessment, terminal_writer->view->language, &cause) < 0)
        terminal_writer->failed = true;
    buffer_append_text(terminal_writer->target, "  ");
    terminal_writer_foreign(terminal_writer, buffer_text(&cause));
}

static void
write_entry(struct history_page *page, const struct drift_entry *entry)
{
    struct terminal_writer *terminal_writer = &page->terminal_writer;

    history_page_subscription(page, drift_subscription(entry));
    write_cause(terminal_writer, entry->after);
    buffer_append_byte(terminal_writer->target, '\n');
    for (size_t i = 0; i < entry->field_count; i++) {
        const char *name = drift_field_name(entry->fields[i].kind);
        write_value(terminal_writer, "-", name, entry->fields[i].before);
        write_value(terminal_writer, "+", name, entry->fields[i].after);
    }
}

/* Entries are ordered by kind. Returns the index behind this one's. */
static size_t
write_kind(struct history_page *page, const struct drift *drift,
           enum drift_kind kind, size_t index)
{
    const struct phrase_drift_words *words = phrase_drift_kind(kind);
    const size_t count = drift->counts[kind];
    struct terminal_writer *terminal_writer = &page->terminal_writer;

    if (count == 0)
        return index;
    buffer_append_byte(terminal_writer->target, '\n');
    terminal_writer_styled(
        terminal_writer, styles[kind],
        terminal_writer_words(terminal_writer, words->title));
    buffer_printf(terminal_writer->target, "   %zu   ", count);
    terminal_writer_styled(
        terminal_writer, TERMINAL_WRITER_FAINT,
        terminal_writer_words(terminal_writer, words->explanation));
    buffer_append_byte(terminal_writer->target, '\n');
    for (size_t i = 0; i < count && history_page_row(page, i, count); i++)
        write_entry(page, &drift->entries[index + i]);
    return index + count;
}

int
history_drift_text_write(const struct drift *drift,
                         const struct history_view *view,
                         struct buffer *target, struct error *err)
{
    struct history_page page;
    size_t index = 0;

    history_page_begin(&page, view, target);
    buffer_printf(target, "%s -> %s\n", drift->before->id, drift->after->id);
    if (drift->other_profile) {
        terminal_writer_styled(
            &page.terminal_writer, TERMINAL_WRITER_WARNING,
            terminal_writer_words(
                &page.terminal_writer,
                "the runs were judged by different profiles: a "
                "status may differ while nothing has changed"));
        buffer_append_byte(target, '\n');
    }
    if (drift->after->started_at < drift->before->started_at) {
        terminal_writer_styled(
            &page.terminal_writer, TERMINAL_WRITER_WARNING,
            terminal_writer_words(
                &page.terminal_writer,
                "the run named first is the later one: read it "
                "the other way round"));
        buffer_append_byte(target, '\n');
    }
    for (enum drift_kind kind = 0; kind < DRIFT_KIND_COUNT; kind++)
        index = write_kind(&page, drift, kind, index);
    buffer_append_byte(target, '\n');
    buffer_printf(target,
                  terminal_writer_plural(
                      &page.terminal_writer, "%zu subscription is as it was",
                      "%zu subscriptions are as they were", drift->same),
                  drift->same);
    buffer_append_byte(target, '\n');
    return history_page_end(&page, err);
}
