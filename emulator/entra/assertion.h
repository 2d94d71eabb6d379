/* SPDX-License-Identifier: Apache-2.0 */
/* A JWT in the place of a client's secret: what Entra checks. Each of these
 * returns true where all is well; else it has answered. */
#ifndef EMULATOR_ENTRA_ASSERTION_H
#define EMULATOR_ENTRA_ASSERTION_H

#include <stdbool.h>

#include "entra/grant.h"
#include "token/json_web_token.h"

/* The client's own, signed with the key of a registered certificate. */
bool assertion_certificate_check(const struct grant_request *request,
                                 const struct json_web_token *token);

/* That of an issuer that the client trusts. */
bool assertion_federated_check(const struct grant_request *request,
                               const struct json_web_token *token);

/* That it has begun, and has not ended. */
bool assertion_time_check(const struct grant_request *request,
                          const struct json_web_token *token);

#endif
