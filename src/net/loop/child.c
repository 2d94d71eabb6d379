/* SPDX-License-Identifier: Apache-2.0 */
/* A program that is run for what it prints. */
#include "net/loop/child.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/pidfd.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/cleanup.h"
#include "net/loop/guard.h"

enum {
    /* How long a descendant may hold stdout open once the program ended;
     * Microsoft's libraries wait as long. */
    CHILD_GRACE = 100,
    /* How often an end is looked for where the kernel cannot tell it. */
    CHILD_POLL = 50,
    CHILD_READ_SIZE = 16 * 1024,
};

struct child_stream {
    struct child *child;
    struct loop_watch *watch;
    int descriptor; /* -1 once closed */
    size_t length;  /* of all that came, kept or not */
    struct buffer text;
};

struct child {
    struct loop *loop; /* borrowed */
    child_done *done;
    void *data;
    struct guard guard; /* of the group that it and its children are in */
    pid_t process;      /* 0 once reaped */
    bool ended;         /* but not reaped: its number is no other's */
    int status;
    int pidfd; /* -1 where there is none */
    struct loop_watch *end_watch;
    struct loop_timer *poll;  /* where there is no pidfd */
    struct loop_timer *grace; /* once the program has ended */
    struct loop_timer *timeout;
    struct child_stream output, errors;
};

static void
stream_close(struct child_stream *stream)
{
    loop_watch_cancel(stream->child->loop, stream->watch);
    stream->watch = NULL;
    if (stream->descriptor >= 0)
        (void) close(stream->descriptor);
    stream->descriptor = -1;
}

/* Stops waiting for anything. */
static void
child_quieten(struct child *child)
{
    stream_close(&child->output);
    stream_close(&child->errors);
    loop_watch_cancel(child->loop, child->end_watch);
    child->end_watch = NULL;
    if (child->pidfd >= 0)
        (void) close(child->pidfd);
    child->pidfd = -1;
    loop_timer_cancel(child->loop, child->poll);
    loop_timer_cancel(child->loop, child->grace);
    loop_timer_cancel(child->loop, child->timeout);
    child->poll = child->grace = child->timeout = NULL;
}

/* Kills the whole group, also what a program left behind that has ended, and
 * waits for the end, which SIGKILL makes short. A program that left the group
 * is killed by itself; its number is its own until it is reaped. */
static void
child_kill(struct child *child)
{
    guard_end(&child->guard);
    if (child->process == 0)
        return;
    (void) kill(child->process, SIGKILL);
    while (waitpid(child->process, NULL, 0) < 0 && errno == EINTR)
        ;
    child->process = 0;
}

/* Calls back; the child may be gone afterwards. */
static void
child_finish(struct child *child, enum child_end end)
{
    const struct child_result result = { end, child->status,
                                         &child->output.text,
                                         &child->errors.text };

    child_kill(child);
    child_quieten(child);
    child->done(&result, child->data);
}

/* Reads once. Returns whether there may be more to read now. */
static bool
stream_read(struct child_stream *stream)
{
    char bytes[CHILD_READ_SIZE];
    struct buffer *text = &stream->text;

    if (stream->descriptor < 0)
        return false;
    const ssize_t length = read(stream->descriptor, bytes, sizeof(bytes));
    if (length < 0)
        return errno == EINTR;
    if (length == 0) {
        stream_close(stream);
        return false;
    }
    stream->length += (size_t) length;
    if (!buffer_failed(text)) {
        const size_t room = text->ceiling - text->length;
        if ((size_t) length > room)
            buffer_append(text, bytes, room);
        buffer_append(text, bytes, (size_t) length);
    }
    explicit_bzero(bytes, (size_t) length);
    return true;
}

static void
on_grace(void *data)
{
    struct child *child = data;

    child->grace = NULL;
    child_finish(child, CHILD_EXITED);
}

