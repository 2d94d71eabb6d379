/* SPDX-License-Identifier: Apache-2.0 */
/* Applications in estate files. */
#ifndef EMULATOR_ESTATE_ESTATE_CLIENT_H
#define EMULATOR_ESTATE_ESTATE_CLIENT_H

#include <jansson.h>

#include "estate/estate.h"

/* Reads the tenant's clients; path is the tenant's place. */
int estate_clients_read(struct estate *estate, struct tenant *tenant,
                        json_t *values, const char *path, struct error *err);

/* Appends one as JSON. */
int estate_client_write(const struct client *client, struct buffer *target);

/* Makes room in the client for one more certificate, and keeps it. */
int estate_client_register(struct estate *estate, struct client *client,
                           const char *certificate);

/* Gives the client a federated credential for each issuer that is played. */
int estate_client_federate(struct estate *estate, struct client *client);

#endif
