/* SPDX-License-Identifier: Apache-2.0 */
/* What happens to each request: faults, the answer, the headers that all
 * answers have, the log. */
#ifndef EMULATOR_FRONT_H
#define EMULATOR_FRONT_H

#include "server/server.h"

extern const struct server_handler front_handler;

#endif
