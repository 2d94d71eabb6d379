/* SPDX-License-Identifier: Apache-2.0 */
/* What differs between two runs, for people. */
#include "base/cleanup.h"
#include "report/history_page.h"
#include "report/phrase.h"
#include "report/phrase_drift.h"

static const enum pen_style styles[DRIFT_KIND_COUNT] = {
    [DRIFT_BROKEN] = PEN_ALARM,   [DRIFT_UNREADABLE] = PEN_WARNING,
    [DRIFT_GONE] = PEN_STRONG,    [DRIFT_NEW] = PEN_STRONG,
    [DRIFT_CHANGED] = PEN_STRONG, [DRIFT_READABLE] = PEN_STRONG,
    [DRIFT_FIXED] = PEN_GOOD,
};

static void
write_value(struct pen *pen, const char *mark, const char *name,
            const char *value)
{
    if (value == NULL)
        return;
    buffer_printf(pen->target, "      %s %s: ", mark, name);
    pen_foreign(pen, value);
    buffer_append_byte(pen->target, '\n');
}

static void
write_cause(struct pen *pen, const struct assessment *assessment)
{
    AUTOBUFFER cause = BUFFER_INIT(REPORT_CEILING);

    if (assessment == NULL)
        return;
    if (phrase_cause(assessment, pen->view->language, &cause) < 0)
        pen->failed = true;
    buffer_append_text(pen->target, "  ");
    pen_foreign(pen, buffer_text(&cause));
}

static void
write_entry(struct history_page *page, const struct drift_entry *entry)
{
    struct pen *pen = &page->pen;

    history_page_subscription(page, drift_subscription(entry));
    write_cause(pen, entry->after);
    buffer_append_byte(pen->target, '\n');
    for (size_t i = 0; i < entry->field_count; i++) {
        const char *name = drift_field_name(entry->fields[i].kind);
        write_value(pen, "-", name, entry->fields[i].before);
        write_value(pen, "+", name, entry->fields[i].after);
    }
}

/* Entries are ordered by kind. Returns the index behind this one's. */
static size_t
write_kind(struct history_page *page, const struct drift *drift,
           enum drift_kind kind, size_t index)
{
    const struct phrase_drift_words *words = phrase_drift_kind(kind);
    const size_t count = drift->counts[kind];
    struct pen *pen = &page->pen;

    if (count == 0)
        return index;
    buffer_append_byte(pen->target, '\n');
    pen_styled(pen, styles[kind], pen_words(pen, words->title));
    buffer_printf(pen->target, "   %zu   ", count);
    pen_styled(pen, PEN_FAINT, pen_words(pen, words->explanation));
    buffer_append_byte(pen->target, '\n');
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
        pen_styled(&page.pen, PEN_WARNING,
                   pen_words(&page.pen,
                             "the runs were judged by different profiles: a "
                             "status may differ while nothing has changed"));
        buffer_append_byte(target, '\n');
    }
    if (drift->after->started_at < drift->before->started_at) {
        pen_styled(&page.pen, PEN_WARNING,
                   pen_words(&page.pen,
                             "the run named first is the later one: read it "
                             "the other way round"));
        buffer_append_byte(target, '\n');
    }
    for (enum drift_kind kind = 0; kind < DRIFT_KIND_COUNT; kind++)
        index = write_kind(&page, drift, kind, index);
    buffer_append_byte(target, '\n');
    buffer_printf(target,
                  pen_plural(&page.pen, "%zu subscription is as it was",
                             "%zu subscriptions are as they were",
                             drift->same),
                  drift->same);
    buffer_append_byte(target, '\n');
    return history_page_end(&page, err);
}
