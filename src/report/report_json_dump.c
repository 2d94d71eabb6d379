/* SPDX-License-Identifier: Apache-2.0 */
/* Trees as text, one at a time: a document is written in parts, so that
 * memory does not grow with the estate beyond the text. */
#include <string.h>

#include "base/cleanup.h"
#include "report/report.h"
#include "report/report_json.h"

/* jansson's ASCII has DEL in it, which acts on a terminal. It can only stand
 * in a string. */
static int
append_ascii(struct buffer *target, const char *bytes, size_t length)
{
    const char *delete;

    while ((delete = memchr(bytes, 0x7f, length)) != NULL) {
        const size_t before = (size_t) (delete - bytes);
        buffer_append(target, bytes, before);
        buffer_append_text(target, "\\u007F");
        bytes += before + 1;
        length -= before + 1;
    }
    return buffer_append(target, bytes, length);
}

/* Where a dump goes, and how deep it stands in the document. */
struct dump {
    struct buffer *target;
    const char *indentation;
};

/* Line breaks within strings are escaped: those met here are layout. */
static int
dump_indented(const char *bytes, size_t length, void *data)
{
    const struct dump *dump = data;

    while (length > 0) {
        const char *newline = memchr(bytes, '\n', length);
        const size_t size =
            newline != NULL ? (size_t) (newline - bytes) + 1 : length;
        append_ascii(dump->target, bytes, size);
        if (newline != NULL)
            buffer_append_text(dump->target, dump->indentation);
        bytes += size;
        length -= size;
    }
    return buffer_failed(dump->target) ? -1 : 0;
}

int
report_json_append(struct buffer *target, const char *indentation,
                   json_t *tree)
{
    AUTOJSON json_t *owned = tree;
    struct dump dump = { target, indentation };

    if (owned == NULL)
        return -1;
    return json_dump_callback(owned, dump_indented, &dump,
                              JSON_INDENT(2) | JSON_ENSURE_ASCII
                                  | JSON_ENCODE_ANY);
}

static int
dump_plain(const char *bytes, size_t length, void *target)
{
    return append_ascii(target, bytes, length);
}

int
report_json_append_line(struct buffer *target, json_t *tree)
{
    AUTOJSON json_t *owned = tree;

    if (owned == NULL
        || json_dump_callback(owned, dump_plain, target,
                              JSON_COMPACT | JSON_ENSURE_ASCII)
               < 0)
        return -1;
    return buffer_append_byte(target, '\n');
}

int
report_json_write_document(json_t *document, struct buffer *target,
                           struct error *err)
{
    AUTOJSON json_t *owned = document;

    if (owned == NULL
        || json_dump_callback(owned, dump_plain, target,
                              JSON_INDENT(2) | JSON_ENSURE_ASCII)
               < 0
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
