/* SPDX-License-Identifier: Apache-2.0 */
/* Bytes that grow up to a ceiling.
 *
 * A failure sticks: calls can follow one another, and the last one, or
 * buffer_failed, tells whether all of them went well. */
#ifndef PIKET_BASE_BUFFER_H
#define PIKET_BASE_BUFFER_H

#include <stdbool.h>
#include <stddef.h>

struct buffer {
    char *data;      /* owned; NULL while empty, else NUL-terminated */
    size_t length;   /* without the terminator */
    size_t capacity; /* with the terminator */
    size_t ceiling;  /* length may not exceed it */
    bool failed;     /* out of memory, or over the ceiling */
    bool secret;     /* wiped on growth and release */
};

#define BUFFER_INIT(ceiling_)                \
    {                                        \
        NULL, 0, 0, (ceiling_), false, false \
    }
#define BUFFER_SECRET_INIT(ceiling_)        \
    {                                       \
        NULL, 0, 0, (ceiling_), false, true \
    }

/* A buffer that is released at the end of its scope. */
#define AUTOBUFFER __attribute__((cleanup(buffer_done))) struct buffer

/* Each of these returns 0, or -1 once anything has failed. */
int buffer_append(struct buffer *buffer, const void *bytes, size_t length);
int buffer_append_text(struct buffer *buffer, const char *text);
int buffer_append_byte(struct buffer *buffer, char byte);
int buffer_printf(struct buffer *buffer, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

bool buffer_failed(const struct buffer *buffer);

/* The contents as text, "" where nothing was written. Borrowed until the
 * next call that changes the buffer. */
const char *buffer_text(const struct buffer *buffer);

/* Hands the contents to the caller, who frees them; the buffer is empty
 * afterwards. NULL where anything has failed. ret_length may be NULL. */
char *buffer_take(struct buffer *buffer, size_t *ret_length);

/* Forgets contents and failure, keeps the memory (wiped if secret). */
void buffer_clear(struct buffer *buffer);

/* Releases the memory; the buffer may be used again. */
void buffer_done(struct buffer *buffer);

#endif