/* Ends the matter where nothing more can come. */
static void
child_settle(struct child *child)
{
    if (buffer_failed(&child->output.text)) {
        child_finish(child, CHILD_TOO_MUCH);
        return;
    }
    if (child->errors.length > CHILD_FLOOD_CEILING) {
        child_finish(child, CHILD_FLOODED);
        return;
    }
    if (!child->ended)
        return;
    if (child->output.descriptor < 0 && child->errors.descriptor < 0) {
        child_finish(child, CHILD_EXITED);
        return;
    }
    if (child->grace == NULL)
        child->grace =
            loop_timer_start(child->loop, CHILD_GRACE, on_grace, child);
    if (child->grace == NULL)
        child_finish(child, CHILD_EXITED);
}

static void
on_readable(void *data)
{
    struct child_stream *stream = data;

    (void) stream_read(stream);
    child_settle(stream->child);
}

static void
on_timeout(void *data)
{
    struct child *child = data;

    child->timeout = NULL;
    child_finish(child, child->ended ? CHILD_EXITED : CHILD_TIMED_OUT);
}

/* Whether the program has ended. It is not reaped yet: until then its number
 * is no other group's. */
static bool
child_look(struct child *child)
{
    siginfo_t end = { .si_pid = 0 };
    const int result = waitid(P_PID, (id_t) child->process, &end,
                              WEXITED | WNOHANG | WNOWAIT);

    if (result == 0 ? end.si_pid == 0 : errno == EINTR)
        return false;
    child->ended = true;
    /* ECHILD: the program that we are part of ignores SIGCHLD. What was
     * printed must tell by itself then, and the number is nobody's. */
    if (result < 0)
        child->process = 0;
    else
        child->status =
            end.si_code == CLD_EXITED ? end.si_status : 128 + end.si_status;
    loop_watch_cancel(child->loop, child->end_watch);
    child->end_watch = NULL;
    return true;
}

/* What was printed before the end is in the pipes now. */
static void
child_ended(struct child *child)
{
    while (!buffer_failed(&child->output.text) && stream_read(&child->output))
        ;
    while (!buffer_failed(&child->errors.text) && stream_read(&child->errors))
        ;
    child_settle(child);
}

static void
on_end(void *data)
{
    struct child *child = data;

    if (child_look(child))
        child_ended(child);
}

static void
on_poll(void *data)
{
    struct child *child = data;

    child->poll = NULL;
    if (child_look(child)) {
        child_ended(child);
        return;
    }
    child->poll = loop_timer_start(child->loop, CHILD_POLL, on_poll, child);
    if (child->poll == NULL)
        child_finish(child, CHILD_TIMED_OUT);
}

/* Starts to wait for the end, for output and for the time to pass. */
static int
child_watch(struct child *child, int64_t timeout, struct error *err)
{
    struct loop *loop = child->loop;

    child->output.watch = loop_watch_start(loop, child->output.descriptor,
                                           on_readable, &child->output);
    child->errors.watch = loop_watch_start(loop, child->errors.descriptor,
                                           on_readable, &child->errors);
    child->timeout = loop_timer_start(loop, timeout, on_timeout, child);
    child->pidfd = pidfd_open(child->process, 0);
    if (child->pidfd >= 0)
        child->end_watch = loop_watch_start(loop, child->pidfd, on_end, child);
    else
        child->poll = loop_timer_start(loop, CHILD_POLL, on_poll, child);
    if (child->output.watch == NULL || child->errors.watch == NULL
        || child->timeout == NULL
        || (child->end_watch == NULL && child->poll == NULL))
        return error_set_memory(err);
    return 0;
}

/* Fills in what the program finds: its files, directory and signals. */
static int
spawn_prepare(posix_spawn_file_actions_t *actions, posix_spawnattr_t *traits,
              pid_t group, int output, int errors)
{
    sigset_t none, all;

    (void) sigemptyset(&none);
    (void) sigfillset(&all);
    int failed =
        posix_spawn_file_actions_addopen(actions, 0, "/dev/null", O_RDONLY, 0);
    failed |= posix_spawn_file_actions_adddup2(actions, output, 1);
    failed |= posix_spawn_file_actions_adddup2(actions, errors, 2);
    failed |= posix_spawn_file_actions_addclosefrom_np(actions, 3);
    failed |= posix_spawn_file_actions_addchdir_np(actions, "/");
    failed |= posix_spawnattr_setpgroup(traits, group);
    failed |= posix_spawnattr_setsigmask(traits, &none);
    failed |= posix_spawnattr_setsigdefault(traits, &all);
    failed |= posix_spawnattr_setflags(traits, POSIX_SPAWN_SETPGROUP
                                                   | POSIX_SPAWN_SETSIGMASK
                                                   | POSIX_SPAWN_SETSIGDEF);
    return failed == 0 ? 0 : -1;
}

