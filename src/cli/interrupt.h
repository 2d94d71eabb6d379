/* SPDX-License-Identifier: Apache-2.0 */
/* Ctrl-C and SIGTERM, delivered through the loop. */
#ifndef PIKET_CLI_INTERRUPT_H
#define PIKET_CLI_INTERRUPT_H

#include "base/error.h"
#include "http/loop.h"

struct interrupt;

/* Calls back, from loop_run, for the first SIGINT or SIGTERM. A second one
 * ends the process at once, as without us. */
int interrupt_watch(struct interrupt **ret_interrupt, struct loop *loop,
                    void (*callback)(void *data), void *data,
                    struct error *err);

/* The signal that came, 0 for none. */
int interrupt_signal(const struct interrupt *interrupt);

/* Gives the signals their usual meaning back. NULL is allowed. */
void interrupt_end(struct interrupt *interrupt);

#endif
