/* SPDX-License-Identifier: Apache-2.0 */
/* What failed, for a person to read.
 *
 * Every function that can fail returns 0 or -1 and takes a struct error as
 * its last argument. Success leaves it untouched. Each layer puts one phrase
 * in front: "subscription 1f2e…: read security contact: HTTP 403". */
#ifndef PIKET_BASE_ERROR_H
#define PIKET_BASE_ERROR_H

#include <stdbool.h>

struct error {
    char *message; /* owned; NULL while nothing has failed */
    char *advice;  /* owned; what the reader can do next, or NULL */
};

#define ERROR_INIT \
    {              \
        NULL, NULL \
    }

/* An error that is released at the end of its scope. */
#define AUTOERROR __attribute__((cleanup(error_done))) struct error

/* Says what failed, replacing what was said before. err may be NULL.
 * Returns -1, so that it can end a function. */
int error_set(struct error *err, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* error_set with ": " and the text of errno behind it. */
int error_set_errno(struct error *err, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* Says that memory ran out. Allocates nothing. Returns -1. */
int error_set_memory(struct error *err);

/* Puts "context: " in front of the message. Returns -1. */
int error_wrap(struct error *err, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* Says what the reader can do next; the first advice given stays, because
 * the layer that failed knows best. Returns -1. */
int error_advise(struct error *err, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* The message, or "unknown error" where none was set. Never NULL. */
const char *error_message(const struct error *err);

/* Moves the contents of source into target, releasing what target held. */
void error_move(struct error *target, struct error *source);

/* Releases the contents; the error may be used again. */
void error_done(struct error *err);

#endif
