/* SPDX-License-Identifier: Apache-2.0 */
/* Lines for the log. The rooms write them; the program decides, by its
 * handler, which of them are printed and where. No room prints by itself. */
#ifndef PIKET_BASE_LOG_H
#define PIKET_BASE_LOG_H

#include <stdbool.h>

enum log_level {
    LOG_LEVEL_WARNING, /* shown unless --quiet */
    LOG_LEVEL_INFO,    /* -v: what was chosen, and why */
    LOG_LEVEL_DEBUG,   /* -vv: each request, redacted */
    LOG_LEVEL_TRACE,   /* -vvv: headers of an allow-list as well */
};

/* line has no newline at its end; it is borrowed for the call. It may hold
 * text that came from Azure: the handler must make it safe for a terminal. */
typedef void log_handler(enum log_level level, const char *line, void *data);

/* Sets the handler for the whole process, and the last level it wants.
 * NULL discards all lines, which is also how a process begins. */
void log_set_handler(log_handler *handler, void *data, enum log_level last);

/* Whether a line of this level would reach the handler. */
bool log_enabled(enum log_level level);

void log_line(enum log_level level, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

#define log_warning(...) log_line(LOG_LEVEL_WARNING, __VA_ARGS__)
#define log_info(...) log_line(LOG_LEVEL_INFO, __VA_ARGS__)
#define log_debug(...) log_line(LOG_LEVEL_DEBUG, __VA_ARGS__)
#define log_trace(...) log_line(LOG_LEVEL_TRACE, __VA_ARGS__)

#endif
