/* SPDX-License-Identifier: Apache-2.0 */
/* Answers that repeat what they were sent. */
#include "net/http/echo.h"

#include <stdlib.h>
#include <string.h>

#include "base/cleanup.h"
#include "base/secret.h"
#include "base/text.h"
#include "net/http/trace.h"

/* What is shorter guards nothing, and stands in many a word. */
enum { ECHO_SECRET_LEAST = 8 };

static void
value_blank(struct buffer *body, const char *value)
{
    const size_t length = strlen(value);

    if (length < ECHO_SECRET_LEAST || body->length == 0)
        return;
    char *at = (char *) body->data;
    const char *end = at + body->length;
    while ((at = memmem(at, (size_t) (end - at), value, length)) != NULL) {
        memset(at, '*', length);
        at += length;
    }
}

/* What stands behind the scheme; NULL where that is none, or too short. */
static const char *
token_of(const char *authorization)
{
    const char *blank = strrchr(authorization, ' ');

    return blank != NULL && strlen(blank + 1) >= ECHO_SECRET_LEAST ? blank + 1
                                                                   : NULL;
}

void
echo_blank_token(struct buffer *body, const char *authorization)
{
    const char *token = token_of(authorization);

    if (token != NULL)
        value_blank(body, token);
}

bool
echo_has_token(const char *text, const char *authorization)
{
    const char *token = token_of(authorization);

    return token != NULL && strstr(text, token) != NULL;
}

/* "Authorization: Bearer eyJ…" holds a scheme beside its secret. */
static void
header_blank(struct buffer *body, const char *line)
{
    const char *colon = strchr(line, ':');

    if (colon == NULL || trace_shows_header_line(line))
        return;
    const char *value = colon + 1 + strspn(colon + 1, " \t");
    const char *blank = strrchr(value, ' ');
    value_blank(body, value);
    if (blank != NULL)
        value_blank(body, blank + 1);
}

static int
digit_value(char digit)
{
    static const char digits[] = "0123456789abcdef";
    const char low =
        digit >= 'A' && digit <= 'F' ? (char) (digit - 'A' + 'a') : digit;
    const char *at = low != '\0' ? strchr(digits, low) : NULL;

    return at != NULL ? (int) (at - digits) : -1;
}

/* In place: what "%41" stands for is shorter. */
static void
unescape(char *text)
{
    char *to = text;

    for (const char *from = text; *from != '\0'; from++) {
        const int high = *from == '%' ? digit_value(from[1]) : -1;
        const int low = high >= 0 ? digit_value(from[2]) : -1;
        if (low >= 0)
            from += 2;
        *to++ = low >= 0 ? (char) (high * 16 + low) : *from;
    }
    explicit_bzero(to, strlen(to));
}

static bool
name_is_secret(const char *name, size_t length)
{
    static const char *const ends[] = { "secret", "assertion", "token",
                                        "code" };

    for (size_t i = 0; i < ARRAY_LENGTH(ends); i++) {
        const size_t size = strlen(ends[i]);
        if (length >= size
            && strncmp(name + length - size, ends[i], size) == 0)
            return true;
    }
    return false;
}

static int
form_blank(struct buffer *body, const struct request *request)
{
    AUTOSECRET char *form = secret_copy_part(request->body, request->length);
    const char *at = form;

    while (at != NULL && *at != '\0') {
        const size_t field = strcspn(at, "&");
        const size_t name = strcspn(at, "=&");
        if (name < field && name_is_secret(at, name)) {
            AUTOSECRET char *value =
                secret_copy_part(at + name + 1, field - name - 1);
            if (value == NULL)
                return -1;
            value_blank(body, value);
            unescape(value);
            value_blank(body, value);
        }
        at += field + (at[field] == '&' ? 1 : 0);
    }
    return form != NULL ? 0 : -1;
}

int
echo_blank(struct buffer *body, const struct request *request)
{
    static const char form[] = "content-type: application/x-www-form";
    const char *line = request->headers;
    bool is_form = false;

    for (unsigned i = 0; i < request->header_count; i++) {
        is_form = is_form || text_starts_with_ignoring_case(line, form);
        header_blank(body, line);
        line += strlen(line) + 1;
    }
    if (!is_form || request->body == NULL || form_blank(body, request) == 0)
        return 0;
    buffer_clear(body);
    return -1;
}
