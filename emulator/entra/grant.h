/* SPDX-License-Identifier: Apache-2.0 */
/* The ways to get a token: one file each, one row each in the table of
 * token_endpoint.c. */
#ifndef EMULATOR_ENTRA_GRANT_H
#define EMULATOR_ENTRA_GRANT_H

#include "entra/form.h"
#include "estate/estate.h"
#include "server/exchange.h"

/* A token request whose tenant and application are known. */
struct grant_request {
    struct exchange *exchange;
    const struct form *form;
    const struct tenant *tenant;
    const struct client *client;
};

struct grant {
    const char *type;       /* grant_type */
    const char *credential; /* the field that must be there, or NULL */
    /* Returns true where the credential is good; else it has answered. */
    bool (*check)(const struct grant_request *request);
};

bool grant_client_secret(const struct grant_request *request);
bool grant_client_assertion(const struct grant_request *request);

#endif
