/* SPDX-License-Identifier: Apache-2.0 */
/* The lock of those who change something: an advisory one of the kernel's on
 * a file beside the database, since it must outlast many transactions, and
 * end with its process. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/file.h>
#include <time.h>
#include <unistd.h>

#include "base/cleanup.h"
#include "base/clock.h"
#include "store/journal.h"
#include "store/sql/connection.h"
#include "store/sql/store_file.h"
#include "store/store_parts.h"
#include "store/verify.h"

enum {
    JOURNAL_LOCK_PAUSE = 100, /* milliseconds between two attempts */
    JOURNAL_LOCK_TEXT = 32,
};

/* Who has it; 0 where the file does not say. */
static long
read_holder(int descriptor)
{
    char text[JOURNAL_LOCK_TEXT];
    const ssize_t length = pread(descriptor, text, sizeof(text) - 1, 0);

    if (length <= 0)
        return 0;
    text[length] = '\0';
    const long process = strtol(text, NULL, 10);
    return process > 0 ? process : 0;
}

/* For people only: a disk without room for it is no reason to fail. */
static void
write_holder(int descriptor)
{
    char text[JOURNAL_LOCK_TEXT];
    const int length = snprintf(text, sizeof(text), "%ld\n", (long) getpid());

    if (ftruncate(descriptor, 0) == 0)
        (void) !pwrite(descriptor, text, (size_t) length, 0);
}

static int
refuse(const struct store *store, long process, struct error *err)
{
    if (process > 0)
        error_set(err, "%s: process %ld is changing something by it",
                  store->path, process);
    else
        error_set(err, "%s: another process is changing something by it",
                  store->path);
    return error_advise(err, "only one may at a time: try again when it has "
                             "ended");
}

/* Sleeps before the next attempt. Fails where a signal came, or when the time
 * is over; end is -1 where there is none. */
static int
pause_until(const struct store *store, int descriptor, int64_t end,
            struct error *err)
{
    const struct timespec pause = { .tv_nsec = JOURNAL_LOCK_PAUSE * 1000000L };

    if (end >= 0 && clock_monotonic() >= end)
        return refuse(store, read_holder(descriptor), err);
    if (nanosleep(&pause, NULL) < 0 && errno == EINTR)
        return error_set(err,
                         "%s: interrupted while another process was "
                         "changing something by it",
                         store->path);
    return 0;
}

static int
take(const struct store *store, int descriptor, int64_t milliseconds,
     void (*waiting)(long process, void *data), void *data, struct error *err)
{
    const int64_t end =
        milliseconds < 0 ? -1 : clock_monotonic() + milliseconds;
    bool told = false;

    while (flock(descriptor, LOCK_EX | LOCK_NB) < 0) {
        if (errno != EWOULDBLOCK && errno != EINTR)
            return error_set_errno(err, "%s: lock the journal", store->path);
        if (!told && milliseconds != 0 && waiting != NULL)
            waiting(read_holder(descriptor), data);
        told = true;
        if (pause_until(store, descriptor, end, err) < 0)
            return -1;
    }
    write_holder(descriptor);
    return 0;
}

/* Nothing is changed by a journal that may not hold what it is given. */
static int
check_tables(struct store *store, struct error *err)
{
    static const char *const tables[] = { "operation", "change", "residue" };

    for (size_t i = 0; i < ARRAY_LENGTH(tables); i++)
        if (connection_check_table(store->connection, tables[i], err) < 0)
            return -1;
    return verify_journal(store, err);
}

int
journal_lock(struct store *store, int64_t milliseconds,
             void (*waiting)(long process, void *data), void *data,
             struct error *err)
{
    AUTOCLOSE int descriptor = -1;

    if (store->lock >= 0)
        return 0;
    if (store_file_open_lock(store->path, &descriptor, err) < 0
        || take(store, descriptor, milliseconds, waiting, data, err) < 0
        || presence_check_lock(descriptor, store->path, err) < 0
        || store_check_presence(store, err) < 0
        || check_tables(store, err) < 0)
        return -1;
    store->lock = descriptor;
    descriptor = -1;
    return 0;
}

void
journal_unlock(struct store *store)
{
    if (store->lock >= 0)
        (void) close(store->lock);
    store->lock = -1;
}
