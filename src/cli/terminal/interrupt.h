/* SPDX-License-Identifier: Apache-2.0 */
/* Ctrl-C and SIGTERM, delivered through the loop. */
#ifndef PIKET_CLI_TERMINAL_INTERRUPT_H
#define PIKET_CLI_TERMINAL_INTERRUPT_H

#include "base/error.h"
#include "net/loop/loop.h"

struct interrupt;

/* How many seconds the loop may take until it calls back, and what follows the
 * loop may take in all. It is busy with something that no signal reaches, such
 * as a report that nobody takes. */
enum { INTERRUPT_PATIENCE = 5 };

/* Has the process say what has happened, and end with EXIT_STATUS_IMPOSSIBLE,
 * where the kernel ends it because a file that it has mapped (the -shm of the
 * store) was cut off. For the rest of the process. */
void interrupt_tell_cut_off(void);

/* Calls back, from loop_run, for the first SIGINT or SIGTERM. A second one
 * ends the process at once, as without us; so does the first one where the
 * loop does not come to it in time. One watch at a time: signals belong to
 * the process. */
int interrupt_watch(struct interrupt **ret_interrupt, struct loop *loop,
                    void (*callback)(void *data), void *data,
                    struct error *err);

/* The loop has ended. What follows after an interruption, such as saving and
 * reporting, ends the process where it takes too long, until interrupt_end. */
void interrupt_conclude(const struct interrupt *interrupt);

/* The signal that came, 0 for none. */
int interrupt_signal(const struct interrupt *interrupt);

/* Gives the signals their usual meaning back. NULL is allowed. */
void interrupt_end(struct interrupt *interrupt);

#endif
