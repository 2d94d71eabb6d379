/* SPDX-License-Identifier: Apache-2.0 */
/* Trees as text, one at a time: a document is written in parts, so that
 * memory does not grow with the estate beyond the text. */
#include <string.h>

#include "base/cleanup.h"
#include "control/value/json_text.h"
#include "report/view/report.h"
#include "report/json/report_json.h"

int
report_json_append(struct buffer *target, const char *indentation,
                   json_t *tree)
{
    AUTOJSON json_t *owned = tree;
    AUTOBUFFER dump = BUFFER_INIT(target->ceiling);

    if (json_text_append(&dump, owned, JSON_INDENT(2) | JSON_ENCODE_ANY) < 0)
        return -1;
    /* Line breaks within strings are escaped: those met here are layout. */
    for (const char *line = buffer_text(&dump); *line != '\0';) {
        const size_t length = strcspn(line, "\n");
        buffer_append(target, line, length);
        line += length;
        if (*line != '\n')
            break;
        buffer_append_byte(target, *line++);
        buffer_append_text(target, indentation);
    }
    return buffer_failed(target) ? -1 : 0;
}

int
report_json_append_line(struct buffer *target, json_t *tree)
{
    AUTOJSON json_t *owned = tree;

    if (json_text_append(target, owned, JSON_COMPACT) < 0)
        return -1;
    return buffer_append_byte(target, '\n');
}

int
report_json_write_document(json_t *document, struct buffer *target,
                           struct error *err)
{
    AUTOJSON json_t *owned = document;

    if (json_text_append(target, owned, JSON_INDENT(2)) < 0
        || buffer_append_byte(target, '\n') < 0)
        return error_set_memory(err);
    return 0;
}

int
report_json_append_item(struct buffer *target, const char *indentation,
                        size_t *count, json_t *tree)
{
    buffer_append_text(target, (*count)++ > 0 ? ",\n" : "\n");
    buffer_append_text(target, indentation);
    return report_json_append(target, indentation, tree);
}

int
report_json_append_key(struct buffer *target, const char *indentation,
                       size_t *count, const char *key)
{
    return buffer_printf(target, "%s\n%s\"%s\": ", (*count)++ > 0 ? "," : "",
                         indentation, key);
}

int
report_json_append_member(struct buffer *target, const char *indentation,
                          size_t *count, const char *key, json_t *tree)
{
    report_json_append_key(target, indentation, count, key);
    return report_json_append(target, indentation, tree);
}
