/* SPDX-License-Identifier: Apache-2.0 */
/* Text: comparison, numbers, repair of foreign bytes. Letters are ASCII
 * letters whatever the locale; the program's words and Azure's are. */
#ifndef PIKET_BASE_TEXT_H
#define PIKET_BASE_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buffer.h"
#include "base/error.h"

/* Without regard to the case of ASCII letters. NULL equals only NULL. */
bool text_equal_ignoring_case(const char *left, const char *right);
bool text_starts_with_ignoring_case(const char *text, const char *prefix);

/* Orders as strcmp does, with the same disregard. Neither may be NULL. */
int text_compare_ignoring_case(const char *left, const char *right);

/* Whether text is NULL, empty, or holds only blanks. */
bool text_is_blank(const char *text);

/* Narrows [*text, *text + *length) to what stands between its blanks. */
void text_trim(const char **text, size_t *length);

/* Reads a whole decimal number without sign, at most maximum. Returns 0, or
 * -1 where text is anything else. */
int text_to_unsigned(const char *text, uint64_t maximum, uint64_t *ret_value);

/* The candidate that a person most likely meant by word: one that begins with
 * it, give or take dashes, dots and blanks, else one that is spelt nearly so;
 * NULL where none is. Of several the nearest, of those the first. Candidates
 * are borrowed. */
const char *text_nearest(const char *word, const char *const *candidates,
                         size_t count);

/* Appends bytes to target as valid UTF-8: a byte-order mark at the start is
 * dropped, each byte that is not part of a valid sequence becomes U+FFFD
 * (RFC 3629: no surrogates, no overlong forms, at most U+10FFFF). Returns 0,
 * or -1 where target failed. */
int text_repair_utf8(struct buffer *target, const char *bytes, size_t length);

/* The length of the valid UTF-8 sequence at text, and its code point; 0
 * where there is none. */
size_t text_utf8_point(const char *text, size_t length, uint32_t *ret_point);

/* Whether a code point is one that text_append_printable lets through, at
 * least behind some letters. */
bool text_point_is_printable(uint32_t point);

/* Whether it is not seen itself, but shapes the letter before it, as in
 * Persian or among emoji: zero-width joiners, variation selectors. */
bool text_point_is_shaper(uint32_t point);

/* Appends UTF-8 text without what could act on a terminal: control
 * characters (C0, C1, DEL), the bidirectional overrides and isolates, and
 * characters that are invisible by themselves become U+FFFD, as do shapers
 * behind ASCII or a blank; line breaks and tabs become blanks. text may be
 * NULL. */
int text_append_printable(struct buffer *target, const char *text);

/* Appends the first line of text like that, cut to at most ceiling bytes
 * with an ellipsis. Returns 0, or -1 where target failed or memory ran
 * out. */
int text_append_line(struct buffer *target, const char *text, size_t ceiling);

/* A UUID as Azure writes it: 8-4-4-4-12 hexadecimal digits. */
bool text_is_uuid(const char *text);

#endif
