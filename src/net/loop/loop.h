/* SPDX-License-Identifier: Apache-2.0 */
/* The event loop: transfers, timers and descriptors, in one thread.
 *
 * Callbacks run from loop_run and nowhere else; they may call anything in
 * this header except loop_run and loop_free. */
#ifndef PIKET_NET_LOOP_LOOP_H
#define PIKET_NET_LOOP_LOOP_H

#include <signal.h>
#include <stdint.h>

#include "base/error.h"
#include "net/loop/loop_callback.h"

struct loop;
struct loop_timer;
struct loop_watch;

/* How long a signal waits while libcurl is busy, in milliseconds. */
enum { LOOP_TURN = 500 };

/* Also initialises libcurl. The loop owns libcurl's multi handle, and with
 * it the connections and the CA store that all transfers share.
 *
 * A process that still dies of SIGPIPE ignores it from here on: a peer that
 * closes its end must be an error of one request, and OpenSSL writes without
 * MSG_NOSIGNAL. Children inherit that; whoever starts one sets the signal
 * back to its default. */
int loop_new(struct loop **ret_loop, struct error *err);

/* Every client, timer and watch must have been released. NULL is allowed. */
void loop_free(struct loop *loop);

/* Runs callbacks until loop_stop is called, or until there is nothing left
 * to wait for: no transfer, no timer. A watch alone does not keep the loop
 * running. */
int loop_run(struct loop *loop, struct error *err);

/* Makes the present loop_run, or the next one, return without running
 * further callbacks. */
void loop_stop(struct loop *loop);

/* Names a flag that a signal handler sets when it wants the loop: a transfer
 * that keeps the loop for longer than LOOP_TURN then is ended as cancelled.
 * Borrowed; NULL takes it back. */
void loop_heed(struct loop *loop, const volatile sig_atomic_t *wanted);

/* Calls callback once, when milliseconds have passed; timers of the same
 * moment in the order in which they were started. The timer is released
 * before the callback runs, or by loop_timer_cancel (NULL is allowed).
 * Returns NULL where memory runs out. */
struct loop_timer *loop_timer_start(struct loop *loop, int64_t milliseconds,
                                    loop_callback *callback, void *data);
void loop_timer_cancel(struct loop *loop, struct loop_timer *timer);

/* Calls callback whenever the descriptor can be read, or has been closed by
 * its other end. The descriptor is borrowed. Returns NULL where memory runs
 * out; loop_watch_cancel allows NULL. */
struct loop_watch *loop_watch_start(struct loop *loop, int descriptor,
                                    loop_callback *callback, void *data);
void loop_watch_cancel(struct loop *loop, struct loop_watch *watch);

#endif
