/* SPDX-License-Identifier: Apache-2.0 */
/* An assertion of an issuer that the client trusts. */
#include <string.h>

#include "base/text.h"
#include "entra/assertion.h"
#include "entra/entra_error.h"
#include "entra/oidc_issuers.h"
#include "server/world.h"

/* How far the best of the client's credentials agrees with the token. */
enum agreement { OTHER_ISSUER, OTHER_SUBJECT, OTHER_AUDIENCE, AGREES };

static enum agreement
agreement_of(const struct federated_credential *credential,
             const struct federated_credential *presented)
{
    if (strcmp(credential->issuer, presented->issuer) != 0)
        return OTHER_ISSUER;
    if (strcmp(credential->subject, presented->subject) != 0)
        return OTHER_SUBJECT;
    if (strcmp(credential->audience, presented->audience) != 0)
        return OTHER_AUDIENCE;
    return AGREES;
}

static void
refuse_match(const struct grant_request *request, enum agreement best,
             const struct federated_credential *presented)
{
    static const struct {
        const struct entra_error *kind;
        const char *what;
    } words[] = {
        [OTHER_ISSUER] = { &entra_federated_issuer, "issuer" },
        [OTHER_SUBJECT] = { &entra_federated_subject, "subject" },
        [OTHER_AUDIENCE] = { &entra_federated_audience, "audience" },
    };
    const char *const values[] = { presented->issuer, presented->subject,
                                   presented->audience };

    entra_refuse(request->exchange, words[best].kind,
                 "No matching federated identity record found for presented "
                 "assertion %s '%s'. Check your federated identity "
                 "credential Subject, Audience and Issuer against the "
                 "presented assertion. https://learn.microsoft.com/entra/"
                 "workload-id/workload-identity-federation",
                 words[best].what, values[best]);
}

static bool
match_check(const struct grant_request *request,
            const struct federated_credential *presented)
{
    const struct client *client = request->client;
    enum agreement best = OTHER_ISSUER;

    if (client->federated_count == 0) {
        entra_refuse(request->exchange, &entra_not_federated,
                     "The client '%s'(%s) has no configured federated "
                     "identity credentials.",
                     client->id, client->name);
        return false;
    }
    for (size_t i = 0; i < client->federated_count; i++) {
        const enum agreement one =
            agreement_of(&client->federated[i], presented);
        best = one > best ? one : best;
    }
    if (best == AGREES)
        return true;
    refuse_match(request, best, presented);
    return false;
}

static bool
signature_check(const struct grant_request *request,
                const struct json_web_token *token, const char *issuer)
{
    EVP_PKEY *key =
        oidc_issuers_key(request->exchange->world->issuers, issuer);

    if (key == NULL)
        entra_refuse(request->exchange, &entra_issuer_unreachable,
                     "Request to External OIDC endpoint failed.");
    else if (!json_web_token_is_signed(token, key))
        entra_refuse(request->exchange, &entra_bad_signature,
                     "Client assertion failed signature validation.");
    else
        return true;
    return false;
}

bool
assertion_federated_check(const struct grant_request *request,
                          const struct json_web_token *token)
{
    const struct federated_credential presented = {
        .issuer = json_web_token_claim(token, "iss"),
        .subject = json_web_token_claim(token, "sub"),
        .audience = json_web_token_claim(token, "aud"),
    };

    if (presented.issuer == NULL || presented.subject == NULL
        || presented.audience == NULL) {
        entra_refuse(request->exchange, &entra_bad_token,
                     "JWT token is invalid or malformed.");
        return false;
    }
    return match_check(request, &presented)
           && signature_check(request, token, presented.issuer)
           && assertion_time_check(request, token);
}
