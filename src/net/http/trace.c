/* SPDX-License-Identifier: Apache-2.0 */
/* Log lines about tries. */
#include "net/http/trace.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/cleanup.h"
#include "base/log.h"
#include "base/text.h"

/* Of an api-version that is shown. */
enum { TRACE_VERSION_CEILING = 40 };

static const char redacted[] = "REDACTED";

/* What the Azure SDKs log, and what ARM adds for its throttling. */
static const char *const allowed_headers[] = {
    "accept",
    "accept-encoding",
    "accept-language",
    "cache-control",
    "client-request-id",
    "connection",
    "content-encoding",
    "content-length",
    "content-type",
    "date",
    "etag",
    "expires",
    "if-match",
    "if-none-match",
    "last-modified",
    "ms-cv",
    "pragma",
    "request-id",
    "retry-after",
    "retry-after-ms",
    "server",
    "traceparent",
    "transfer-encoding",
    "user-agent",
    "x-ms-client-request-id",
    "x-ms-correlation-request-id",
    "x-ms-error-code",
    "x-ms-failure-cause",
    "x-ms-request-id",
    "x-ms-retry-after-ms",
    "x-ms-return-client-request-id",
    "x-ms-routing-request-id",
};

static bool
header_is_allowed(const char *name)
{
    if (text_starts_with_ignoring_case(name, "x-ms-ratelimit-"))
        return true;
    for (size_t i = 0; i < ARRAY_LENGTH(allowed_headers); i++)
        if (text_equal_ignoring_case(name, allowed_headers[i]))
            return true;
    return false;
}

void
trace_header(char direction, const char *name, const char *value)
{
    log_trace("%c %s: %s", direction, name,
              header_is_allowed(name) ? value : redacted);
}

bool
trace_shows_header_line(const char *line)
{
    AUTOFREE char *name = strndup(line, strcspn(line, ":"));

    return name != NULL && header_is_allowed(name);
}

void
trace_header_line(char direction, const char *line)
{
    const char *colon = strchr(line, ':');

    if (!log_enabled(LOG_LEVEL_TRACE) || colon == NULL)
        return;
    const char *value = colon + 1 + strspn(colon + 1, " \t");
    AUTOFREE char *name = strndup(line, (size_t) (colon - line));
    /* Without a value it is not sent: libcurl's way to suppress a header. */
    if (name != NULL && value[0] != '\0')
        trace_header(direction, name, value);
}

/* Whether it can be a version, and nothing that a page's link smuggles in
 * under that name. */
static bool
is_version(const char *text, size_t length)
{
    static const char characters[] = "0123456789.-"
                                     "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                     "abcdefghijklmnopqrstuvwxyz";

    return length >= 1 && length <= TRACE_VERSION_CEILING
           && strspn(text, characters) >= length;
}

/* One "name=value", of which only an api-version keeps its value. */
static void
append_parameter(struct buffer *target, const char *text, size_t length)
{
    static const char shown[] = "api-version=";
    const size_t name = sizeof(shown) - 1;
    const char *equals = memchr(text, '=', length);

    if (length == 0)
        return;
    if (equals == NULL) {
        (void) buffer_append_text(target, redacted);
        return;
    }
    if (length > name && strncasecmp(text, shown, name) == 0
        && is_version(text + name, length - name)) {
        (void) buffer_append(target, text, length);
        return;
    }
    (void) buffer_append(target, text, (size_t) (equals - text) + 1);
    (void) buffer_append_text(target, redacted);
}

static void
append_query(struct buffer *target, const char *query)
{
    for (;;) {
        const size_t length = strcspn(query, "&");
        append_parameter(target, query, length);
        if (query[length] == '\0')
            return;
        (void) buffer_append_byte(target, '&');
        query += length + 1;
    }
}

int
trace_append_url(struct buffer *target, const char *url)
{
    const char *host = strstr(url, "://");

    if (host != NULL) {
        host += 3;
        const size_t authority = strcspn(host, "/?#");
        const char *at = memrchr(host, '@', authority);
        (void) buffer_append(target, url, (size_t) (host - url));
        if (at != NULL) {
            (void) buffer_append_text(target, redacted);
            host = at;
        }
        url = host;
    }
    const size_t path = strcspn(url, "?#");
    (void) buffer_append(target, url, path);
    if (url[path] == '?') {
        AUTOFREE char *query =
            strndup(url + path + 1, strcspn(url + path + 1, "#"));
        (void) buffer_append_byte(target, '?');
        if (query != NULL)
            append_query(target, query);
    }
    return buffer_failed(target) ? -1 : 0;
}

void
trace_try(const struct trace_try *try)
{
    AUTOBUFFER url = BUFFER_INIT(1024 * 1024);

    if (!log_enabled(LOG_LEVEL_DEBUG) || trace_append_url(&url, try->url) < 0)
        return;
    if (try->status != 0)
        log_debug("%s %s: %d in %lld ms (try %u, request %s)", try->method,
                  buffer_text(&url), try->status,
                  (long long) try->milliseconds, try->number, try->request_id);
    else
        log_debug("%s %s: %s, after %lld ms (try %u, request %s)", try->method,
                  buffer_text(&url), try->reason,
                  (long long) try->milliseconds, try->number, try->request_id);
}
