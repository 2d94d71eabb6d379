/* SPDX-License-Identifier: Apache-2.0 */
/* What clients ask to learn a cloud's addresses. */
#ifndef EMULATOR_ARM_METADATA_H
#define EMULATOR_ARM_METADATA_H

#include "server/exchange.h"

void metadata_endpoints(struct exchange *exchange);

#endif
