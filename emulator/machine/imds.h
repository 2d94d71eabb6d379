/* SPDX-License-Identifier: Apache-2.0 */
/* The instance metadata service of a virtual machine. */
#ifndef EMULATOR_MACHINE_IMDS_H
#define EMULATOR_MACHINE_IMDS_H

#include "server/exchange.h"

/* GET /metadata/identity/oauth2/token. */
void imds_token(struct exchange *exchange);

#endif
