/* SPDX-License-Identifier: Apache-2.0 */
/* A program that is run for what it prints: without a shell, within a time,
 * watched by the loop. */
#ifndef PIKET_NET_LOOP_CHILD_H
#define PIKET_NET_LOOP_CHILD_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buffer.h"
#include "base/error.h"
#include "net/loop/loop.h"

enum {
    /* A token answer with all the notices that a tool may print. */
    CHILD_OUTPUT_CEILING = 256 * 1024,
    /* Enough for the message; the rest of a long trace is dropped. */
    CHILD_ERRORS_CEILING = 64 * 1024,
    /* But not all that comes is read: who complains more than this never
     * ends. */
    CHILD_FLOOD_CEILING = 4 * 1024 * 1024,
};

struct child;

enum child_end {
    CHILD_EXITED,    /* status tells how */
    CHILD_TIMED_OUT, /* killed, with its children */
    CHILD_TOO_MUCH,  /* killed: printed more than CHILD_OUTPUT_CEILING */
    CHILD_FLOODED,   /* killed: complained more than CHILD_FLOOD_CEILING */
};

/* Borrowed for the call in which it is passed. Both texts are bytes as they
 * came, NUL-terminated, wiped afterwards. */
struct child_result {
    enum child_end end;
    int status;                  /* of the exit; 128 + signal where killed */
    const struct buffer *output; /* what came on stdout */
    const struct buffer *errors; /* the start of what came on stderr */
};

/* Called once, from loop_run. It may call child_free. */
typedef void child_done(const struct child_result *result, void *data);

struct child_command {
    const char *path;             /* absolute */
    const char *const *argv;      /* ends in NULL; no secrets: ps shows it */
    const char *const *variables; /* all that it gets: "NAME=value", ends in
                                     NULL; or NULL for none */
    int64_t timeout;              /* milliseconds */
};

/* Starts a program in a process group of its own, with stdin from /dev/null,
 * in the directory /, with no other variable and no other open file. Its end
 * is seen even where a process that it left behind keeps its stdout open; what
 * is left of the group is killed then, and also where this program ends first,
 * however it does. */
int child_start(struct child **ret_child, struct loop *loop,
                const struct child_command *command, child_done *done,
                void *data, struct error *err);

/* Kills the program and its children, if it runs still, without calling
 * done. NULL is allowed. */
void child_free(struct child *child);

#endif
