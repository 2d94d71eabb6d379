/* SPDX-License-Identifier: Apache-2.0 */
/* Every subscription for the script of an html report. */
#include "report/report_html_data.h"

#include <string.h>

#include "base/cleanup.h"
#include "base/text.h"
#include "report/report_html.h"

/* Nothing may end the element or begin a comment in it (HTML, section
 * 4.12.1.3): in JSON, < stands in strings only. */
static int
dump_safely(const char *bytes, size_t length, void *data)
{
    struct buffer *target = data;

    while (length > 0) {
        const char *less = memchr(bytes, '<', length);
        const size_t size = less != NULL ? (size_t) (less - bytes) : length;
        buffer_append(target, bytes, size);
        bytes += size;
        length -= size;
        if (length == 0)
            break;
        buffer_append_text(target, "\\u003c");
        bytes++;
        length--;
    }
    return buffer_failed(target) ? -1 : 0;
}

/* Appends the tree, and releases it. */
static void
append_tree(struct html *html, json_t *tree)
{
    AUTOTREE json_t *owned = tree;

    if (owned == NULL
        || json_dump_callback(owned, dump_safely, html->target,
                              JSON_COMPACT | JSON_ENSURE_ASCII)
               < 0)
        html->failed = true;
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