/* Returns 0 or an errno value. */
static int
child_spawn(struct child *child, const struct child_command *command,
            int output, int errors)
{
    static const char *const none[] = { NULL };
    const char *const *variables =
        command->variables != NULL ? command->variables : none;
    posix_spawn_file_actions_t actions;
    posix_spawnattr_t traits;
    int failure = ENOMEM;
    pid_t process = 0;

    if (posix_spawn_file_actions_init(&actions) != 0)
        return ENOMEM;
    if (posix_spawnattr_init(&traits) == 0) {
        if (spawn_prepare(&actions, &traits, child->guard.group, output,
                          errors)
            == 0)
            failure = posix_spawn(&process, command->path, &actions, &traits,
                                  (char *const *) (uintptr_t) command->argv,
                                  (char *const *) (uintptr_t) variables);
        (void) posix_spawnattr_destroy(&traits);
    }
    (void) posix_spawn_file_actions_destroy(&actions);
    if (failure == 0)
        child->process = process;
    return failure;
}

/* Makes a pipe whose other end is for the program. 3 and above, so that
 * moving them to 1 and 2 cannot cross, even where stdin is closed. */
static int
stream_open(struct child_stream *stream, int *ret_other)
{
    int ends[2];

    if (pipe2(ends, O_CLOEXEC) < 0)
        return -1;
    stream->descriptor = ends[0];
    *ret_other = fcntl(ends[1], F_DUPFD_CLOEXEC, 3);
    (void) close(ends[1]);
    if (*ret_other < 0)
        return -1;
    return fcntl(ends[0], F_SETFL, O_NONBLOCK);
}

static struct child *
child_make(struct loop *loop, child_done *done, void *data)
{
    struct child *child = calloc(1, sizeof(*child));

    if (child == NULL)
        return NULL;
    *child = (struct child){
        .loop = loop,
        .done = done,
        .data = data,
        .guard = GUARD_INIT,
        .pidfd = -1,
        .output = { child, NULL, -1, 0,
                    BUFFER_SECRET_INIT(CHILD_OUTPUT_CEILING) },
        .errors = { child, NULL, -1, 0,
                    BUFFER_SECRET_INIT(CHILD_ERRORS_CEILING) },
    };
    return child;
}

int
child_start(struct child **ret_child, struct loop *loop,
            const struct child_command *command, child_done *done, void *data,
            struct error *err)
{
    AUTOCLOSE int output = -1;
    AUTOCLOSE int errors = -1;
    struct child *child = child_make(loop, done, data);

    if (child == NULL)
        return error_set_memory(err);
    if (stream_open(&child->output, &output) < 0
        || stream_open(&child->errors, &errors) < 0) {
        error_set_errno(err, "open a pipe");
        child_free(child);
        return -1;
    }
    if (guard_start(&child->guard, err) < 0) {
        child_free(child);
        return -1;
    }
    const int failure = child_spawn(child, command, output, errors);
    if (failure != 0) {
        errno = failure;
        error_set_errno(err, "start %s", command->path);
        child_free(child);
        return -1;
    }
    if (child_watch(child, command->timeout, err) < 0) {
        child_free(child);
        return -1;
    }
    *ret_child = child;
    return 0;
}

void
child_free(struct child *child)
{
    if (child == NULL)
        return;
    child_kill(child);
    child_quieten(child);
    buffer_done(&child->output.text);
    buffer_done(&child->errors.text);
    free(child);
}
