/* SPDX-License-Identifier: Apache-2.0 */
/* Any bytes as a nextLink, as an endpoint, as text on its way into a URL, as
 * the headers that ask for a wait, and as a URL on its way into the log. What
 * may be followed or sent to is https and leads to one place, however often
 * it is read; an escaped text comes back the same; a wait is within its
 * ceiling, and nothing secret is logged. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/cleanup.h"
#include "base/secret.h"
#include "fuzz.h"
#include "net/http/http_date.h"
#include "net/http/limits.h"
#include "net/http/retry.h"
#include "net/http/trace.h"
#include "net/http/url.h"

static const char page[] =
    "https://management.azure.com/subscriptions?api-version=2022-12-01";

/* A link that may be followed leads to the page's own host, and means the
 * same when it is read again. */
static void
link_check(const char *reference)
{
    AUTOERROR err = ERROR_INIT;
    AUTOFREE char *link = url_resolve(page, reference, &err);

    if (link == NULL || url_check(link, "https", &err) < 0
        || !url_same_origin(page, link))
        return;
    AUTOFREE char *host = url_host(link);
    AUTOFREE char *again = url_resolve(page, link, &err);
    if (host == NULL || strcmp(host, "management.azure.com") != 0
        || again == NULL || strcmp(again, link) != 0)
        abort();
}

/* What a person gives is a place for requests, and no page of its own. */
static void
endpoint_check(const char *text)
{
    AUTOERROR err = ERROR_INIT;
    AUTOFREE char *endpoint = url_endpoint(text, "--arm-endpoint", &err);

    if (endpoint == NULL) {
        fuzz_expect(err.message != NULL);
        return;
    }
    AUTOFREE char *again = url_endpoint(endpoint, "--arm-endpoint", &err);
    fuzz_expect(url_check(endpoint, "https", &err) == 0);
    fuzz_expect(endpoint[strlen(endpoint) - 1] != '/');
    fuzz_expect(again != NULL && strcmp(endpoint, again) == 0);
    fuzz_expect(url_same_origin(endpoint, again));
}

static int
digit_value(char digit)
{
    static const char digits[] = "0123456789ABCDEF";
    const char *at = digit != '\0' ? strchr(digits, digit) : NULL;

    fuzz_expect(at != NULL);
    return (int) (at - digits);
}

static void
escape_check(const char *text)
{
    AUTOSECRET char *escaped = url_escape(text);

    fuzz_expect(escaped != NULL);
    for (const char *at = escaped; *at != '\0'; at++, text++) {
        const char plain = *at;
        fuzz_expect(strchr("/?#&=+: ", plain) == NULL);
        if (plain != '%') {
            fuzz_expect(plain == *text);
            continue;
        }
        const int byte = digit_value(at[1]) * 16 + digit_value(at[2]);
        fuzz_expect((unsigned char) *text == byte);
        at += 2;
    }
    fuzz_expect(*text == '\0');
}

static void
wait_check(const char *value)
{
    const struct retry_hints hints[] = {
        { .retry_after_ms = value, .body = -1 },
        { .x_ms_retry_after_ms = value, .body = -1 },
        { .retry_after = value, .body = -1 },
    };

    for (size_t i = 0; i < ARRAY_LENGTH(hints); i++) {
        const int64_t wait = retry_after(&hints[i], INT64_C(1800000000000));
        if (wait < -1 || wait > HTTP_RETRY_AFTER_CEILING)
            abort();
    }
}

/* Whatever a query begins with, the value behind a name stays out of the
 * log. */
static void
log_check(const char *query)
{
    static const char secret[] = "0bcd5d3f-this-is-secret";
    AUTOBUFFER url = BUFFER_INIT(64 * 1024);
    AUTOBUFFER logged = BUFFER_INIT(64 * 1024);

    if (strstr(query, secret) != NULL
        || buffer_printf(&url, "https://host/?%s&sig=%s", query, secret) < 0
        || trace_append_url(&logged, buffer_text(&url)) < 0)
        return;
    if (strstr(buffer_text(&logged), secret) != NULL)
        abort();
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    AUTOFREE char *text = strndup((const char *) bytes, length);

    if (text == NULL)
        return 0;
    fuzz_expect(http_date_parse(text) >= -1);
    link_check(text);
    endpoint_check(text);
    escape_check(text);
    wait_check(text);
    log_check(text);
    return 0;
}
