/* SPDX-License-Identifier: Apache-2.0 */
/* GET …/metadata/identity/oauth2/token, which IMDS and the agent of Azure Arc
 * have in common. */
#ifndef EMULATOR_MACHINE_METADATA_TOKEN_H
#define EMULATOR_MACHINE_METADATA_TOKEN_H

#include <stdbool.h>

#include "server/exchange.h"

/* Whether the request has its header and its arguments; else it has
 * answered. */
bool metadata_token_check(struct exchange *exchange);

/* Answers a request that has passed that. echo: the answer names the
 * identity in the words of the request. */
void metadata_token_answer(struct exchange *exchange, bool echo);

#endif
