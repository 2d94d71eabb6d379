/* SPDX-License-Identifier: Apache-2.0 */
/* A process group that does not outlive this program, however this program
 * ends: not even where it is killed and can do nothing any more. A parent
 * death signal (PR_SET_PDEATHSIG) would reach one process and not what that
 * one started, and the Azure CLI is a shell that starts Python. */
#ifndef PIKET_NET_LOOP_GUARD_H
#define PIKET_NET_LOOP_GUARD_H

#include <sys/types.h>

#include "base/error.h"

struct guard {
    pid_t group; /* the guard's own number; 0 while there is none */
    int life;    /* the group lives as long as this end of a pipe is open */
};

#define GUARD_INIT \
    {              \
        0, -1      \
    }

/* Makes a process group with a process in it that does nothing but wait for
 * this program's end, and then kills the group. Programs join it by
 * posix_spawnattr_setpgroup. */
int guard_start(struct guard *ret_guard, struct error *err);

/* Kills the whole group, and waits for the guard's end, which SIGKILL makes
 * short. Other children of this program in the group are still to be waited
 * for. Does nothing where there is no guard. */
void guard_end(struct guard *guard);

#endif
