/* SPDX-License-Identifier: Apache-2.0 */
/* Any bytes as the answer to a token request, as Entra's refusal and as a
 * claims challenge. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "identity/access_token.h"
#include "identity/claims_challenge.h"
#include "identity/entra_error.h"
#include "identity/token_response.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

/* What every token that was taken must be. */
static void
token_check(struct access_token *token)
{
    if (!access_token_is_sane(token->value, strlen(token->value))
        || token->expires_at <= 0
        || (token->refresh_at != 0 && token->refresh_at >= token->expires_at))
        abort();
    json_decref(access_token_claims(token->value));
    access_token_done(token);
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    const char *text = (const char *) bytes;
    struct access_token token = { NULL, 0, 0 };
    struct entra_error refusal = { NULL, NULL, 0 };
    char *header = strndup(text, length);
    AUTOERROR err = ERROR_INIT;

    if (header == NULL)
        return 0;
    if (token_response_parse(text, length, INT64_C(1800000000000), &token,
                             &err)
        == 0)
        token_check(&token);
    if (entra_error_parse(text, length, &refusal) == 0) {
        entra_error_explain(&refusal, &err);
        entra_error_done(&refusal);
    }
    free(claims_challenge_read(header));
    json_decref(access_token_claims(header));
    free(header);
    return 0;
}
