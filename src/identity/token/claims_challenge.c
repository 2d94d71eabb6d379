/* SPDX-License-Identifier: Apache-2.0 */
/* The claims that ARM asks for in a 401 answer. */
#include "identity/token/claims_challenge.h"

#include <jansson.h>
#include <stdbool.h>
#include <string.h>

#include "base/buffer.h"
#include "base/text.h"
#include "identity/token/base64.h"
#include "identity/token/json_answer.h"

/* One challenge, as far as it has been read. */
struct challenge {
    bool bearer;
    bool asks; /* its error is one that comes with claims */
    struct buffer claims;
};

static const char *
blanks_skip(const char *text)
{
    return text + strspn(text, " \t");
}

/* The length of a token of RFC 9110 5.6.2. */
static size_t
token_length(const char *text)
{
    return strspn(text, "!#$%&'*+-.^_`|~0123456789"
                        "abcdefghijklmnopqrstuvwxyz"
                        "ABCDEFGHIJKLMNOPQRSTUVWXYZ");
}

/* Appends a token or a quoted string to value; returns what follows it. */
static const char *
value_read(const char *text, struct buffer *value)
{
    if (*text != '"') {
        const size_t length = strcspn(text, " \t,");
        buffer_append(value, text, length);
        return text + length;
    }
    for (text++; *text != '\0' && *text != '"'; text++) {
        if (*text == '\\' && text[1] != '\0')
            text++;
        buffer_append_byte(value, *text);
    }
    return *text == '"' ? text + 1 : text;
}

static void
parameter_note(struct challenge *challenge, const char *name, size_t length,
               struct buffer *value)
{
    if (length == 5 && strncasecmp(name, "error", 5) == 0) {
        const char *error = buffer_text(value);
        challenge->asks =
            text_equal_ignoring_case(error, "insufficient_claims")
            || text_equal_ignoring_case(error, "invalid_token");
    } else if (length == 6 && strncasecmp(name, "claims", 6) == 0) {
        buffer_clear(&challenge->claims);
        buffer_append(&challenge->claims, buffer_text(value), value->length);
    }
}

static char *
claims_decode(const struct challenge *challenge)
{
    AUTOBUFFER claims = BUFFER_INIT(CLAIMS_CHALLENGE_CEILING);
    const struct buffer *encoded = &challenge->claims;

    if (!challenge->bearer || !challenge->asks || buffer_failed(encoded)
        || encoded->length == 0
        || base64_decode(&claims, buffer_text(encoded), encoded->length) < 0)
        return NULL;
    json_auto_t *object =
        json_answer_parse(buffer_text(&claims), claims.length, 0, NULL);
    return object != NULL ? buffer_take(&claims, NULL) : NULL;
}

char *
claims_challenge_read(const char *header)
{
    AUTOBUFFER value = BUFFER_INIT(2 * CLAIMS_CHALLENGE_CEILING);
    struct challenge challenge = { .claims = BUFFER_INIT(
                                       2 * CLAIMS_CHALLENGE_CEILING) };
    char *claims = NULL;

    while (header != NULL && claims == NULL) {
        header += strspn(header, " \t,");
        const char *name = header;
        const size_t length = token_length(header);
        header = blanks_skip(header + length);
        if (length > 0 && *header == '=') {
            buffer_clear(&value);
            header = value_read(blanks_skip(header + 1), &value);
            parameter_note(&challenge, name, length, &value);
            continue;
        }
        /* Another scheme, or the end: judge the challenge before it. */
        claims = claims_decode(&challenge);
        buffer_clear(&challenge.claims);
        challenge.asks = false;
        challenge.bearer = length == 6 && strncasecmp(name, "Bearer", 6) == 0;
        if (*name == '\0')
            break;
        if (length == 0)
            header++; /* a character that has no place here */
    }
    buffer_done(&challenge.claims);
    return claims;
}
