/* SPDX-License-Identifier: Apache-2.0 */
/* What a tool says, without secrets. */
#include "identity/token/redaction.h"

#include <string.h>
#include <strings.h>

#include "base/cleanup.h"

/* Of a word that is shown: a UUID has 36. */
enum { REDACTION_WORD_CEILING = 40 };

#define REDACTION_LETTERS        \
    "ABCDEFGHIJKLMNOPQRSTUVWXYZ" \
    "abcdefghijklmnopqrstuvwxyz" \
    "0123456789-_"

static const char redacted[] = "REDACTED";

/* How many of the bytes at text, up to end, are among these. */
static size_t
span(const char *text, const char *end, const char *among)
{
    const char *at = text;

    while (at < end && *at != '\0' && strchr(among, *at) != NULL)
        at++;
    return (size_t) (at - text);
}

/* "access_token=" and `"accessToken": "`: how long that is, up to the value
 * that is to be hidden; 0 where this is something else, such as "code: 5",
 * which people need. */
static size_t
name_length(const char *text, const char *end)
{
    static const char *const names[] = { "token", "secret", "password",
                                         "assertion", "code" };

    for (size_t i = 0; i < ARRAY_LENGTH(names); i++) {
        const size_t length = strlen(names[i]);
        if ((size_t) (end - text) < length
            || strncasecmp(text, names[i], length) != 0)
            continue;
        const char *at = text + length;
        at += span(at, end, "\\\"'");
        at += span(at, end, " ");
        if (at == end || (*at != '=' && *at != ':'))
            return 0;
        const char separator = *at++;
        at += span(at, end, " \\");
        const size_t quotes = span(at, end, "\"'");
        if (separator == ':' && quotes == 0)
            return 0;
        return (size_t) (at - text) + (quotes > 0 ? 1 : 0);
    }
    return 0;
}

/* Up to the quote that began it, else to what ends a field of a form or a
 * word of a sentence. */
static const char *
value_end(const char *text, const char *end)
{
    const char quote = text[-1];
    const bool quoted = quote == '"' || quote == '\'';
    const char *at = text;

    while (at < end
           && (quoted ? *at != quote : strchr(" \t&,;\"'", *at) == NULL))
        at++;
    return at;
}

/* Where quotes are missing, what seems to be a value may end in another name,
 * whose value is then a part of it. */
static size_t
value_length(const char *text, const char *end)
{
    const char *stop = value_end(text, end);

    for (const char *at = text; at < stop; at++) {
        const size_t name = name_length(at, end);
        if (name > (size_t) (stop - at))
            stop = value_end(at + name, end);
    }
    return (size_t) (stop - text);
}

/* A token in compact form, or digits without an end. */
static size_t
secret_length(const char *text, const char *end)
{
    const size_t word = span(text, end, REDACTION_LETTERS "+/=");

    if (end - text > 3 && memcmp(text, "eyJ", 3) == 0)
        return span(text, end, REDACTION_LETTERS "+/=.");
    return word > REDACTION_WORD_CEILING ? word : 0;
}

int
redaction_append(struct buffer *target, const char *text, size_t length)
{
    const char *end = text + length;
    bool inside = false; /* a word: it was looked at as a whole */

    while (text < end) {
        const size_t name = name_length(text, end);
        size_t secret = 0;
        if (name > 0) {
            (void) buffer_append(target, text, name);
            text += name;
            secret = value_length(text, end);
        } else if (!inside) {
            secret = secret_length(text, end);
        }
        if (secret > 0)
            (void) buffer_append_text(target, redacted);
        text += secret;
        if (name == 0 && secret == 0) {
            inside = span(text, end, REDACTION_LETTERS "/+") > 0;
            (void) buffer_append_byte(target, *text++);
        } else {
            inside = false;
        }
    }
    return buffer_failed(target) ? -1 : 0;
}
