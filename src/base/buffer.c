/* SPDX-License-Identifier: Apache-2.0 */
/* Bytes that grow up to a ceiling. */
#include "base/buffer.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/cleanup.h"
#include "base/secret.h"

enum { BUFFER_FIRST_CAPACITY = 128, BUFFER_DRAIN_SIZE = 64 * 1024 };

static void
memory_release(const struct buffer *buffer)
{
    if (buffer->secret)
        secret_release(buffer->data);
    else
        free(buffer->data);
}

static int
capacity_set(struct buffer *buffer, size_t capacity)
{
    /* realloc may leave a copy of a secret behind. */
    char *data = buffer->secret ? secret_resize(buffer->data, capacity)
                                : realloc(buffer->data, capacity);

    if (data == NULL)
        return -1;
    buffer->data = data;
    buffer->capacity = capacity;
    return 0;
}

/* Makes room for length more bytes and the terminator. */
static int
reserve(struct buffer *buffer, size_t length)
{
    if (buffer->failed)
        return -1;
    if (length > buffer->ceiling
        || buffer->length > buffer->ceiling - length) {
        buffer->failed = true;
        return -1;
    }
    const size_t needed = buffer->length + length + 1;
    if (needed <= buffer->capacity)
        return 0;
    size_t capacity = buffer->capacity < BUFFER_FIRST_CAPACITY
                          ? BUFFER_FIRST_CAPACITY
                          : buffer->capacity;
    while (capacity < needed)
        capacity = capacity > needed / 2 ? needed : capacity * 2;
    if (capacity < buffer->capacity + buffer->capacity / 2)
        capacity = buffer->capacity + buffer->capacity / 2;
    if (capacity_set(buffer, capacity) < 0) {
        buffer->failed = true;
        return -1;
    }
    return 0;
}

void
buffer_drain_to(struct buffer *buffer, buffer_drain *drain, void *data)
{
    buffer->drain = drain;
    buffer->drain_data = data;
}

size_t
buffer_written(const struct buffer *buffer)
{
    return buffer->drained + buffer->length;
}

int
buffer_flush(struct buffer *buffer)
{
    if (buffer->failed)
        return -1;
    if (buffer->length > 0
        && buffer->drain(buffer->data, buffer->length, buffer->drain_data)
               < 0) {
        buffer->failed = true;
        return -1;
    }
    buffer->drained += buffer->length;
    buffer_clear(buffer);
    return 0;
}

int
buffer_append(struct buffer *buffer, const void *bytes, size_t length)
{
    if (buffer->drain != NULL && buffer->length >= BUFFER_DRAIN_SIZE
        && buffer_flush(buffer) < 0)
        return -1;
    if (reserve(buffer, length) < 0)
        return -1;
    if (length > 0)
        memcpy(buffer->data + buffer->length, bytes, length);
    buffer->length += length;
    buffer->data[buffer->length] = '\0';
    return 0;
}

int
buffer_append_text(struct buffer *buffer, const char *text)
{
    return buffer_append(buffer, text, strlen(text));
}

int
buffer_append_byte(struct buffer *buffer, char byte)
{
    return buffer_append(buffer, &byte, 1);
}

/* In place: no other memory ever holds the text. */
__attribute__((format(printf, 2, 0))) static int
secret_vprintf(struct buffer *buffer, const char *format, va_list arguments)
{
    va_list again;

    va_copy(again, arguments);
    const int length = vsnprintf(NULL, 0, format, again);
    va_end(again);
    if (length < 0)
        buffer->failed = true;
    if (reserve(buffer, length < 0 ? 0 : (size_t) length) < 0)
        return -1;
    (void) vsnprintf(buffer->data + buffer->length, (size_t) length + 1,
                     format, arguments);
    buffer->length += (size_t) length;
    return 0;
}

__attribute__((format(printf, 2, 0))) static int
plain_vprintf(struct buffer *buffer, const char *format, va_list arguments)
{
    AUTOFREE char *text = NULL;
    const int length = vasprintf(&text, format, arguments);

    if (length < 0) {
        text = NULL;
        buffer->failed = true;
        return -1;
    }
    return buffer_append(buffer, text, (size_t) length);
}

int
buffer_printf(struct buffer *buffer, const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    const int result = buffer->secret
                           ? secret_vprintf(buffer, format, arguments)
                           : plain_vprintf(buffer, format, arguments);
    va_end(arguments);
    return result;
}

int
buffer_append_buffer(struct buffer *buffer, const struct buffer *source)
{
    if (source->failed)
        buffer->failed = true;
    return buffer_append(buffer, buffer_text(source), source->length);
}

bool
buffer_failed(const struct buffer *buffer)
{
    return buffer->failed;
}

const char *
buffer_text(const struct buffer *buffer)
{
    return buffer->data != NULL ? buffer->data : "";
}

char *
buffer_take(struct buffer *buffer, size_t *ret_length)
{
    if (buffer_append(buffer, "", 0) < 0)
        return NULL;
    if (ret_length != NULL)
        *ret_length = buffer->length;
    char *data = take_pointer(buffer->data);
    buffer->length = 0;
    buffer->capacity = 0;
    return data;
}

void
buffer_clear(struct buffer *buffer)
{
    if (buffer->data != NULL) {
        if (buffer->secret)
            explicit_bzero(buffer->data, buffer->capacity);
        buffer->data[0] = '\0';
    }
    buffer->length = 0;
    buffer->failed = false;
}

void
buffer_done(struct buffer *buffer)
{
    memory_release(buffer);
    buffer->data = NULL;
    buffer->length = 0;
    buffer->capacity = 0;
    buffer->failed = false;
}
