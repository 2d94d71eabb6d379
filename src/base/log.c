/* SPDX-License-Identifier: Apache-2.0 */
/* Lines for the log. */
#include "base/log.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/cleanup.h"

static struct {
    log_handler *handler;
    void *data;
    enum log_level last;
} sink;

void
log_set_handler(log_handler *handler, void *data, enum log_level last)
{
    sink.handler = handler;
    sink.data = data;
    sink.last = last;
}

bool
log_enabled(enum log_level level)
{
    return sink.handler != NULL && level <= sink.last;
}

void
log_line(enum log_level level, const char *format, ...)
{
    AUTOFREE char *line = NULL;
    va_list arguments;

    if (!log_enabled(level))
        return;
    va_start(arguments, format);
    const int length = vasprintf(&line, format, arguments);
    va_end(arguments);
    if (length < 0) {
        line = NULL;
        return;
    }
    sink.handler(level, line, sink.data);
}
