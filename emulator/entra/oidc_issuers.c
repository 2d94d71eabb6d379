/* SPDX-License-Identifier: Apache-2.0 */
/* The issuers whose tokens Entra takes in the place of a secret. */
#include "entra/oidc_issuers.h"

#include <stdlib.h>
#include <string.h>

#include <openssl/rsa.h>

#include "base/cleanup.h"
#include "base/random.h"
#include "token/json_web_token.h"

enum { KEY_BITS = 2048 };

const char oidc_service_connection[] = "5e71ce00-0000-4000-8000-00000000abcd";

struct oidc_issuers {
    EVP_PKEY *key; /* NULL before it is needed */
    char key_id[RANDOM_UUID_SIZE];
    char job_token[RANDOM_UUID_SIZE];
};

struct oidc_issuers *
oidc_issuers_new(struct error *err)
{
    struct oidc_issuers *issuers = calloc(1, sizeof(*issuers));

    if (issuers == NULL) {
        error_set_memory(err);
        return NULL;
    }
    (void) random_uuid(issuers->key_id);
    (void) random_uuid(issuers->job_token);
    return issuers;
}

void
oidc_issuers_free(struct oidc_issuers *issuers)
{
    if (issuers == NULL)
        return;
    EVP_PKEY_free(issuers->key);
    free(issuers);
}

/* NULL where it cannot be made. */
static EVP_PKEY *
key_of(struct oidc_issuers *issuers)
{
    if (issuers->key == NULL)
        issuers->key = EVP_RSA_gen(KEY_BITS);
    return issuers->key;
}

int
oidc_issuers_issue(struct oidc_issuers *issuers,
                   const struct oidc_token_request *request,
                   struct buffer *target)
{
    const struct federated_credential *who =
        &federated_credentials[request->issuer];
    char unique[RANDOM_UUID_SIZE];
    json_t *header = json_pack("{s:s, s:s, s:s}", "typ", "JWT", "alg", "RS256",
                               "kid", issuers->key_id);
    json_t *claims = json_pack(
        "{s:s, s:s, s:s, s:s, s:I, s:I, s:I}", "iss", who->issuer, "sub",
        who->subject, "aud", request->audience, "jti", random_uuid(unique),
        "iat", (json_int_t) request->now, "nbf", (json_int_t) request->now,
        "exp", (json_int_t) (request->now + request->lifetime));

    return json_web_token_sign(target, header, claims, key_of(issuers));
}

EVP_PKEY *
oidc_issuers_key(struct oidc_issuers *issuers, const char *name)
{
    for (size_t i = 0; i < FEDERATED_ISSUERS; i++)
        if (strcmp(federated_credentials[i].issuer, name) == 0)
            return key_of(issuers);
    return NULL;
}

const char *
oidc_issuers_job_token(const struct oidc_issuers *issuers)
{
    return issuers->job_token;
}
