/* SPDX-License-Identifier: Apache-2.0 */
/* Bytes that grow up to a ceiling.
 *
 * A failure sticks: calls can follow one another, and the last one, or
 * buffer_failed, tells whether all of them went well. */
#ifndef PIKET_BASE_BUFFER_H
#define PIKET_BASE_BUFFER_H

#include <stdbool.h>
#include <stddef.h>

/* Takes bytes that a buffer passes on. Returns 0, or -1 where it cannot. */
typedef int buffer_drain(const char *bytes, size_t length, void *data);

struct buffer {
    char *data;          /* owned; NULL while empty, else NUL-terminated */
    size_t length;       /* without the terminator */
    size_t capacity;     /* with the terminator */
    size_t ceiling;      /* length may not exceed it */
    bool failed;         /* out of memory, or over the ceiling */
    bool secret;         /* wiped on growth and release */
    buffer_drain *drain; /* or NULL, see buffer_drain_to */
    void *drain_data;
    size_t drained; /* passed on so far */
};

#define BUFFER_INIT(ceiling_) \
    {                         \
        .ceiling = (ceiling_) \
    }
#define BUFFER_SECRET_INIT(ceiling_)          \
    {                                         \
        .ceiling = (ceiling_), .secret = true \
    }

/* A buffer that is released at the end of its scope. */
#define AUTOBUFFER __attribute__((cleanup(buffer_done))) struct buffer

/* Each of these returns 0, or -1 once anything has failed. */
int buffer_append(struct buffer *buffer, const void *bytes, size_t length);
int buffer_append_text(struct buffer *buffer, const char *text);
int buffer_append_byte(struct buffer *buffer, char byte);
/* What it is given may not lie in the buffer. */
int buffer_printf(struct buffer *buffer, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* Appends what another buffer holds. Where that one has failed, so does this
 * one: nothing that was written in parts may look whole. */
int buffer_append_buffer(struct buffer *buffer, const struct buffer *source);

bool buffer_failed(const struct buffer *buffer);

/* The contents as text, "" where nothing was written. Borrowed until the
 * next call that changes the buffer. */
const char *buffer_text(const struct buffer *buffer);

/* Hands the contents to the caller, who frees them (by secret_free where the
 * buffer is a secret); the buffer is empty afterwards. NULL where anything has
 * failed. ret_length may be NULL. */
char *buffer_take(struct buffer *buffer, size_t *ret_length);

/* Makes the buffer pass on what it holds whenever that exceeds some 64 KiB,
 * so that a document of any size needs little memory. The ceiling bounds
 * each single append then. A drain that fails is a failure of the buffer. */
void buffer_drain_to(struct buffer *buffer, buffer_drain *drain, void *data);

/* All that was ever appended, passed on or not: to tell whether anything
 * was. */
size_t buffer_written(const struct buffer *buffer);

/* Passes on what is left. Returns 0, or -1 once anything has failed. */
int buffer_flush(struct buffer *buffer);

/* Forgets contents and failure, keeps the memory (wiped if secret). */
void buffer_clear(struct buffer *buffer);

/* Releases the memory; the buffer may be used again. */
void buffer_done(struct buffer *buffer);

#endif
