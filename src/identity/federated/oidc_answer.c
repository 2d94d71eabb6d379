/* SPDX-License-Identifier: Apache-2.0 */
/* What an OpenID Connect issuer of a pipeline answers. */
#include "identity/federated/oidc_answer.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "base/cleanup.h"
#include "base/text.h"
#include "identity/federated/federated_token.h"
#include "identity/token/json_answer.h"
#include "identity/token/redaction.h"

/* Of a refusal only the beginning is looked at. */
enum { COMPLAINT_CEILING = 64 * 1024 };

/* The caller releases it; NULL with an error where it is no JSON object. */
static json_t *
object_read(const char *bytes, size_t length, struct error *err)
{
    AUTOBUFFER text = BUFFER_SECRET_INIT(3 * OIDC_ANSWER_CEILING);

    if (length > OIDC_ANSWER_CEILING) {
        (void) error_set(err, "the answer is longer than %d bytes",
                         OIDC_ANSWER_CEILING);
        return NULL;
    }
    if (text_repair_utf8(&text, bytes, length) < 0) {
        (void) error_set_memory(err);
        return NULL;
    }
    return json_answer_parse(buffer_text(&text), text.length, 0, err);
}

char *
oidc_answer_parse(const char *bytes, size_t length, const char *member,
                  struct error *err)
{
    json_auto_t *object = object_read(bytes, length, err);
    if (object == NULL)
        return NULL;
    const json_t *value = json_object_get(object, member);
    if (!json_is_string(value)) {
        error_set(err, "the answer holds no %s", member);
        return NULL;
    }
    char *token = federated_token_copy(json_string_value(value),
                                       json_string_length(value), err);
    if (token == NULL)
        error_wrap(err, "%s in the answer", member);
    return token;
}

/* Up to the ceiling, and not within a character. */
static void
line_append(struct buffer *target, const char *text, size_t length)
{
    AUTOBUFFER clean = BUFFER_SECRET_INIT(2 * COMPLAINT_CEILING);
    size_t end = OIDC_ANSWER_LINE_CEILING;

    if (redaction_append(&clean, text, length) < 0)
        return;
    if (clean.length < end)
        end = clean.length;
    while (end > 0 && end < clean.length && (clean.data[end] & 0xc0) == 0x80)
        end--;
    AUTOFREE char *line = strndup(buffer_text(&clean), end);
    if (line != NULL)
        (void) text_append_printable(target, line);
}

void
oidc_answer_complaint(struct buffer *target, const char *bytes, size_t length)
{
    AUTOBUFFER text = BUFFER_INIT(3 * COMPLAINT_CEILING);
    json_auto_t *object = object_read(bytes, length, NULL);
    const char *message =
        json_string_value(json_object_get(object, "message"));

    if (message == NULL
        && text_repair_utf8(&text, bytes,
                            length < COMPLAINT_CEILING ? length
                                                       : COMPLAINT_CEILING)
               == 0)
        message = buffer_text(&text);
    if (message == NULL)
        return;
    const char *line = message + strspn(message, " \t\r\n");
    size_t end = strcspn(line, "\r\n");
    line_append(target, line,
                end < COMPLAINT_CEILING ? end : COMPLAINT_CEILING);
}
