/* SPDX-License-Identifier: Apache-2.0 */
/* A page for programs: one document, schemaVersion 1. */
#include <jansson.h>

#include "base/cleanup.h"
#include "report/explain/explain_page.h"
#include "report/explain/explain_writers.h"
#include "report/json/report_json.h"

/* The document, and the parts of it that grow: borrowed from it. */
struct draft {
    json_t *document;
    json_t *sections;
    json_t *paragraphs;
};

static void
json_title(struct explain_page *page, const char *kind, const char *id,
           const char *title)
{
    struct draft *draft = page->state;

    draft->sections = json_array();
    draft->document =
        json_pack("{s:i, s:s, s:s?, s:s, s:o}", "schemaVersion", 1, "kind",
                  kind, "id", id, "title", title, "sections", draft->sections);
    page->failed = page->failed || draft->document == NULL;
}

static void
json_heading(struct explain_page *page, const char *heading)
{
    struct draft *draft = page->state;

    if (page->failed)
        return;
    draft->paragraphs = json_array();
    page->failed =
        json_array_append_new(draft->sections,
                              json_pack("{s:s, s:o}", "heading", heading,
                                        "paragraphs", draft->paragraphs))
        < 0;
}

static void
json_paragraph(struct explain_page *page, enum explain_kind kind,
               const char *text)
{
    static const char *const types[] = {
        [EXPLAIN_KIND_TEXT] = "text",
        [EXPLAIN_KIND_ITEM] = "item",
        [EXPLAIN_KIND_VERBATIM] = "verbatim",
    };
    struct draft *draft = page->state;

    if (page->failed)
        return;
    page->failed = json_array_append_new(draft->paragraphs,
                                         json_pack("{s:s, s:s}", "type",
                                                   types[kind], "text", text))
                   < 0;
}

int
explain_json_write(const struct explain_topic *topic,
                   const struct language *language, struct buffer *target,
                   struct error *err)
{
    static const struct explain_medium medium = {
        .title = json_title,
        .heading = json_heading,
        .paragraph = json_paragraph,
    };
    struct draft draft = { NULL, NULL, NULL };
    struct explain_page page = { .medium = &medium, .state = &draft };

    (void) language;
    explain_page_write(&page, topic);
    if (page.failed) {
        json_decref(draft.document);
        return error_set_memory(err);
    }
    return report_json_write_document(draft.document, target, err);
}
