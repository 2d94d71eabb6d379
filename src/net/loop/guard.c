/* SPDX-License-Identifier: Apache-2.0 */
/* A process group that does not outlive this program. */
#include "net/loop/guard.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/cleanup.h"

/* The guard itself. Between fork and its end only calls are allowed that a
 * signal handler may make: other threads, such as libcurl's, may have held
 * locks at the fork. It keeps no file open that is not its own: who reads
 * this program's output waits until all who hold it have ended. */
static _Noreturn void
guard_wait(int life)
{
    sigset_t all;
    char byte;

    (void) setpgid(0, 0);
    /* What ends this program may be sent to all that are like it. */
    (void) sigfillset(&all);
    (void) sigprocmask(SIG_BLOCK, &all, NULL);
    if (dup2(life, 0) == 0)
        (void) close_range(1, UINT_MAX, 0);
    while (read(0, &byte, 1) < 0 && errno == EINTR)
        ;
    /* Without a group of its own, 0 would be everybody who works with us. */
    for (;;)
        (void) kill(getpgrp() == getpid() ? 0 : getpid(), SIGKILL);
}

int
guard_start(struct guard *ret_guard, struct error *err)
{
    int ends[2];

    if (pipe2(ends, O_CLOEXEC) < 0)
        return error_set_errno(err, "open a pipe");
    AUTOCLOSE int held = ends[0];
    AUTOCLOSE int life = ends[1];
    const pid_t process = fork();
    if (process < 0)
        return error_set_errno(err, "start a process");
    if (process == 0) {
        (void) close(life); /* or it would wait for itself */
        guard_wait(held);
    }
    /* Whichever of the two comes first makes the group. */
    (void) setpgid(process, process);
    *ret_guard = (struct guard){ process, life };
    life = -1;
    return 0;
}

void
guard_end(struct guard *guard)
{
    if (guard->group != 0) {
        (void) kill(-guard->group, SIGKILL);
        while (waitpid(guard->group, NULL, 0) < 0 && errno == EINTR)
            ;
        guard->group = 0;
    }
    if (guard->life >= 0)
        (void) close(guard->life);
    guard->life = -1;
}
