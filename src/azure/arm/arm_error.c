/* SPDX-License-Identifier: Apache-2.0 */
/* Why ARM did not give what was asked. */
#include "azure/arm/arm_error.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "azure/arm/arm_json.h"
#include "base/buffer.h"
#include "base/cleanup.h"
#include "base/text.h"

enum {
    /* ARM's longest messages name every policy that refused a write. */
    ARM_ERROR_TEXT_CEILING = 16 * 1024,
    /* How much of an answer that is not ARM's is worth showing. */
    ARM_ERROR_GLIMPSE = 80,
};

/* Copies bytes as valid UTF-8, at most the ceiling of them. */
static char *
copy_text(const char *bytes, size_t length)
{
    AUTOBUFFER text = BUFFER_INIT(4 * ARM_ERROR_TEXT_CEILING);

    if (length > ARM_ERROR_TEXT_CEILING)
        length = ARM_ERROR_TEXT_CEILING;
    text_repair_utf8(&text, bytes, length);
    return buffer_take(&text, NULL);
}

static char *
copy_header(const struct http_response *response, const char *name)
{
    const char *value = http_response_header(response, name);

    return value != NULL && *value != '\0' ? copy_text(value, strlen(value))
                                           : NULL;
}

/* Code and message of {"error":{…}}, of the same without its wrapping, or
 * with odata.error around it. Borrowed from document. */
static void
find_words(const json_t *document, const char **ret_code,
           const char **ret_message)
{
    static const char *const wrappings[] = { "error", "odata.error" };
    const json_t *inner = document;

    for (size_t i = 0; i < ARRAY_LENGTH(wrappings); i++)
        if (json_is_object(json_object_get(document, wrappings[i])))
            inner = json_object_get(document, wrappings[i]);
    *ret_code = json_string_value(json_object_get(inner, "code"));
    *ret_message = json_string_value(json_object_get(inner, "message"));
    /* Entra's and some gateways' form: {"error":"code",…}. */
    if (*ret_code == NULL)
        *ret_code = json_string_value(json_object_get(document, "error"));
    if (*ret_message == NULL)
        *ret_message =
            json_string_value(json_object_get(document, "error_description"));
}

static enum arm_origin
origin_of(const struct http_response *response)
{
    if (text_equal_ignoring_case(
            http_response_header(response, "x-ms-failure-cause"), "gateway"))
        return ARM_ORIGIN_GATEWAY;
    /* Whatever passed through ARM carries its request id. */
    return http_response_header(response, "x-ms-request-id") != NULL
               ? ARM_ORIGIN_PROVIDER
               : ARM_ORIGIN_FOREIGN;
}

static char *
describe_foreign(const struct http_response *response)
{
    AUTOBUFFER text = BUFFER_INIT(4 * ARM_ERROR_TEXT_CEILING);
    const char *type = http_response_header(response, "content-type");
    const char *glimpse = response->body;
    size_t length = response->length;

    text_trim(&glimpse, &length);
    if (length == 0) {
        buffer_append_text(&text, "an empty answer");
        return buffer_take(&text, NULL);
    }
    buffer_append_text(&text, "an answer that is not ARM's JSON (");
    if (type != NULL)
        text_repair_utf8(&text, type, strnlen(type, ARM_ERROR_TEXT_CEILING));
    else
        buffer_append_text(&text, "of no type");
    buffer_append_text(&text, "): ");
    text_repair_utf8(&text, glimpse,
                     length < ARM_ERROR_GLIMPSE ? length : ARM_ERROR_GLIMPSE);
    if (length > ARM_ERROR_GLIMPSE)
        buffer_append_text(&text, "...");
    return buffer_take(&text, NULL);
}

/* Where the answer points elsewhere: tokens do not follow. */
static char *
describe_redirect(const struct http_response *response)
{
    AUTOBUFFER text = BUFFER_INIT(4 * ARM_ERROR_TEXT_CEILING);
    const char *location = http_response_header(response, "location");

    buffer_append_text(&text, "a redirect, which is not followed");
    if (location != NULL) {
        buffer_append_text(&text, ": ");
        text_repair_utf8(&text, location,
                         strnlen(location, ARM_ERROR_TEXT_CEILING));
    }
    return buffer_take(&text, NULL);
}

static bool
is_redirect(const struct http_response *response)
{
    return response->status >= 300 && response->status < 400;
}

static int
finish(struct arm_error *made, struct arm_error *ret_error)
{
    if (made->code == NULL || made->message == NULL) {
        arm_error_done(made);
        return -1;
    }
    *ret_error = *made;
    return 0;
}

static const char *
code_of_failure(enum http_failure failure)
{
    switch (failure) {
    case HTTP_FAILURE_CANCELLED:
        return ARM_CODE_INTERRUPTED;
    case HTTP_FAILURE_WITHHELD:
        return ARM_CODE_WITHHELD;
    case HTTP_FAILURE_REFUSED:
        return ARM_CODE_SIGN_IN_FAILED;
    case HTTP_FAILURE_FOREIGN:
        return ARM_CODE_FOREIGN;
    case HTTP_FAILURE_TOO_LARGE:
        return ARM_CODE_NOT_UNDERSTOOD;
    default:
        return ARM_CODE_NO_ANSWER;
    }
}

