/* SPDX-License-Identifier: Apache-2.0 */
/* When a write takes effect: at once, unless a fault says otherwise. */
#ifndef EMULATOR_ARM_WRITE_H
#define EMULATOR_ARM_WRITE_H

#include "estate/estate.h"
#include "server/exchange.h"

/* Puts next in the place of the subscription's contacts, or does with it
 * what the exchange's fault demands. next is empty afterwards. */
void write_commit(struct exchange *exchange, struct contacts *next);

/* Lets a write that was held back take effect, if its time has come; to be
 * called once per request for contacts of the subscription. */
void write_settle(struct subscription *subscription);

#endif
