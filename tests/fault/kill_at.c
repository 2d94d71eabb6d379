/* SPDX-License-Identifier: Apache-2.0 */
/* Preloaded into a program, kills it with SIGKILL at one of the calls by which
 * it leaves a trace: in files, or on the network. Nothing is flushed, no
 * handler runs; what the kernel has is all there is.
 *
 *   PIKET_KILL_REQUEST=M  counts only from the Mth request on that is about
 *                         security contacts, 1 being the first; 0: from the
 *                         start. The sending of that request is the first call
 *                         that counts.
 *   PIKET_KILL_AT=N       the Nth call that counts, from 1; 0: none
 *   PIKET_KILL_CALLS=K    which calls count: "all", "file", "network"
 *   PIKET_KILL_WHEN=W     "before" it, "after" it, or "half": a write is
 *                         torn, as by a loss of power; or "full": nothing is
 *                         killed, but from that call on no database can be
 *                         written, as where its disk is full
 *   PIKET_COUNT_CALLS=F   writes to F, at the end, how many calls counted
 *
 * The requests are seen where libcurl hands them to OpenSSL. */
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <unistd.h>

#define INTERPOSED __attribute__((visibility("default")))

enum kind { KIND_FILE = 1, KIND_NETWORK = 2, KIND_ALL = 3 };

static long target, first_request;
static enum kind counted = KIND_ALL;
static bool after, half, full;
static pid_t owner; /* children are left alone */
static atomic_long calls, requests;

static long
number(const char *name)
{
    const char *text = getenv(name);

    return text != NULL ? strtol(text, NULL, 10) : 0;
}

static bool
says(const char *name, const char *word)
{
    const char *text = getenv(name);

    return text != NULL && strcmp(text, word) == 0;
}

__attribute__((constructor)) static void
begin(void)
{
    target = number("PIKET_KILL_AT");
    first_request = number("PIKET_KILL_REQUEST");
    if (says("PIKET_KILL_CALLS", "file"))
        counted = KIND_FILE;
    else if (says("PIKET_KILL_CALLS", "network"))
        counted = KIND_NETWORK;
    after = says("PIKET_KILL_WHEN", "after");
    half = says("PIKET_KILL_WHEN", "half");
    full = says("PIKET_KILL_WHEN", "full");
    owner = getpid();
}

__attribute__((destructor)) static void
write_count(void)
{
    const char *path = getenv("PIKET_COUNT_CALLS");

    if (path == NULL || getpid() != owner)
        return;
    FILE *file = fopen(path, "w");
    if (file != NULL) {
        (void) fprintf(file, "%ld\n", atomic_load(&calls));
        (void) fclose(file);
    }
}

static void
die(void)
{
    (void) kill(getpid(), SIGKILL);
    for (;;)
        (void) pause();
}

enum fate { FATE_NONE, FATE_DEATH, FATE_FULL };

/* Whether this call is the one. */
static enum fate
fate_of(enum kind kind)
{
    if ((counted & kind) == 0 || getpid() != owner
        || atomic_load(&requests) < first_request)
        return FATE_NONE;
    const long call = atomic_fetch_add(&calls, 1) + 1;
    if (full)
        return call >= target ? FATE_FULL : FATE_NONE;
    return call == target ? FATE_DEATH : FATE_NONE;
}

/* A pointer to the function that this module stands before. */
#define NEXT(function_)                              \
    __typeof__(&(function_)) next;                   \
    {                                                \
        void *symbol = dlsym(RTLD_NEXT, #function_); \
        memcpy(&next, &symbol, sizeof(next));        \
    }

/* Dies before the call or after it, where it is the one. */
#define AT(kind_, call_)                            \
    const bool dies = fate_of(kind_) == FATE_DEATH; \
    if (dies && !after)                             \
        die();                                      \
    const __typeof__(call_) done = (call_);         \
    if (dies)                                       \
        die();                                      \
    return done

/* The same for a write, which may be torn. */
#define AT_WRITE(fate_, call_, torn_)       \
    const enum fate fate = fate_;           \
    if (fate == FATE_DEATH && half)         \
        (void) !(torn_);                    \
    if (fate == FATE_DEATH && !after)       \
        die();                              \
    const __typeof__(call_) done = (call_); \
    if (fate == FATE_DEATH)                 \
        die();                              \
    return done

INTERPOSED int
fsync(int descriptor)
{
    NEXT(fsync)
    AT(KIND_FILE, next(descriptor));
}

INTERPOSED int
fdatasync(int descriptor)
{
    NEXT(fdatasync)
    AT(KIND_FILE, next(descriptor));
}

INTERPOSED int
ftruncate64(int descriptor, off64_t length)
{
    NEXT(ftruncate64)
    AT(KIND_FILE, next(descriptor, length));
}

INTERPOSED int
rename(const char *from, const char *to)
{
    NEXT(rename)
    AT(KIND_FILE, next(from, to));
}

INTERPOSED int
unlink(const char *path)
{
    NEXT(unlink)
    AT(KIND_FILE, next(path));
}

/* Of all that a program writes with, SQLite's way. */
INTERPOSED ssize_t
pwrite64(int descriptor, const void *bytes, size_t length, off64_t offset)
{
    const enum fate found = fate_of(KIND_FILE);
    NEXT(pwrite64)

    if (found == FATE_FULL) {
        errno = ENOSPC;
        return -1;
    }
    AT_WRITE(found, next(descriptor, bytes, length, offset),
             next(descriptor, bytes, length / 2, offset));
}

static enum kind
kind_of(int descriptor)
{
    struct stat status;

    return fstat(descriptor, &status) == 0 && S_ISREG(status.st_mode)
               ? KIND_FILE
               : KIND_NETWORK;
}

INTERPOSED ssize_t
write(int descriptor, const void *bytes, size_t length)
{
    NEXT(write)
    AT_WRITE(fate_of(kind_of(descriptor)), next(descriptor, bytes, length),
             next(descriptor, bytes, length / 2));
}

INTERPOSED ssize_t
send(int descriptor, const void *bytes, size_t length, int flags)
{
    NEXT(send)
    AT_WRITE(fate_of(KIND_NETWORK), next(descriptor, bytes, length, flags),
             next(descriptor, bytes, length / 2, flags));
}

INTERPOSED ssize_t
recv(int descriptor, void *bytes, size_t length, int flags)
{
    NEXT(recv)
    AT(KIND_NETWORK, next(descriptor, bytes, length, flags));
}

/* OpenSSL's, whose header is not needed for it. */
INTERPOSED int SSL_write(void *connection, const void *bytes, int length);

INTERPOSED int
SSL_write(void *connection, const void *bytes, int length)
{
    static const char resource[] = "/securityContacts";
    NEXT(SSL_write)

    if (length > 0 && getpid() == owner
        && memmem(bytes, (size_t) length, resource, strlen(resource)) != NULL)
        atomic_fetch_add(&requests, 1);
    return next(connection, bytes, length);
}
