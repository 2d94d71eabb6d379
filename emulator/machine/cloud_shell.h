/* SPDX-License-Identifier: Apache-2.0 */
/* The token service within Cloud Shell. */
#ifndef EMULATOR_MACHINE_CLOUD_SHELL_H
#define EMULATOR_MACHINE_CLOUD_SHELL_H

#include "server/exchange.h"

/* POST /oauth2/token with a form that names the resource. There the token is
 * that of the person; here it is that of the system-assigned identity. */
void cloud_shell_token(struct exchange *exchange);

#endif
