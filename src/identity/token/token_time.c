/* SPDX-License-Identifier: Apache-2.0 */
/* The dates in which issuers write the end of a token. */
#include "identity/token/token_time.h"

#include <stdbool.h>
#include <string.h>
#include <time.h>

#include "base/cleanup.h"

/* Reads the fields up to the seconds' fraction, which is skipped. Returns
 * what follows, or NULL. */
static const char *
fields_read(const char *text, const char *format, struct tm *ret_fields)
{
    memset(ret_fields, 0, sizeof(*ret_fields));
    const char *rest = strptime(text, format, ret_fields);
    if (rest == NULL)
        return NULL;
    if (*rest == '.') {
        rest++;
        if (*rest < '0' || *rest > '9')
            return NULL;
        rest += strspn(rest, "0123456789");
    }
    return rest;
}

static int
two_digits(const char *text)
{
    if (text[0] < '0' || text[0] > '9' || text[1] < '0' || text[1] > '9')
        return -1;
    return (text[0] - '0') * 10 + (text[1] - '0');
}

/* Reads what a clock of twelve hours says behind the time. */
static const char *
half_day_read(const char *text, struct tm *fields)
{
    const bool morning = strncasecmp(text, " AM", 3) == 0;

    if (!morning && strncasecmp(text, " PM", 3) != 0)
        return text;
    if (fields->tm_hour < 1 || fields->tm_hour > 12)
        return NULL;
    fields->tm_hour = fields->tm_hour % 12 + (morning ? 0 : 12);
    return text + 3;
}

/* Reads nothing, Z, +hh:mm or -hh:mm. */
static int
offset_read(const char *text, int64_t *ret_seconds)
{
    *ret_seconds = 0;
    text += *text == ' ' ? 1 : 0;
    if (*text == '\0' || strcmp(text, "Z") == 0 || strcmp(text, "z") == 0)
        return 0;
    if ((*text != '+' && *text != '-') || strlen(text) != 6 || text[3] != ':')
        return -1;
    const int hours = two_digits(text + 1);
    const int minutes = two_digits(text + 4);
    if (hours < 0 || hours > 23 || minutes < 0 || minutes > 59)
        return -1;
    const int64_t seconds = hours * 3600 + minutes * 60;
    *ret_seconds = *text == '-' ? -seconds : seconds;
    return 0;
}

static int
seconds_accept(int64_t seconds, int64_t *ret_milliseconds)
{
    if (seconds <= 0 || seconds > TOKEN_TIME_LAST)
        return -1;
    *ret_milliseconds = seconds * 1000;
    return 0;
}

int
token_time_utc(const char *text, int64_t *ret_milliseconds)
{
    static const char *const formats[] = {
        "%Y-%m-%dT%H:%M:%S",
        "%Y-%m-%d %H:%M:%S",
        "%m/%d/%Y %H:%M:%S",
    };

    for (size_t i = 0; i < ARRAY_LENGTH(formats); i++) {
        struct tm fields;
        int64_t offset;
        const char *rest = fields_read(text, formats[i], &fields);
        if (rest != NULL)
            rest = half_day_read(rest, &fields);
        if (rest == NULL || offset_read(rest, &offset) < 0)
            continue;
        return seconds_accept((int64_t) timegm(&fields) - offset,
                              ret_milliseconds);
    }
    return -1;
}

int
token_time_local(const char *text, int64_t *ret_milliseconds)
{
    struct tm fields;
    const char *rest = fields_read(text, "%Y-%m-%d %H:%M:%S", &fields);

    if (rest == NULL || *rest != '\0')
        return -1;
    fields.tm_isdst = -1; /* the zone's rules decide */
    return seconds_accept((int64_t) mktime(&fields), ret_milliseconds);
}
