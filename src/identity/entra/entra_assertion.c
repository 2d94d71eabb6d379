/* SPDX-License-Identifier: Apache-2.0 */
/* Signing in to Entra with a JWT in the place of a secret. */
#include "identity/entra/entra_assertion.h"

#include "base/cleanup.h"

void
entra_assertion_send(struct entra *entra,
                     const struct entra_assertion *assertion,
                     entra_answer *answer, void *data)
{
    static const char type[] =
        "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
    const struct entra_field fields[] = {
        { "grant_type", "client_credentials" },
        { "client_id", assertion->client },
        { "client_assertion_type", type },
        { "client_assertion", assertion->text },
    };
    const struct entra_request request = { assertion->tenant, fields,
                                           ARRAY_LENGTH(fields),
                                           assertion->claims };

    entra_request_send(entra, &request, answer, data);
}
