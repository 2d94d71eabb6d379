/* SPDX-License-Identifier: Apache-2.0 */
/* The ways in which a program gets a token for a person: one file each, one
 * row each in the table of user_grant.c. They need no secret: the program is
 * a public client, such as the Azure CLI itself, or any of the tenant's. */
#ifndef EMULATOR_ENTRA_USER_GRANT_H
#define EMULATOR_ENTRA_USER_GRANT_H

#include <stdbool.h>

#include "entra/form.h"
#include "estate/estate.h"
#include "server/exchange.h"

/* The Azure CLI's own application, which every tenant has. */
#define USER_GRANT_AZURE_CLI "04b07795-8ddb-461a-bbee-02f9e1bf7b46"

/* Whether a grant_type is one of these. */
bool user_grant_is(const char *type);

/* Answers a token request of such a type. */
void user_grant_post(struct exchange *exchange, const struct form *form);

/* The tenant of the path, where organizations and common stand for the
 * first. NULL, answered, for others. */
const struct tenant *user_grant_tenant(struct exchange *exchange);

/* The application's id in the form, where it is one of the tenant's or the
 * Azure CLI's. NULL, answered, for others. */
const char *user_grant_client(struct exchange *exchange,
                              const struct form *form,
                              const struct tenant *tenant);

/* What a way makes of a request: the tenant of the person who signed in;
 * NULL where it has answered itself. */
struct user_grant_request {
    struct exchange *exchange;
    const struct form *form;
    const struct tenant *tenant; /* of the path */
    const char *client;
};

const struct tenant *grant_device_code(
    const struct user_grant_request *request);
const struct tenant *grant_refresh_token(
    const struct user_grant_request *request);

#endif
