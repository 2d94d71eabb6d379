/* SPDX-License-Identifier: Apache-2.0 */
/* What begins a sign-in on another device. */
#include "identity/entra/device_code.h"

#include <jansson.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "base/secret.h"
#include "base/text.h"
#include "identity/token/json_answer.h"

enum {
    DEVICE_CODE_BODY_CEILING = 64 * 1024,
    DEVICE_CODE_TEXT_CEILING = 1024, /* of what is shown */
    DEVICE_CODE_INTERVAL = 5,        /* seconds, where none is given */
    DEVICE_CODE_INTERVAL_CEILING = 300,
    DEVICE_CODE_LIFETIME_CEILING = 24 * 3600,
};

void
device_code_done(struct device_code *code)
{
    secret_free(code->value);
    free(code->user_code);
    free(code->url);
    *code = (struct device_code){ .value = NULL };
}

/* A text that is shown to a person; NULL where it is none, holds what is not
 * printable, or is too long. */
static char *
shown_copy(const json_t *object, const char *name)
{
    const char *text = json_string_value(json_object_get(object, name));
    AUTOBUFFER clean = BUFFER_INIT(4 * DEVICE_CODE_TEXT_CEILING);

    if (text_is_blank(text) || strlen(text) > DEVICE_CODE_TEXT_CEILING
        || strpbrk(text, " \t\r\n") != NULL
        || text_append_printable(&clean, text) < 0
        || strcmp(buffer_text(&clean), text) != 0)
        return NULL;
    return strdup(text);
}

/* Whether a person sees where a page is: in https://microsoft.com@host/ the
 * place is host. */
static bool
url_is_clear(const char *url)
{
    static const char scheme[] = "https://";

    if (strncmp(url, scheme, strlen(scheme)) != 0)
        return false;
    const char *host = url + strlen(scheme);
    const size_t length = strcspn(host, "/?#");
    return length > 0 && memchr(host, '@', length) == NULL
           && memchr(host, '\\', length) == NULL;
}

/* Seconds as milliseconds; least where they are not there, and within both
 * ends where they are. */
static int64_t
seconds_read(const json_t *value, int64_t least, int64_t most)
{
    const json_int_t seconds = json_integer_value(value);

    if (seconds < least)
        return least * 1000;
    return (seconds < most ? seconds : most) * 1000;
}

int
device_code_parse(const char *bytes, size_t length,
                  struct device_code *ret_code, struct error *err)
{
    AUTOBUFFER text = BUFFER_SECRET_INIT(3 * DEVICE_CODE_BODY_CEILING);
    struct device_code code = { .value = NULL };

    if (length > DEVICE_CODE_BODY_CEILING
        || text_repair_utf8(&text, bytes, length) < 0)
        return error_set(err, "the answer is too long, or memory ran out");
    json_auto_t *object =
        json_answer_parse(buffer_text(&text), text.length, 0, err);
    if (object == NULL)
        return -1;
    const json_t *interval = json_object_get(object, "interval");

    code.value =
        secret_copy(json_string_value(json_object_get(object, "device_code")));
    code.user_code = shown_copy(object, "user_code");
    code.url = shown_copy(object, "verification_uri");
    code.interval =
        json_is_integer(interval)
            ? seconds_read(interval, 1, DEVICE_CODE_INTERVAL_CEILING)
            : DEVICE_CODE_INTERVAL * 1000;
    code.remaining = seconds_read(json_object_get(object, "expires_in"), 0,
                                  DEVICE_CODE_LIFETIME_CEILING);
    if (code.value != NULL && code.user_code != NULL && code.url != NULL
        && url_is_clear(code.url) && code.remaining > 0) {
        *ret_code = code;
        return 0;
    }
    device_code_done(&code);
    return error_set(err, "the answer holds no code to sign in with");
}
