/* SPDX-License-Identifier: Apache-2.0 */
/* Time. */
#include "base/clock.h"

#include <stdio.h>
#include <time.h>

static int64_t
read_clock(clockid_t id)
{
    struct timespec now;

    /* Neither clock can fail with a valid id and address. */
    (void) clock_gettime(id, &now);
    return (int64_t) now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

int64_t
clock_now(void)
{
    return read_clock(CLOCK_REALTIME);
}

int64_t
clock_monotonic(void)
{
    return read_clock(CLOCK_MONOTONIC);
}

char *
clock_format(int64_t milliseconds, char text[CLOCK_TEXT_SIZE])
{
    const int64_t first = -62167219200, last = 253402300799;
    struct tm parts;
    int64_t seconds = milliseconds / 1000;

    if (milliseconds % 1000 < 0)
        seconds--;
    if (seconds < first)
        seconds = first;
    if (seconds > last)
        seconds = last;
    const time_t moment = (time_t) seconds;
    (void) gmtime_r(&moment, &parts);
    /* The remainders change no value in range; they tell the compiler that
     * the text always fits. */
    (void) snprintf(
        text, CLOCK_TEXT_SIZE, "%04u-%02u-%02uT%02u:%02u:%02uZ",
        (unsigned) (parts.tm_year + 1900) % 10000,
        (unsigned) (parts.tm_mon + 1) % 100, (unsigned) parts.tm_mday % 100,
        (unsigned) parts.tm_hour % 100, (unsigned) parts.tm_min % 100,
        (unsigned) parts.tm_sec % 100);
    return text;
}
