/* SPDX-License-Identifier: Apache-2.0 */
/* Every subscription for the script of an html report. */
#include "report/html/report_html_data.h"

#include <string.h>

#include "base/cleanup.h"
#include "control/value/json_text.h"
#include "report/html/report_html.h"

/* Nothing may end the element or begin a comment in it (HTML, section
 * 4.12.1.3): in JSON, < stands in strings only. */
static void
append_safely(struct buffer *target, const char *json)
{
    while (*json != '\0') {
        const size_t length = strcspn(json, "<");
        buffer_append(target, json, length);
        json += length;
        if (*json == '<')
            buffer_append_text(target, "\\u003c");
        json += *json == '<';
    }
}

/* Appends the tree, and releases it. */
static void
append_tree(struct html *html, json_t *tree)
{
    AUTOTREE json_t *owned = tree;

    buffer_clear(&html->scratch);
    if (json_text_append(&html->scratch, owned, JSON_COMPACT) < 0)
        html->failed = true;
    append_safely(html->target, buffer_text(&html->scratch));
}

/* The words are an object, into which the rows are put as its last member. */
static void
append_words(struct html *html)
{
    AUTOTREE json_t *tree = report_html_data_words(html);
    const char *key;
    json_t *value;

    if (tree == NULL) {
        html->failed = true;
        return;
    }
    json_object_foreach(tree, key, value)
    {
        buffer_printf(html->target, "\"%s\":", key);
        append_tree(html, json_incref(value));
        html_markup(html, ",\n");
    }
}

void
report_html_data(struct html *html)
{
    const struct run *run = html->view->run;

    html_markup(html, "<script type=\"application/json\" id=\"data\">{");
    append_words(html);
    html_markup(html, "\"rows\":[");
    for (size_t i = 0; i < run->assessment_count; i++) {
        html_markup(html, i > 0 ? ",\n" : "\n");
        append_tree(html, report_html_data_row(html, &run->assessments[i]));
        if (html->failed || buffer_failed(html->target))
            return;
    }
    html_markup(html, "]}</script>\n");
}
