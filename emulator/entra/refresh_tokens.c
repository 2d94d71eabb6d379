/* SPDX-License-Identifier: Apache-2.0 */
/* Refresh tokens. */
#include "entra/refresh_tokens.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "base/random.h"
#include "token/base64url.h"

enum { REMEMBERED = 1024, VALUE_BYTES = 48 };

struct refresh_tokens {
    size_t next; /* to be overwritten */
    struct refresh_token tokens[REMEMBERED];
};

struct refresh_tokens *
refresh_tokens_new(void)
{
    return calloc(1, sizeof(struct refresh_tokens));
}

void
refresh_tokens_free(struct refresh_tokens *tokens)
{
    free(tokens);
}

const struct refresh_token *
refresh_tokens_issue(struct refresh_tokens *tokens,
                     const struct tenant *tenant, const char *client)
{
    struct refresh_token *token = &tokens->tokens[tokens->next];
    struct buffer encoded = BUFFER_INIT(REFRESH_TOKEN_SIZE);
    unsigned char bytes[VALUE_BYTES];

    tokens->next = (tokens->next + 1) % REMEMBERED;
    random_fill(bytes, sizeof(bytes));
    base64url_encode(&encoded, bytes, sizeof(bytes));
    snprintf(token->value, sizeof(token->value), "1.%s",
             buffer_text(&encoded));
    snprintf(token->client, sizeof(token->client), "%s", client);
    token->tenant = tenant;
    buffer_done(&encoded);
    return token;
}

const struct refresh_token *
refresh_tokens_find(const struct refresh_tokens *tokens, const char *value)
{
    for (size_t i = 0; i < REMEMBERED; i++)
        if (tokens->tokens[i].value[0] != '\0'
            && strcmp(tokens->tokens[i].value, value) == 0)
            return &tokens->tokens[i];
    return NULL;
}
