/* SPDX-License-Identifier: Apache-2.0 */
/* What failed, for a person to read. */
#include "base/error.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Stands where there was no memory for a better text; never freed. */
static char out_of_memory[] = "out of memory";

static void
text_release(char *text)
{
    if (text != out_of_memory)
        free(text);
}

static char *text_format(const char *format, va_list arguments)
    __attribute__((format(printf, 1, 0)));

static char *
text_format(const char *format, va_list arguments)
{
    char *text = NULL;

    if (vasprintf(&text, format, arguments) < 0)
        return out_of_memory;
    return text;
}

int
error_set(struct error *err, const char *format, ...)
{
    va_list arguments;

    if (err == NULL)
        return -1;
    va_start(arguments, format);
    char *message = text_format(format, arguments);
    va_end(arguments);
    error_done(err);
    err->message = message;
    return -1;
}

int
error_set_errno(struct error *err, const char *format, ...)
{
    const int number = errno;
    va_list arguments;

    if (err == NULL)
        return -1;
    va_start(arguments, format);
    char *context = text_format(format, arguments);
    va_end(arguments);
    error_set(err, "%s: %s", context, strerror(number));
    text_release(context);
    return -1;
}

int
error_set_memory(struct error *err)
{
    if (err == NULL)
        return -1;
    error_done(err);
    err->message = out_of_memory;
    return -1;
}

int
error_wrap(struct error *err, const char *format, ...)
{
    va_list arguments;
    char *whole = NULL;

    if (err == NULL)
        return -1;
    va_start(arguments, format);
    char *context = text_format(format, arguments);
    va_end(arguments);
    if (asprintf(&whole, "%s: %s", context, error_message(err)) < 0)
        whole = out_of_memory;
    text_release(context);
    text_release(err->message);
    err->message = whole;
    return -1;
}

int
error_advise(struct error *err, const char *format, ...)
{
    va_list arguments;

    if (err == NULL || err->advice != NULL)
        return -1;
    va_start(arguments, format);
    char *advice = text_format(format, arguments);
    va_end(arguments);
    if (advice != out_of_memory)
        err->advice = advice;
    return -1;
}

const char *
error_message(const struct error *err)
{
    return err != NULL && err->message != NULL ? err->message
                                               : "unknown error";
}

void
error_move(struct error *target, struct error *source)
{
    if (target == NULL) {
        error_done(source);
        return;
    }
    error_done(target);
    *target = *source;
    *source = (struct error) ERROR_INIT;
}

void
error_done(struct error *err)
{
    text_release(err->message);
    text_release(err->advice);
    *err = (struct error) ERROR_INIT;
}
