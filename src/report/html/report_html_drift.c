/* SPDX-License-Identifier: Apache-2.0 */
/* What differs from the run before, in an html report. */
#include <string.h>

#include "base/cleanup.h"
#include "control/past/drift.h"
#include "report/explain/explain_page.h"
#include "report/wording/phrase.h"
#include "report/wording/phrase_drift.h"
#include "report/html/report_html.h"

/* One side of a difference, in an element. */
static void
write_value(struct html *html, const char *element,
            const struct drift_field *field, const char *value)
{
    bool foreign = false;
    const char *words = phrase_drift_value(field->kind, value, &foreign);

    html_element(html, element, NULL,
                 foreign ? words : html_words(html, words));
}

static void
write_field(struct html *html, const struct drift_field *field)
{
    html_markup(html, "<li>");
    html_text(html, html_words(html, phrase_drift_field(field->kind)));
    html_markup(html, ": ");
    write_value(html, "del", field, field->before);
    html_markup(html, " → ");
    write_value(html, "ins", field, field->after);
    html_markup(html, "</li>");
}

/* What a run that does not judge the requirement says of it. */
static const char *
finding_words(struct html *html, const struct finding *finding)
{
    return finding != NULL ? report_html_finding_status(html, finding->status)
                           : html_words(html, "not judged");
}

static bool
same_status(const struct drift_finding *finding)
{
    return finding->before != NULL && finding->after != NULL
           && finding->before->status == finding->after->status;
}

/* "before → after", or once where they are the same. */
static void
write_change(struct html *html, const char *before, const char *after)
{
    if (strcmp(before, after) == 0) {
        html_text(html, after);
        return;
    }
    html_element(html, "del", NULL, before);
    html_markup(html, " → ");
    html_element(html, "ins", NULL, after);
}

static void
write_finding(struct html *html, const struct drift_finding *finding)
{
    AUTOBUFFER sentence = BUFFER_INIT(REPORT_CEILING);

    html_markup(html, "<li>");
    html_text(
        html,
        html_words(html,
                   explain_requirement_text(finding->requirement)->title));
    html_markup(html, ": ");
    write_change(html, finding_words(html, finding->before),
                 finding_words(html, finding->after));
    if (finding->after != NULL) {
        if (phrase_finding(finding->after, html->view->language, &sentence)
            < 0)
            html->failed = true;
        html_element(html, "span", "faint", buffer_text(&sentence));
    }
    html_markup(html, "</li>");
}

/* What fails as before for another reason is told by the fields, where any
 * differ. */
static void
write_changes(struct html *html, const struct drift_entry *entry)
{
    bool begun = entry->field_count > 0;

    if (begun)
        html_markup(html, "<ul class=\"changes\">");
    for (size_t i = 0; i < entry->field_count; i++)
        write_field(html, &entry->fields[i]);
    for (size_t i = 0; i < entry->finding_count; i++) {
        if (entry->field_count > 0 && same_status(&entry->findings[i]))
            continue;
        if (!begun)
            html_markup(html, "<ul class=\"changes\">");
        begun = true;
        write_finding(html, &entry->findings[i]);
    }
    if (begun)
        html_markup(html, "</ul>");
}

/* Where one of the runs does not list it, the heading says so. */
static void
write_status(struct html *html, const struct drift_entry *entry)
{
    html_markup(html, "<td class=\"change\">");
    if (entry->before == NULL)
        html_text(html, report_html_status(html, entry->after->status));
    else if (entry->after == NULL)
        html_text(html, report_html_status(html, entry->before->status));
    else
        write_change(html, report_html_status(html, entry->before->status),
                     report_html_status(html, entry->after->status));
    html_markup(html, "</td>");
}

static void
write_entry(struct html *html, const struct drift_entry *entry)
{
    AUTOBUFFER cause = BUFFER_INIT(REPORT_CEILING);

    html_markup(html, "<tr>");
    report_html_subject(html, drift_subscription(entry));
    write_status(html, entry);
    html_markup(html, "<td>");
    if (entry->after != NULL) {
        if (phrase_cause(entry->after, html->view->language, &cause) < 0)
            html->failed = true;
        html_element(html, "bdi", NULL, buffer_text(&cause));
    }
    write_changes(html, entry);
    html_markup(html, "</td></tr>\n");
}

static void
write_kind_heading(struct html *html, enum drift_kind kind, size_t count)
{
    const struct phrase_drift_words *words = phrase_drift_kind(kind);
    char number[HTML_NUMBER_SIZE];

    html_markup(html, "<h3>");
    html_text(html, html_words(html, words->title));
    html_markup(html, ": ");
    html_text(html, html_number(count, number));
    html_markup(html, "</h3>\n");
    html_element(html, "p", "faint", html_words(html, words->explanation));
    html_markup(html, "\n<table class=\"cards drift\">\n<thead><tr>"
                      "<th scope=\"col\">");
    html_text(html, html_words(html, "Subscription"));
    html_markup(html, "</th><th scope=\"col\">");
    html_text(html, html_words(html, "Status"));
    html_markup(html, "</th><th scope=\"col\">");
    html_text(html, html_words(html, "What differs"));
    html_markup(html, "</th></tr></thead>\n<tbody>\n");
}

/* The entries of one kind stand together. Returns the first behind them. */
static size_t
write_kind(struct html *html, const struct drift *drift, size_t index)
{
    const enum drift_kind kind = drift->entries[index].kind;
    const size_t count = drift->counts[kind];
    const size_t shown =
        count < REPORT_HTML_DRIFT_ROWS ? count : REPORT_HTML_DRIFT_ROWS;
    char number[HTML_NUMBER_SIZE];

    write_kind_heading(html, kind, count);
    for (size_t i = 0; i < shown; i++)
        write_entry(html, &drift->entries[index + i]);
    html_markup(html, "</tbody>\n</table>\n");
    if (shown < count) {
        html_markup(html, "<p>");
        html_print(html,
                   html_plural(html, "%s more does not stand here.",
                               "%s more do not stand here.", count - shown),
                   html_number(count - shown, number));
        html_markup(html, "</p>\n");
    }
    return index + count;
}

static void
write_drift(struct html *html, const struct drift *drift)
{
    char number[HTML_NUMBER_SIZE];

    html_markup(html, "<section aria-labelledby=\"drift\">\n"
                      "<h2 id=\"drift\">");
    html_text(html, html_words(html, "What differs from the run before"));
    html_markup(html, "</h2>\n<p>");
    html_print(html, html_words(html, "Compared with run %s."),
               drift->before->id);
    html_markup(html, " ");
    html_print(html,
               html_plural(html, "%s subscription is the same.",
                           "%s subscriptions are the same.", drift->same),
               html_number(drift->same, number));
    if (drift->other_profile) {
        html_markup(html, " ");
        html_print(html,
                   html_words(html,
                              "It was judged by another profile, %s, so that "
                              "a status may differ while nothing changed in "
                              "Azure."),
                   drift->before->profile->name);
    }
    html_markup(html, "</p>\n");
    for (size_t i = 0; i < drift->entry_count;)
        i = write_kind(html, drift, i);
    html_markup(html, "</section>\n");
}

void
report_html_drift(struct html *html)
{
    struct drift drift;

    if (html->view->previous == NULL)
        return;
    struct arena *arena = arena_new();
    if (arena == NULL
        || drift_make(html->view->previous, html->view->run, arena, &drift,
                      NULL)
               < 0)
        html->failed = true;
    else
        write_drift(html, &drift);
    arena_free(arena);
}
