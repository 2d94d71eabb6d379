/* SPDX-License-Identifier: Apache-2.0 */
/* Tokens as ARM checks them. */
#ifndef EMULATOR_ARM_AUTHENTICATION_H
#define EMULATOR_ARM_AUTHENTICATION_H

#include "server/exchange.h"

/* Fills in token and token_hash; false where it has answered 401. */
bool authentication_check(struct exchange *exchange);

/* 401: the token is of another tenant than the subscription. */
void authentication_refuse_tenant(struct exchange *exchange,
                                  const char *wanted);

#endif
