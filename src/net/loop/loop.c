/* SPDX-License-Identifier: Apache-2.0 */
/* The event loop over libcurl's multi handle.
 *
 * curl_multi_perform and curl_multi_poll: with at most a few hundred sockets
 * the event interface gains nothing, and it has more faults in the releases
 * that distributions carry. */
#include "net/loop/loop.h"

#include <signal.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/queue.h>

#include "base/cleanup.h"
#include "base/clock.h"
#include "base/secret.h"
#include "net/loop/loop_transfer.h"
#include "net/loop/open_connections.h"
#include "net/loop/timer_heap.h"

/* The longest sleep; nothing depends on it. */
enum { LOOP_POLL_CEILING = 60 * 1000 };

struct loop_watch {
    TAILQ_ENTRY(loop_watch) link;
    int descriptor;
    loop_callback *callback; /* NULL once cancelled */
    void *data;
};

TAILQ_HEAD(watch_list, loop_watch);

struct loop {
    CURLM *multi;
    bool curl_initialised;
    struct timer_heap timers;
    struct watch_list watches;
    size_t watch_count;          /* cancelled ones included */
    struct curl_waitfd *waiting; /* one per watch, in their order */
    size_t waiting_capacity;
    bool in_watches;  /* cancelled watches must stay in the list */
    size_t transfers; /* in the multi handle */
    struct open_connections open;
    long connections; /* room for idle ones */
    bool stopped;
    const volatile sig_atomic_t *wanted; /* of loop_heed, or NULL */
    int64_t turn;                        /* when libcurl was called last */
};

static void
loop_cleanup(struct loop **loop)
{
    loop_free(*loop);
}

static void
ignore_sigpipe(void)
{
    struct sigaction action;

    if (sigaction(SIGPIPE, NULL, &action) == 0 && action.sa_handler == SIG_DFL)
        (void) signal(SIGPIPE, SIG_IGN);
}

/* Tokens and forms pass through libcurl's own buffers. */
static CURLcode
initialise_curl(void)
{
    return curl_global_init_mem(CURL_GLOBAL_DEFAULT, malloc, secret_release,
                                secret_resize, strdup, calloc);
}

int
loop_new(struct loop **ret_loop, struct error *err)
{
    CLEANUP(loop_cleanup) struct loop *loop = calloc(1, sizeof(*loop));

    if (loop == NULL)
        return error_set_memory(err);
    TAILQ_INIT(&loop->watches);
    ignore_sigpipe();
    if (initialise_curl() != CURLE_OK)
        return error_set(err, "libcurl cannot be initialised");
    loop->curl_initialised = true;
    loop->multi = curl_multi_init();
    if (loop->multi == NULL)
        return error_set_memory(err);
    *ret_loop = take_pointer(loop);
    return 0;
}

void
loop_free(struct loop *loop)
{
    if (loop == NULL)
        return;
    while (!TAILQ_EMPTY(&loop->watches)) {
        struct loop_watch *watch = TAILQ_FIRST(&loop->watches);
        TAILQ_REMOVE(&loop->watches, watch, link);
        free(watch);
    }
    timer_heap_done(&loop->timers);
    free(loop->waiting);
    (void) curl_multi_cleanup(loop->multi);
    open_connections_done(&loop->open);
    if (loop->curl_initialised)
        curl_global_cleanup();
    free(loop);
}

void
loop_stop(struct loop *loop)
{
    loop->stopped = true;
}

void
loop_heed(struct loop *loop, const volatile sig_atomic_t *wanted)
{
    loop->wanted = wanted;
}

bool
loop_is_overdue(const struct loop *loop)
{
    return loop->wanted != NULL && *loop->wanted != 0
           && clock_monotonic() - loop->turn > LOOP_TURN;
}

struct loop_timer *
loop_timer_start(struct loop *loop, int64_t milliseconds,
                 loop_callback *callback, void *data)
{
    return timer_heap_add(&loop->timers, clock_monotonic() + milliseconds,
                          callback, data);
}

void
loop_timer_cancel(struct loop *loop, struct loop_timer *timer)
{
    if (timer != NULL)
        timer_heap_remove(&loop->timers, timer);
}

struct loop_watch *
loop_watch_start(struct loop *loop, int descriptor, loop_callback *callback,
                 void *data)
{
    struct loop_watch *watch = malloc(sizeof(*watch));

    if (watch == NULL)
        return NULL;
    *watch = (struct loop_watch){ .descriptor = descriptor,
                                  .callback = callback,
                                  .data = data };
    TAILQ_INSERT_TAIL(&loop->watches, watch, link);
    loop->watch_count++;
    return watch;
}

static void
watch_remove(struct loop *loop, struct loop_watch *watch)
{
    TAILQ_REMOVE(&loop->watches, watch, link);
    loop->watch_count--;
    free(watch);
}

void
loop_watch_cancel(struct loop *loop, struct loop_watch *watch)
{
    if (watch == NULL)
        return;
    if (loop->in_watches)
        watch->callback = NULL;
    else
        watch_remove(loop, watch);
}

void
loop_expect_connections(struct loop *loop, long count)
{
    loop->connections += count;
    if (loop->connections > 0)
        (void) curl_multi_setopt(loop->multi, CURLMOPT_MAXCONNECTS,
                                 loop->connections);
}

