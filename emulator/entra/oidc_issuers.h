/* SPDX-License-Identifier: Apache-2.0 */
/* The issuers whose tokens Entra takes in the place of a secret: a cluster's,
 * GitHub's and that of Azure DevOps, all played here, with a key that is not
 * Entra's. It is made when it is first needed: that takes longer than all else
 * that is done at start. */
#ifndef EMULATOR_ENTRA_OIDC_ISSUERS_H
#define EMULATOR_ENTRA_OIDC_ISSUERS_H

#include <stdint.h>

#include <openssl/evp.h>

#include "base/buffer.h"
#include "base/error.h"
#include "estate/federated_credential.h"

/* The only service connection of the pipeline. */
extern const char oidc_service_connection[];

struct oidc_issuers;

struct oidc_issuers *oidc_issuers_new(struct error *err);
void oidc_issuers_free(struct oidc_issuers *issuers);

/* What an issuer's token is to say. */
struct oidc_token_request {
    enum federated_issuer issuer; /* and its subject */
    const char *audience;
    int64_t now; /* seconds since 1970 */
    int64_t lifetime;
};

/* Appends a signed token. */
int oidc_issuers_issue(struct oidc_issuers *issuers,
                       const struct oidc_token_request *request,
                       struct buffer *target);

/* The key of the issuer with this name; NULL where it is not played. */
EVP_PKEY *oidc_issuers_key(struct oidc_issuers *issuers, const char *name);

/* What a job shows to get a token; new at each start. */
const char *oidc_issuers_job_token(const struct oidc_issuers *issuers);

#endif
