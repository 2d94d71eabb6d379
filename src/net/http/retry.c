/* SPDX-License-Identifier: Apache-2.0 */
/* How long to wait before the next try. */
#include "net/http/retry.h"

#include <stddef.h>
#include <string.h>

#include "base/text.h"
#include "net/http/http_date.h"
#include "net/http/limits.h"

static int64_t
limit(int64_t milliseconds)
{
    return milliseconds < HTTP_RETRY_AFTER_CEILING ? milliseconds
                                                   : HTTP_RETRY_AFTER_CEILING;
}

/* A decimal number of units, -1 where text is anything else. A number too
 * large to hold is a wait too long to matter. */
static int64_t
parse_number(const char *text, int64_t unit)
{
    uint64_t value;

    if (text == NULL || text[0] == '\0'
        || text[strspn(text, "0123456789")] != '\0')
        return -1;
    if (text_to_unsigned(text, HTTP_RETRY_AFTER_CEILING, &value) < 0)
        return HTTP_RETRY_AFTER_CEILING;
    return limit((int64_t) value * unit);
}

/* RFC 9110, section 10.2.3: the date is absolute. One that has passed asks
 * for no wait. */
static int64_t
parse_date(const char *text, int64_t now)
{
    const int64_t moment = http_date_parse(text);
    const int64_t wait = moment - now;

    if (moment < 0)
        return -1;
    return wait > 0 ? limit(wait) : 0;
}

int64_t
retry_after(const struct retry_hints *hints, int64_t now)
{
    int64_t wait = parse_number(hints->retry_after_ms, 1);

    if (wait < 0)
        wait = parse_number(hints->x_ms_retry_after_ms, 1);
    if (wait < 0)
        wait = parse_number(hints->retry_after, 1000);
    if (wait < 0)
        wait = parse_date(hints->retry_after, now);
    if (wait < 0 && hints->body >= 0)
        wait = limit(hints->body);
    return wait;
}

int64_t
retry_backoff(int64_t base, unsigned number, uint32_t random)
{
    int64_t wait = base < HTTP_BACKOFF_CEILING ? base : HTTP_BACKOFF_CEILING;

    for (unsigned i = 1; i < number && wait < HTTP_BACKOFF_CEILING; i++)
        wait *= 2;
    wait = wait * (800 + (int64_t) (random % 501)) / 1000;
    return wait < HTTP_BACKOFF_CEILING ? wait : HTTP_BACKOFF_CEILING;
}
