/* SPDX-License-Identifier: Apache-2.0 */
/* How a document about the past is written. */
#include "report/history_document.h"

#include "report/report_json.h"

static int
append(const char *bytes, size_t length, void *target)
{
    return buffer_append(target, bytes, length);
}

int
history_document_write(json_t *document, struct buffer *target,
                       struct error *err)
{
    AUTOJSON json_t *owned = document;

    if (owned == NULL
        || json_dump_callback(owned, append, target,
                              JSON_INDENT(2) | JSON_ENSURE_ASCII)
               < 0
        || buffer_append_byte(target, '\n') < 0)
        return error_set_memory(err);
    return 0;
}
