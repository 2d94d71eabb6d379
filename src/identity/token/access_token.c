/* SPDX-License-Identifier: Apache-2.0 */
/* The text of an access token. */
#include "identity/token/access_token.h"

#include <string.h>

#include "base/buffer.h"
#include "base/secret.h"
#include "base/text.h"
#include "identity/token/base64.h"
#include "identity/token/credential.h"
#include "identity/token/json_answer.h"

void
access_token_done(struct access_token *token)
{
    secret_clear(&token->value);
    token->expires_at = 0;
    token->refresh_at = 0;
}

bool
access_token_is_sane(const char *value, size_t length)
{
    if (length == 0 || length > ACCESS_TOKEN_CEILING)
        return false;
    for (size_t i = 0; i < length; i++)
        if (value[i] < 0x21 || value[i] > 0x7e)
            return false;
    return true;
}

json_t *
access_token_claims(const char *value)
{
    AUTOBUFFER bytes = BUFFER_SECRET_INIT(ACCESS_TOKEN_CEILING);
    AUTOBUFFER text = BUFFER_SECRET_INIT(3 * ACCESS_TOKEN_CEILING);
    const char *start = value != NULL ? strchr(value, '.') : NULL;
    const char *end = start != NULL ? strchr(start + 1, '.') : NULL;

    if (end == NULL)
        return NULL;
    start++;
    if (base64_decode(&bytes, start, (size_t) (end - start)) < 0
        || text_repair_utf8(&text, buffer_text(&bytes), bytes.length) < 0)
        return NULL;
    return json_answer_parse(buffer_text(&text), text.length, 0, NULL);
}
