/* SPDX-License-Identifier: Apache-2.0 */
/* Answers that hold a token. */
#include "identity/token/token_response.h"

#include <jansson.h>
#include <stdbool.h>
#include <string.h>

#include "base/buffer.h"
#include "base/secret.h"
#include "base/text.h"
#include "identity/token/access_token.h"
#include "identity/token/json_answer.h"
#include "identity/token/token_time.h"

/* Braces in the noise before the JSON that are tried as its start. */
enum { TOKEN_RESPONSE_STARTS = 64 };

/* A number of seconds above zero, written as a number or as text. Zero is
 * no answer: some issuers write it where they do not know. */
static int
seconds_read(const json_t *value, int64_t maximum, int64_t *ret_seconds)
{
    uint64_t number = 0;
    const double real = json_number_value(value); /* 0 for no number */

    if (json_is_string(value))
        (void) text_to_unsigned(json_string_value(value), (uint64_t) maximum,
                                &number);
    else if (json_is_integer(value) && json_integer_value(value) > 0)
        number = (uint64_t) json_integer_value(value);
    else if (real > 0 && real <= (double) maximum)
        number = (uint64_t) real;
    if (number == 0 || number > (uint64_t) maximum)
        return -1;
    *ret_seconds = (int64_t) number;
    return 0;
}

/* A moment, as seconds since 1970 or as a date in UTC. */
static int
moment_read(const json_t *value, int64_t *ret_milliseconds)
{
    int64_t seconds;

    if (seconds_read(value, TOKEN_TIME_LAST, &seconds) == 0) {
        *ret_milliseconds = seconds * 1000;
        return 0;
    }
    if (!json_is_string(value))
        return -1;
    return token_time_utc(json_string_value(value), ret_milliseconds);
}

static int
value_copy(const json_t *object, const char *name, const char *type_name,
           char **ret_value, struct error *err)
{
    const json_t *value = json_object_get(object, name);
    const json_t *type = json_object_get(object, type_name);

    if (!json_is_string(value))
        return error_set(err, "the answer holds no %s", name);
    if (type != NULL
        && !text_equal_ignoring_case(json_string_value(type), "Bearer"))
        return error_set(err, "the answer's token is not a bearer token");
    if (!access_token_is_sane(json_string_value(value),
                              json_string_length(value)))
        return error_set(err, "the answer's token is too long, or holds "
                              "characters that a token may not have");
    *ret_value = secret_copy(json_string_value(value));
    return *ret_value != NULL ? 0 : error_set_memory(err);
}

static int
text_repair(struct buffer *text, const char *bytes, size_t length,
            struct error *err)
{
    if (length > TOKEN_RESPONSE_CEILING)
        return error_set(err, "the answer is longer than %d bytes",
                         TOKEN_RESPONSE_CEILING);
    return text_repair_utf8(text, bytes, length) == 0 ? 0
                                                      : error_set_memory(err);
}

static int
oauth_times_read(const json_t *object, int64_t now, int64_t *ret_expires_at,
                 int64_t *ret_refresh_at, struct error *err)
{
    int64_t expires_at, seconds;

    if (moment_read(json_object_get(object, "expires_on"), &expires_at) < 0) {
        if (seconds_read(json_object_get(object, "expires_in"), INT32_MAX,
                         &seconds)
            < 0)
            return error_set(err, "the answer does not say when its token "
                                  "ends");
        expires_at = now + seconds * 1000;
    }
    *ret_expires_at = expires_at;
    *ret_refresh_at = 0;
    if (seconds_read(json_object_get(object, "refresh_in"), INT32_MAX,
                     &seconds)
            == 0
        && now + seconds * 1000 < expires_at)
        *ret_refresh_at = now + seconds * 1000;
    return 0;
}

int
token_response_parse(const char *bytes, size_t length, int64_t now,
                     struct access_token *ret_token, struct error *err)
{
    AUTOBUFFER text = BUFFER_SECRET_INIT(3 * TOKEN_RESPONSE_CEILING);
    struct access_token token = { NULL, 0, 0 };

    if (text_repair(&text, bytes, length, err) < 0)
        return -1;
    json_auto_t *object =
        json_answer_parse(buffer_text(&text), text.length, 0, err);
    if (object == NULL)
        return -1;
    if (oauth_times_read(object, now, &token.expires_at, &token.refresh_at,
                         err)
            < 0
        || value_copy(object, "access_token", "token_type", &token.value, err)
               < 0)
        return -1;
    *ret_token = token;
    return 0;
}

bool
token_response_says(const char *bytes, size_t length, const char *name,
                    const char *value)
{
    AUTOBUFFER text = BUFFER_SECRET_INIT(3 * TOKEN_RESPONSE_CEILING);

    if (text_repair(&text, bytes, length, NULL) < 0)
        return false;
    json_auto_t *object =
        json_answer_parse(buffer_text(&text), text.length, 0, NULL);
    const char *said = json_string_value(json_object_get(object, name));
    return said != NULL && text_equal_ignoring_case(said, value);
}

char *
token_response_refresh_token(const char *bytes, size_t length)
{
    AUTOBUFFER text = BUFFER_SECRET_INIT(3 * TOKEN_RESPONSE_CEILING);

    if (text_repair(&text, bytes, length, NULL) < 0)
        return NULL;
    json_auto_t *object =
        json_answer_parse(buffer_text(&text), text.length, 0, NULL);
    const json_t *value = json_object_get(object, "refresh_token");
    const bool sane = json_is_string(value)
                      && access_token_is_sane(json_string_value(value),
                                              json_string_length(value));
    return sane ? secret_copy(json_string_value(value)) : NULL;
}

/* The first object in text that holds such a token; NULL where there is
 * none. */
static json_t *
tool_object_find(const char *text, size_t length, const char *name)
{
    const char *start = text, *end = text + length;

    for (int i = 0; i < TOKEN_RESPONSE_STARTS; i++, start++) {
        start = memchr(start, '{', (size_t) (end - start));
        if (start == NULL)
            return NULL;
        json_t *object = json_answer_parse(start, (size_t) (end - start),
                                           JSON_DISABLE_EOF_CHECK, NULL);
        if (json_object_get(object, name) != NULL)
            return object;
        json_decref(object);
    }
    return NULL;
}

static int
tool_end_read(const json_t *object, const struct token_form *form,
              int64_t *ret_expires_at)
{
    const json_t *local = json_object_get(object, form->local_end);

    if (moment_read(json_object_get(object, form->end), ret_expires_at) == 0)
        return 0;
    if (!json_is_string(local))
        return -1;
    return token_time_local(json_string_value(local), ret_expires_at);
}

int
token_response_parse_tool(const char *bytes, size_t length,
                          const struct token_form *form,
                          struct access_token *ret_token, struct error *err)
{
    AUTOBUFFER text = BUFFER_SECRET_INIT(3 * TOKEN_RESPONSE_CEILING);
    struct access_token token = { NULL, 0, 0 };

    if (text_repair(&text, bytes, length, err) < 0)
        return -1;
    json_auto_t *object =
        tool_object_find(buffer_text(&text), text.length, form->token);
    if (object == NULL)
        return error_set(err, "the answer holds no %s", form->token);
    if (tool_end_read(object, form, &token.expires_at) < 0)
        return error_set(err, "the answer does not say when its token ends");
    if (value_copy(object, form->token, form->type, &token.value, err) < 0)
        return -1;
    *ret_token = token;
    return 0;
}
