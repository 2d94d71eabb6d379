/* SPDX-License-Identifier: Apache-2.0 */
/* Writes JSON as it goes, on one line. A tree of jansson's costs ten times as
 * much, which shows where a document is made for each of 100,000
 * subscriptions. */
#ifndef PIKET_CONTROL_VALUE_JSON_WRITER_H
#define PIKET_CONTROL_VALUE_JSON_WRITER_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buffer.h"

struct json_writer {
    struct buffer *target; /* borrowed; keeps what fails */
    bool follows;          /* a value stands before the next one */
};

#define JSON_WRITER_INIT(target_)  \
    {                              \
        .target = (target_), false \
    }

/* Each of these writes one value, or the beginning or end of one, with the
 * comma that it needs. An object's values each come after their member. */
void json_writer_begin_object(struct json_writer *writer);
void json_writer_end_object(struct json_writer *writer);
void json_writer_begin_list(struct json_writer *writer);
void json_writer_end_list(struct json_writer *writer);
void json_writer_member(struct json_writer *writer, const char *name);

/* NULL is null; bytes that are not UTF-8 become U+FFFD. */
void json_writer_text(struct json_writer *writer, const char *text);
void json_writer_integer(struct json_writer *writer, int64_t integer);
void json_writer_boolean(struct json_writer *writer, bool boolean);

/* Both at once: a member and its text. */
void json_writer_member_text(struct json_writer *writer, const char *name,
                             const char *text);

#endif