static int
read_failure(const struct http_response *response, struct arm_error *ret_error)
{
    struct arm_error made = ARM_ERROR_INIT;
    const char *reason = response->failure == HTTP_FAILURE_CANCELLED
                             ? "interrupted"
                         : response->reason != NULL ? response->reason
                                                    : "no answer";

    made.sent = response->sent;
    made.code = strdup(code_of_failure(response->failure));
    made.message = copy_text(reason, strlen(reason));
    if (response->advice != NULL)
        made.advice = copy_text(response->advice, strlen(response->advice));
    return finish(&made, ret_error);
}

int
arm_error_read(const struct http_response *response,
               struct arm_error *ret_error)
{
    struct arm_error made = ARM_ERROR_INIT;
    const char *code = NULL, *message = NULL;

    if (response->failure != HTTP_FAILURE_NONE)
        return read_failure(response, ret_error);
    AUTOJSON json_t *document = arm_json_parse(
        response->body, response->length, &arm_json_ceiling, NULL);
    find_words(document, &code, &message);
    made.http_status = response->status;
    made.request_id = copy_header(response, "x-ms-request-id");
    made.origin = origin_of(response);
    made.code = code != NULL ? copy_text(code, strlen(code))
                             : copy_header(response, "x-ms-error-code");
    if (message != NULL)
        made.message = copy_text(message, strlen(message));
    else if (is_redirect(response))
        made.message = describe_redirect(response);
    else
        made.message = describe_foreign(response);
    if (made.code == NULL && is_redirect(response))
        made.code = strdup(ARM_CODE_REDIRECTED);
    if (made.code == NULL && response->status == 429)
        made.code = strdup("TooManyRequests");
    if (made.code == NULL)
        made.code = strdup(ARM_CODE_NOT_UNDERSTOOD);
    return finish(&made, ret_error);
}

/* Our own word about an answer that came. */
static int
say(const char *code, const struct http_response *response, const char *why,
    struct arm_error *ret_error)
{
    struct arm_error made = ARM_ERROR_INIT;

    made.http_status = response->status;
    made.request_id = copy_header(response, "x-ms-request-id");
    made.origin = origin_of(response);
    made.code = strdup(code);
    made.message =
        why != NULL ? copy_text(why, strlen(why)) : describe_foreign(response);
    return finish(&made, ret_error);
}

int
arm_error_not_understood(const struct http_response *response, const char *why,
                         struct arm_error *ret_error)
{
    return say(ARM_CODE_NOT_UNDERSTOOD, response, why, ret_error);
}

int
arm_error_foreign(const struct http_response *response, const char *why,
                  struct arm_error *ret_error)
{
    return say(ARM_CODE_FOREIGN, response, why, ret_error);
}

bool
arm_error_has_code(const struct arm_error *error, const char *code)
{
    const char *left = error->code;

    while (*left != '\0' || *code != '\0') {
        const char pair[2][2] = { { *left, '\0' }, { *code, '\0' } };
        if (*left == ' ')
            left++;
        else if (*code == ' ')
            code++;
        else if (!text_equal_ignoring_case(pair[0], pair[1]))
            return false;
        else {
            left++;
            code++;
        }
    }
    return true;
}

bool
arm_error_is_uncertain(const struct arm_error *error)
{
    if (error->http_status == 0)
        return error->sent;
    return error->http_status < 300 || error->http_status == 408
           || error->http_status >= 500;
}

int64_t
arm_error_retry_after(const char *body)
{
    static const char phrase[] = "try again after '";
    const char *digits = strstr(body, phrase);
    int64_t seconds = 0;

    if (digits == NULL)
        return -1;
    digits += sizeof(phrase) - 1;
    if (*digits < '0' || *digits > '9')
        return -1;
    for (; *digits >= '0' && *digits <= '9' && seconds < 100000; digits++)
        seconds = seconds * 10 + (*digits - '0');
    return seconds * 1000;
}

int
arm_error_to_error(const struct arm_error *error, struct error *err)
{
    AUTOBUFFER text = BUFFER_INIT(8 * ARM_ERROR_TEXT_CEILING);

    /* One line: what Azure sends may not look like a line of ours. */
    if (error->http_status != 0) {
        buffer_printf(&text, "HTTP %d ", error->http_status);
        text_append_printable(&text, error->code);
        buffer_append_text(&text, ": ");
    }
    text_append_printable(&text, error->message);
    if (error->request_id != NULL) {
        buffer_append_text(&text, " (request ");
        text_append_printable(&text, error->request_id);
        buffer_append_text(&text, ")");
    }
    if (buffer_failed(&text))
        return error_set_memory(err);
    error_set(err, "%s", buffer_text(&text));
    if (error->advice != NULL)
        error_advise(err, "%s", error->advice);
    return -1;
}

void
arm_error_done(struct arm_error *error)
{
    free(error->code);
    free(error->message);
    free(error->request_id);
    free(error->advice);
    *error = (struct arm_error) ARM_ERROR_INIT;
}
