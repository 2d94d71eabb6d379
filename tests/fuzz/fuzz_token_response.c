/* SPDX-License-Identifier: Apache-2.0 */
/* Any bytes as the answer to a token request, as Entra's refusal and as a
 * claims challenge. A token fits into a header, and ends; a refusal is told in
 * a line; claims are an object, and short enough to be sent. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/cleanup.h"
#include "fuzz.h"
#include "identity/token/access_token.h"
#include "identity/token/claims_challenge.h"
#include "identity/entra/entra_error.h"
#include "identity/token/token_response.h"

/* Of a refusal, with our own words. */
enum { LINE_CEILING = 4096 };

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

static void
refusal_check(const char *text, size_t length)
{
    struct entra_error refusal = { NULL, NULL, 0 };
    AUTOERROR err = ERROR_INIT;

    if (entra_error_parse(text, length, &refusal) < 0)
        return;
    fuzz_expect(fuzz_is_line(refusal.code)
                && fuzz_is_line(refusal.description));
    fuzz_expect(entra_error_explain(&refusal, &err) == -1);
    fuzz_expect(fuzz_is_line(error_message(&err)));
    fuzz_expect(strlen(error_message(&err)) < LINE_CEILING);
    (void) entra_error_is_transient(&refusal);
    entra_error_done(&refusal);
}

static void
challenge_check(const char *header)
{
    AUTOFREE char *claims = claims_challenge_read(header);

    if (claims == NULL)
        return;
    json_t *object = json_loads(claims, 0, NULL);
    fuzz_expect(json_is_object(object)
                && strlen(claims) <= CLAIMS_CHALLENGE_CEILING);
    json_decref(object);
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    const char *text = (const char *) bytes;
    struct access_token token = { NULL, 0, 0 };
    char *header = strndup(text, length);
    AUTOERROR err = ERROR_INIT;

    if (header == NULL)
        return 0;
    if (token_response_parse(text, length, INT64_C(1800000000000), &token,
                             &err)
        == 0)
        token_check(&token);
    refusal_check(text, length);
    challenge_check(header);
    json_decref(access_token_claims(header));
    free(header);
    return 0;
}
