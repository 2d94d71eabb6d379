/* SPDX-License-Identifier: Apache-2.0 */
/* client_credentials with a client secret. */
#include <string.h>

#include <openssl/crypto.h>

#include "entra/entra_error.h"
#include "entra/grant.h"

bool
grant_client_secret(const struct grant_request *request)
{
    const char *secret = form_value(request->form, "client_secret");
    const size_t length = strlen(request->client->secret);

    if (strlen(secret) == length
        && CRYPTO_memcmp(secret, request->client->secret, length) == 0)
        return true;
    entra_refuse(request->exchange, &entra_bad_secret,
                 "Invalid client secret provided. Ensure the secret being "
                 "sent in the request is the client secret value, not the "
                 "client secret ID, for a secret added to app '%s'.",
                 request->client->id);
    return false;
}
