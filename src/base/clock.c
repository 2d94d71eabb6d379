/* SPDX-License-Identifier: Apache-2.0 */
/* Time. */
#include "base/clock.h"

#include <ctype.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
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

/* Reads count digits at *text and, where it is not NUL, what stands behind
 * them. Returns -1 where anything else is there. */
static int
read_digits(const char **text, size_t count, char behind, int maximum,
            int *ret_number)
{
    int number = 0;

    for (size_t i = 0; i < count; i++, (*text)++) {
        if (isdigit((unsigned char) **text) == 0)
            return -1;
        number = number * 10 + (**text - '0');
    }
    if (number > maximum || (behind != '\0' && *(*text)++ != behind))
        return -1;
    *ret_number = number;
    return 0;
}

/* Reads ".5" as 500, any number of digits; 0 where there is none. */
static int
read_fraction(const char **text, int *ret_milliseconds)
{
    int milliseconds = 0, weight = 100;

    *ret_milliseconds = 0;
    if (**text != '.')
        return 0;
    if (isdigit((unsigned char) *++*text) == 0)
        return -1;
    for (; isdigit((unsigned char) **text) != 0; (*text)++, weight /= 10)
        milliseconds += (**text - '0') * weight;
    *ret_milliseconds = milliseconds;
    return 0;
}

/* Reads "Z" or "+01:00" to the end of the text, in minutes. */
static int
read_zone(const char *text, int *ret_minutes)
{
    const int sign = *text == '-' ? -1 : 1;
    int hours, minutes;

    if (strcmp(text, "Z") == 0 || strcmp(text, "z") == 0) {
        *ret_minutes = 0;
        return 0;
    }
    if (*text != '+' && *text != '-')
        return -1;
    text++;
    if (read_digits(&text, 2, ':', 23, &hours) < 0
        || read_digits(&text, 2, '\0', 59, &minutes) < 0 || *text != '\0')
        return -1;
    *ret_minutes = sign * (hours * 60 + minutes);
    return 0;
}

int
clock_parse(const char *text, int64_t *ret_milliseconds)
{
    struct tm parts = { .tm_isdst = 0 };
    int year, month, milliseconds, zone;

    if (read_digits(&text, 4, '-', 9999, &year) < 0
        || read_digits(&text, 2, '-', 12, &month) < 0
        || read_digits(&text, 2, '\0', 31, &parts.tm_mday) < 0
        || (*text != 'T' && *text != 't'))
        return -1;
    text++;
    if (read_digits(&text, 2, ':', 23, &parts.tm_hour) < 0
        || read_digits(&text, 2, ':', 59, &parts.tm_min) < 0
        || read_digits(&text, 2, '\0', 59, &parts.tm_sec) < 0
        || read_fraction(&text, &milliseconds) < 0
        || read_zone(text, &zone) < 0)
        return -1;
    parts.tm_year = year - 1900;
    parts.tm_mon = month - 1;
    const int day = parts.tm_mday;
    const int64_t seconds = timegm(&parts);
    /* 30 February would be a day of March. */
    if (parts.tm_mon != month - 1 || parts.tm_mday != day)
        return -1;
    *ret_milliseconds = (seconds - (int64_t) zone * 60) * 1000 + milliseconds;
    return 0;
}
