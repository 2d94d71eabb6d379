/* SPDX-License-Identifier: Apache-2.0 */
/* A question that somebody at a terminal answers. */
#ifndef PIKET_CLI_TERMINAL_CONFIRMATION_H
#define PIKET_CLI_TERMINAL_CONFIRMATION_H

#include <stdbool.h>

#include "control/plan/plan.h"
#include "control/run/run.h"

/* Asks on stderr whether so many changes are to be made in these tenants, and
 * reads one line of stdin. Only the whole word "yes", in the language of the
 * question or in English, is consent. The run, which may be NULL, knows the
 * tenants' names. */
bool confirmation_ask(const struct plan *plan, size_t limit,
                      const struct run *run);

/* Asks the question on stderr, with what is demanded below it, and reads the
 * answer: whether it is consent. What was typed before is thrown away. */
bool confirmation_given(const char *question, const char *demand);

#endif
