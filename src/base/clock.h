/* SPDX-License-Identifier: Apache-2.0 */
/* Time. The only file that asks the system for it; everything that judges
 * or prints takes the time as a value. */
#ifndef PIKET_BASE_CLOCK_H
#define PIKET_BASE_CLOCK_H

#include <stdint.h>

enum { CLOCK_TEXT_SIZE = sizeof("9999-12-31T23:59:59Z") };

/* Milliseconds since 1970-01-01T00:00:00Z. */
int64_t clock_now(void);

/* Milliseconds since some moment in the past; never goes back. */
int64_t clock_monotonic(void);

/* RFC 3339 in UTC with whole seconds, such as 2026-11-22T09:14:07Z. Times
 * outside the years 0 to 9999 are written as the nearest of these. Returns
 * text. */
char *clock_format(int64_t milliseconds, char text[CLOCK_TEXT_SIZE]);

/* Reads an RFC 3339 date-time of the years 0 to 9999 with its zone, such as
 * 2026-11-22T10:14:07.5+01:00. Returns 0, or -1 where text is anything else,
 * also a day or a second that there is not. */
int clock_parse(const char *text, int64_t *ret_milliseconds);

#endif
