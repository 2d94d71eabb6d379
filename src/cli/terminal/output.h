/* SPDX-License-Identifier: Apache-2.0 */
/* What a command prints: to stdout, or into a file, whole or not at all. */
#ifndef PIKET_CLI_TERMINAL_OUTPUT_H
#define PIKET_CLI_TERMINAL_OUTPUT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buffer.h"
#include "base/error.h"
#include "base/file.h"

/* Writes a document into the buffer. Returns -1 with an error. */
typedef int output_writer(struct buffer *target, const void *data,
                          struct error *err);

/* Sends what writer writes to stdout (path NULL or "-") as it comes, or puts
 * it at the path when it is whole. A reader of a pipe who leaves before the
 * end, as head does, is no failure. */
int output_write(const char *path, output_writer *writer, const void *data,
                 struct error *err);

/* Sends what writer writes to stderr: what a person is shown with a
 * question. Where nobody can read it, that is an error. */
int output_show(output_writer *writer, const void *data, struct error *err);

/* Finds out whether output_write could put something at the path, before the
 * work that would be lost. Leaves what stands there. */
int output_check(const char *path, struct error *err);

/* One of several documents. */
struct output_document {
    const char *path;
    output_writer *writer;
    const void *data;
    struct error error; /* owned; why it was not written */
    struct file_replacement replacement;
};

/* Writes each as output_write does: first the files, of which none is put at
 * its path before all of them are whole, then pipes, devices and stdout, so
 * that a reader who takes his time keeps no file waiting. One that fails has
 * its error, and keeps none of the others back. Returns how many failed. */
size_t output_write_all(struct output_document *documents, size_t count);

/* output_write and output_check for a file that must not exist yet: whatever
 * stands at the path stays, also where it appears at the last moment. mode is
 * the file's, less the umask. */
int output_create(const char *path, mode_t mode, output_writer *writer,
                  const void *data, struct error *err);
int output_create_check(const char *path, struct error *err);

/* Whether the path means stdout: NULL or "-". */
bool output_is_stdout(const char *path);

/* Whether output_write to this path is read by a person on a terminal. */
bool output_is_terminal(const char *path);

/* Whether the terminal understands control sequences: TERM is not dumb. */
bool output_terminal_is_able(void);

/* Whether that person wants colour: NO_COLOR (no-color.org) is not set, and
 * the terminal is not dumb. */
bool output_wants_colour(void);

/* Prepares stdout for what stdio prints: at the program's start. */
void output_begin(void);

/* Flushes stdout, whose reader may have left. Returns the exit status: 0, or
 * EXIT_STATUS_IMPOSSIBLE after saying why. */
int output_flush(void);

#endif
