/* SPDX-License-Identifier: Apache-2.0 */
/* The token of another issuer (a cluster, GitHub, Azure DevOps) that Entra
 * takes in the place of a secret: workload identity federation. */
#ifndef PIKET_IDENTITY_FEDERATED_FEDERATED_TOKEN_H
#define PIKET_IDENTITY_FEDERATED_FEDERATED_TOKEN_H

#include <stddef.h>

#include "base/buffer.h"
#include "base/error.h"

/* Whether these bytes are a JWT, blanks around it apart. Returns a copy,
 * which the caller gives to secret_free; NULL where they are not. No error
 * repeats a part of them. */
char *federated_token_copy(const char *bytes, size_t length,
                           struct error *err);

/* Appends, printable, what Entra compares with the application's federated
 * credentials, and which is no secret: "issuer '…', subject '…', audience
 * '…'". Returns 0, or -1 where the buffer is full or memory runs out. */
int federated_token_describe(struct buffer *target, const char *token);

#endif
