/* SPDX-License-Identifier: Apache-2.0 */
/* Every path that is answered. */
#ifndef EMULATOR_ROUTES_H
#define EMULATOR_ROUTES_H

#include "server/exchange.h"

/* Finds what answers exchange->path, lets ARM's checks pass, and has it
 * answered; where nothing does, the answer says so. */
void routes_dispatch(struct exchange *exchange);

#endif
