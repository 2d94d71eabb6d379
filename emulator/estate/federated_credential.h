/* SPDX-License-Identifier: Apache-2.0 */
/* Whose tokens an application takes in the place of its secret. */
#ifndef EMULATOR_ESTATE_FEDERATED_CREDENTIAL_H
#define EMULATOR_ESTATE_FEDERATED_CREDENTIAL_H

#include <stddef.h>

struct federated_credential {
    const char *issuer;
    const char *subject;
    const char *audience;
};

/* The issuers that the emulator plays, and who is signed in by them. */
enum federated_issuer {
    FEDERATED_CLUSTER,
    FEDERATED_GITHUB,
    FEDERATED_PIPELINES,
    FEDERATED_ISSUERS
};

/* What an application has that the estate says nothing of: one for each
 * issuer. */
extern const struct federated_credential
    federated_credentials[FEDERATED_ISSUERS];

#endif
