/* SPDX-License-Identifier: Apache-2.0 */
/* Ctrl-C and SIGTERM, delivered through the loop. */
#include "cli/interrupt.h"

#include <signal.h>
#include <stdlib.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include "cli/language_option.h"

struct interrupt {
    struct loop *loop;
    struct loop_watch *watch;
    int descriptor;
    sigset_t before; /* the mask to restore */
    void (*callback)(void *data);
    void *data;
    int signal;
};

static void
signal_came(void *data)
{
    struct interrupt *interrupt = data;
    struct signalfd_siginfo information;

    if (read(interrupt->descriptor, &information, sizeof(information))
        != sizeof(information))
        return;
    interrupt->signal = (int) information.ssi_signo;
    (void) sigprocmask(SIG_SETMASK, &interrupt->before, NULL);
    interrupt->callback(interrupt->data);
}

int
interrupt_watch(struct interrupt **ret_interrupt, struct loop *loop,
                void (*callback)(void *data), void *data, struct error *err)
{
    struct interrupt *interrupt = calloc(1, sizeof(*interrupt));
    sigset_t signals;

    if (interrupt == NULL)
        return error_set_memory(err);
    interrupt->loop = loop;
    interrupt->callback = callback;
    interrupt->data = data;
    (void) sigemptyset(&signals);
    (void) sigaddset(&signals, SIGINT);
    (void) sigaddset(&signals, SIGTERM);
    (void) sigprocmask(SIG_BLOCK, &signals, &interrupt->before);
    interrupt->descriptor = signalfd(-1, &signals, SFD_CLOEXEC | SFD_NONBLOCK);
    if (interrupt->descriptor >= 0)
        interrupt->watch = loop_watch_start(loop, interrupt->descriptor,
                                            signal_came, interrupt);
    if (interrupt->watch == NULL) {
        error_set_errno(err, "%s", _("watch for signals"));
        interrupt_end(interrupt);
        return -1;
    }
    *ret_interrupt = interrupt;
    return 0;
}

int
interrupt_signal(const struct interrupt *interrupt)
{
    return interrupt->signal;
}

void
interrupt_end(struct interrupt *interrupt)
{
    if (interrupt == NULL)
        return;
    loop_watch_cancel(interrupt->loop, interrupt->watch);
    if (interrupt->descriptor >= 0)
        (void) close(interrupt->descriptor);
    (void) sigprocmask(SIG_SETMASK, &interrupt->before, NULL);
    free(interrupt);
}
