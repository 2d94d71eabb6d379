/* SPDX-License-Identifier: Apache-2.0 */
/* Ctrl-C and SIGTERM, delivered through the loop. */
#include "cli/terminal/interrupt.h"

#include <errno.h>
#include <signal.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "base/cleanup.h"
#include "cli/terminal/exit_status.h"
#include "cli/terminal/language_option.h"

struct interrupt {
    struct loop *loop;
    struct loop_watch *watch;
    void (*callback)(void *data);
    void *data;
    int signal;
};

static const int signals[] = { SIGINT, SIGTERM, SIGALRM };

/* A handler can look at nothing else. It runs in any thread: libcurl has
 * some for names. */
static struct {
    volatile sig_atomic_t came; /* the first signal, or 0 */
    int descriptor;             /* wakes the loop */
    struct sigaction before[ARRAY_LENGTH(signals)];
} caught;

static void
restore_actions(void)
{
    for (size_t i = 0; i < ARRAY_LENGTH(signals); i++)
        (void) sigaction(signals[i], &caught.before[i], NULL);
}

/* Ends the process as the signal does that waited too long. */
static void
end_by(int number)
{
    (void) signal(number, SIG_DFL);
    (void) kill(getpid(), number);
}

static void
on_signal(int number)
{
    const uint64_t one = 1;
    const int error = errno;

    if (number == SIGALRM) {
        end_by(caught.came);
        return;
    }
    caught.came = number;
    for (size_t i = 0; signals[i] != SIGALRM; i++)
        (void) sigaction(signals[i], &caught.before[i], NULL);
    (void) alarm(INTERRUPT_PATIENCE);
    (void) !write(caught.descriptor, &one, sizeof(one));
    errno = error;
}

/* Nothing that waits fails because of it: whoever waits too long is ended. */
static void
install_actions(void)
{
    struct sigaction action = { .sa_handler = on_signal,
                                .sa_flags = SA_RESTART };

    (void) sigemptyset(&action.sa_mask);
    for (size_t i = 0; i < ARRAY_LENGTH(signals); i++)
        (void) sigaddset(&action.sa_mask, signals[i]);
    for (size_t i = 0; i < ARRAY_LENGTH(signals); i++)
        (void) sigaction(signals[i], &action, &caught.before[i]);
}

static void
signal_came(void *data)
{
    struct interrupt *interrupt = data;
    uint64_t count;

    if (read(caught.descriptor, &count, sizeof(count)) != sizeof(count))
        return;
    (void) alarm(0);
    interrupt->signal = caught.came;
    interrupt->callback(interrupt->data);
}

/* Only what may be called in a handler; the text is made beforehand. */
static void
on_cut_off(int number)
{
    static const char text[] =
        "piket: a file of the store was cut off while piket had it open, and "
        "piket ends here\n"
        "  nothing further is sent; what was sent may not be on record: put "
        "the store back as it was, see what it holds with piket history, and "
        "run piket check\n";

    (void) number;
    (void) !write(STDERR_FILENO, text, sizeof(text) - 1);
    _exit(EXIT_STATUS_IMPOSSIBLE);
}

void
interrupt_tell_cut_off(void)
{
    struct sigaction action = { .sa_handler = on_cut_off };

    (void) sigemptyset(&action.sa_mask);
    (void) sigaction(SIGBUS, &action, NULL);
}

int
interrupt_watch(struct interrupt **ret_interrupt, struct loop *loop,
                void (*callback)(void *data), void *data, struct error *err)
{
    struct interrupt *interrupt = calloc(1, sizeof(*interrupt));

    if (interrupt == NULL)
        return error_set_memory(err);
    interrupt->loop = loop;
    interrupt->callback = callback;
    interrupt->data = data;
    caught.came = 0;
    caught.descriptor = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    if (caught.descriptor >= 0)
        interrupt->watch =
            loop_watch_start(loop, caught.descriptor, signal_came, interrupt);
    if (interrupt->watch == NULL) {
        error_set_errno(err, "%s", _("watch for signals"));
        if (caught.descriptor >= 0)
            (void) close(caught.descriptor);
        free(interrupt);
        return -1;
    }
    loop_heed(loop, &caught.came);
    install_actions();
    *ret_interrupt = interrupt;
    return 0;
}

void
interrupt_conclude(const struct interrupt *interrupt)
{
    if (interrupt->signal != 0)
        (void) alarm(INTERRUPT_PATIENCE);
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
    restore_actions();
    (void) alarm(0);
    loop_heed(interrupt->loop, NULL);
    loop_watch_cancel(interrupt->loop, interrupt->watch);
    (void) close(caught.descriptor);
    /* One that the loop has not seen has its usual meaning now. */
    if (caught.came != 0 && interrupt->signal == 0)
        (void) raise(caught.came);
    free(interrupt);
}
