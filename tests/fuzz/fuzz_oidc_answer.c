/* SPDX-License-Identifier: Apache-2.0 */
/* Any bytes as what a pipeline's issuer answers, and as a cluster's token. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/cleanup.h"
#include "base/secret.h"
#include "identity/token/access_token.h"
#include "identity/federated/federated_token.h"
#include "identity/federated/oidc_answer.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

/* What goes on to Entra may stand in a form, and can be told of. */
static void
token_check(const char *token)
{
    AUTOBUFFER description = BUFFER_INIT(64 * 1024);

    if (!access_token_is_sane(token, strlen(token))
        || federated_token_describe(&description, token) < 0
        || strchr(buffer_text(&description), '\x1b') != NULL)
        abort();
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    static const char *const members[] = { "value", "oidcToken" };
    const char *text = (const char *) bytes;
    AUTOBUFFER complaint = BUFFER_INIT(16 * OIDC_ANSWER_LINE_CEILING);

    for (size_t i = 0; i < ARRAY_LENGTH(members); i++) {
        AUTOERROR err = ERROR_INIT;
        AUTOSECRET char *token =
            oidc_answer_parse(text, length, members[i], &err);
        if (token != NULL)
            token_check(token);
        else if (err.message == NULL)
            abort();
    }
    AUTOERROR err = ERROR_INIT;
    AUTOSECRET char *token = federated_token_copy(text, length, &err);
    if (token != NULL)
        token_check(token);
    oidc_answer_complaint(&complaint, text, length);
    if (buffer_failed(&complaint)
        || strchr(buffer_text(&complaint), '\x1b') != NULL
        || strchr(buffer_text(&complaint), '\n') != NULL)
        abort();
    return 0;
}