int
loop_transfer_start(struct loop *loop, struct loop_transfer *transfer,
                    struct error *err)
{
    if (curl_easy_setopt(transfer->easy, CURLOPT_PRIVATE, transfer)
        != CURLE_OK)
        return error_set_memory(err);
    const CURLMcode code = curl_multi_add_handle(loop->multi, transfer->easy);
    if (code != CURLM_OK)
        return error_set(err, "%s", curl_multi_strerror(code));
    loop->transfers++;
    return 0;
}

void
loop_transfer_stop(struct loop *loop, struct loop_transfer *transfer)
{
    (void) curl_multi_remove_handle(loop->multi, transfer->easy);
    loop->transfers--;
}

void
loop_connection_opened(struct loop *loop, int descriptor)
{
    open_connections_add(&loop->open, descriptor);
}

bool
loop_connection_is_quiet(struct loop *loop, CURL *easy, int port)
{
    return open_connections_is_quiet(&loop->open, easy, port);
}

/* That of a transfer which is done, and still in the multi handle; -1 where
 * libcurl has closed it. */
static int
connection_of(CURL *easy)
{
    curl_socket_t descriptor = CURL_SOCKET_BAD;

    (void) curl_easy_getinfo(easy, CURLINFO_ACTIVESOCKET, &descriptor);
    return descriptor == CURL_SOCKET_BAD ? -1 : descriptor;
}

/* Hands out what is done. Returns how many transfers that were. */
static size_t
drain_transfers(struct loop *loop)
{
    const CURLMsg *message;
    size_t count = 0;
    int left;

    while (!loop->stopped
           && (message = curl_multi_info_read(loop->multi, &left)) != NULL) {
        void *transfer = NULL;
        if (message->msg != CURLMSG_DONE)
            continue;
        /* The message goes away with the handle. */
        const CURLcode result = message->data.result;
        (void) curl_easy_getinfo(message->easy_handle, CURLINFO_PRIVATE,
                                 &transfer);
        struct loop_transfer *done = transfer;
        done->descriptor = connection_of(message->easy_handle);
        loop_transfer_stop(loop, done);
        done->done(done, result);
        count++;
    }
    return count;
}

static int
waiting_prepare(struct loop *loop, struct error *err)
{
    const struct loop_watch *watch;
    size_t next = 0;

    if (loop->watch_count > loop->waiting_capacity) {
        struct curl_waitfd *waiting =
            reallocarray(loop->waiting, loop->watch_count, sizeof(*waiting));
        if (waiting == NULL)
            return error_set_memory(err);
        loop->waiting = waiting;
        loop->waiting_capacity = loop->watch_count;
    }
    TAILQ_FOREACH(watch, &loop->watches, link)
    loop->waiting[next++] = (struct curl_waitfd){ .fd = watch->descriptor,
                                                  .events = CURL_WAIT_POLLIN };
    return 0;
}

/* Calls the watches whose descriptors were ready in the last poll. Watches
 * that are started meanwhile stand behind them and are not reached. */
static void
run_watches(struct loop *loop, size_t count)
{
    struct loop_watch *watch = TAILQ_FIRST(&loop->watches);
    struct loop_watch *next;

    loop->in_watches = true;
    for (size_t i = 0; i < count; i++) {
        if (loop->waiting[i].revents != 0 && watch->callback != NULL
            && !loop->stopped)
            watch->callback(watch->data);
        watch = TAILQ_NEXT(watch, link);
    }
    loop->in_watches = false;
    for (watch = TAILQ_FIRST(&loop->watches); watch != NULL; watch = next) {
        next = TAILQ_NEXT(watch, link);
        if (watch->callback == NULL)
            watch_remove(loop, watch);
    }
}

static int
poll_timeout(const struct loop *loop)
{
    const struct loop_timer *first = timer_heap_first(&loop->timers);

    if (first == NULL)
        return LOOP_POLL_CEILING;
    const int64_t left = first->due - clock_monotonic();
    if (left <= 0)
        return 0;
    return left < LOOP_POLL_CEILING ? (int) left : LOOP_POLL_CEILING;
}

/* Sleeps until something happens, and calls the watches. */
static int
loop_wait(struct loop *loop, bool busy, struct error *err)
{
    if (waiting_prepare(loop, err) < 0)
        return -1;
    const size_t count = loop->watch_count;
    const CURLMcode code =
        curl_multi_poll(loop->multi, loop->waiting, (unsigned) count,
                        busy ? 0 : poll_timeout(loop), NULL);
    if (code != CURLM_OK)
        return error_set(err, "event loop: %s", curl_multi_strerror(code));
    run_watches(loop, count);
    return 0;
}

int
loop_run(struct loop *loop, struct error *err)
{
    int running;
    int result = 0;

    while (result == 0 && !loop->stopped) {
        timer_heap_run(&loop->timers, clock_monotonic(), &loop->stopped);
        loop->turn = clock_monotonic();
        const CURLMcode code = curl_multi_perform(loop->multi, &running);
        if (code != CURLM_OK) {
            result =
                error_set(err, "event loop: %s", curl_multi_strerror(code));
            break;
        }
        const bool busy = drain_transfers(loop) > 0;
        if (loop->stopped
            || (loop->transfers == 0
                && timer_heap_first(&loop->timers) == NULL))
            break;
        result = loop_wait(loop, busy, err);
    }
    loop->stopped = false;
    return result;
}
