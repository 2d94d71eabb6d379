/* SPDX-License-Identifier: Apache-2.0 */
/* Random numbers from the kernel. */
#ifndef PIKET_BASE_RANDOM_H
#define PIKET_BASE_RANDOM_H

#include <stddef.h>
#include <stdint.h>

enum { RANDOM_UUID_SIZE = sizeof("00000000-0000-4000-8000-000000000000") };

/* Fills bytes from getrandom(2). Ends the process where the kernel has no
 * random numbers at all, as no caller could go on safely. */
void random_fill(void *bytes, size_t length);

/* At least 0 and below bound, which must not be 0. */
uint64_t random_below(uint64_t bound);

/* A version 4 UUID (RFC 9562) in lower case. Returns text. */
char *random_uuid(char text[RANDOM_UUID_SIZE]);

#endif
