/* SPDX-License-Identifier: Apache-2.0 */
/* Lines on stderr: the only door to it. Everything is made safe for a
 * terminal and for the log of a pipeline here. */
#ifndef PIKET_CLI_TERMINAL_MESSAGE_H
#define PIKET_CLI_TERMINAL_MESSAGE_H

#include <stdbool.h>

#include "base/error.h"
#include "base/log.h"

/* "piket: what failed" and, below it, what to do. */
void message_error(const struct error *err);

/* The same for a text of ours. */
void message_error_text(const char *format, ...)
    __attribute__((format(printf, 1, 2)));

/* A text that a person is asked with, as it is, however quiet. */
void message_text(const char *format, ...)
    __attribute__((format(printf, 1, 2)));

/* Sends the rooms' log lines to stderr, up to this level. quiet: not even
 * the warnings. */
void message_log_to_stderr(enum log_level last, bool quiet);

/* Called before each line, so that a progress line can make room. NULL for
 * none. */
void message_before_each(void (*make_room)(void));

#endif
