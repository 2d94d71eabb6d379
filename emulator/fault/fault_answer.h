/* SPDX-License-Identifier: Apache-2.0 */
/* What a fault does to an answer. */
#ifndef EMULATOR_FAULT_FAULT_ANSWER_H
#define EMULATOR_FAULT_FAULT_ANSWER_H

#include <stdbool.h>

#include "server/exchange.h"

/* Before the request is handled; returns true where the fault answers in its
 * place. */
bool fault_answer_instead(struct exchange *exchange);

/* Alters the answer, whoever gave it. */
void fault_answer_alter(struct exchange *exchange);

#endif
