/* SPDX-License-Identifier: Apache-2.0 */
/* A tree as JSON that somebody reads. */
#include "control/value/json_text.h"

#include <string.h>

#include "base/logging_command.h"

/* The dump comes in pieces of a few bytes. jansson's ASCII has DEL in it,
 * which acts on a terminal. It can only stand in a string. */
static int
gather(const char *bytes, size_t length, void *dump)
{
    const char *delete;

    while ((delete = memchr(bytes, 0x7f, length)) != NULL) {
        const size_t before = (size_t) (delete - bytes);
        buffer_append(dump, bytes, before);
        buffer_append_text(dump, "\\u007F");
        bytes += before + 1;
        length -= before + 1;
    }
    return buffer_append(dump, bytes, length);
}

static int
break_commands(const char *bytes, size_t length, void *filter)
{
    return logging_command_append(filter, bytes, length);
}

int
json_text_append(struct buffer *target, const json_t *tree, size_t flags)
{
    struct logging_command filter =
        LOGGING_COMMAND_INIT(target, LOGGING_COMMAND_DOCUMENT);
    AUTOBUFFER dump = BUFFER_INIT(target->ceiling);

    buffer_drain_to(&dump, break_commands, &filter);
    if (json_dump_callback(tree, gather, &dump, flags | JSON_ENSURE_ASCII) < 0
        || buffer_flush(&dump) < 0)
        return -1;
    return logging_command_end(&filter);
}
