/* SPDX-License-Identifier: Apache-2.0 */
/* Why a try brought no answer. */
#include "net/http/failure.h"

#include <errno.h>
#include <string.h>

#include "net/http/ca_file.h"
#include "net/http/limits.h"

typedef void failure_describe(const struct failure_try *try,
                              struct error *reason);

static const char proxy_prefix[] = "Could not resolve proxy: ";

/* Whether libcurl's words may be repeated. It quotes a proxy's URL, with
 * user and password, where it cannot read it. */
static bool
detail_is_harmless(const char *detail)
{
    return detail[0] != '\0' && strchr(detail, '@') == NULL
           && strstr(detail, "://") == NULL
           && strncmp(detail, "Unsupported proxy", 17) != 0;
}

/* libcurl's words without the part that says what we say ourselves. */
static const char *
detail_after(const struct failure_try *try, const char *prefix)
{
    const size_t length = strlen(prefix);

    if (!detail_is_harmless(try->detail))
        return curl_easy_strerror(try->result);
    return try->detail
           + (strncmp(try->detail, prefix, length) == 0 ? length : 0);
}

/* Whether the proxy's URL is at fault: libcurl names the host where it
 * could read it. */
static bool
proxy_is_unusable(const struct failure_try *try)
{
    static const char host[] = "0123456789.-_:[]%"
                               "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
                               "abcdefghijklmnopqrstuvwxyz";
    const size_t length = strlen(proxy_prefix);
    const char *name = try->detail + length;

    if (strncmp(try->detail, "Unsupported proxy", 17) == 0)
        return true;
    if (try->result != CURLE_COULDNT_RESOLVE_PROXY)
        return false;
    return strncmp(try->detail, proxy_prefix, length) != 0 || name[0] == '\0'
           || name[strspn(name, host)] != '\0';
}

/* Another try would read the same variable. */
static struct failure
judge_proxy_url(struct error *reason)
{
    (void) error_set(reason, "HTTPS_PROXY is not a usable URL");
    (void) error_advise(reason, "write it as http://HOST:PORT; in a user or "
                                "password / is %%2F, : is %%3A and @ is %%40");
    return (struct failure){ HTTP_FAILURE_RESOLVE, false };
}

static void
set_within(struct error *reason, const char *what, int64_t milliseconds)
{
    if (milliseconds % 1000 == 0)
        (void) error_set(reason, "%s within %lld s", what,
                         (long long) milliseconds / 1000);
    else
        (void) error_set(reason, "%s within %lld ms", what,
                         (long long) milliseconds);
}

static const char network_advice[] =
    "check the address, the network and the proxy settings (HTTPS_PROXY, "
    "NO_PROXY)";

static void
describe_host(const struct failure_try *try, struct error *reason)
{
    (void) error_set(reason, "could not resolve host %s", try->host);
    (void) error_advise(reason, "check the name, the network and the proxy "
                                "settings (HTTPS_PROXY, NO_PROXY)");
}

static void
describe_proxy(const struct failure_try *try, struct error *reason)
{
    (void) error_set(reason, "could not resolve proxy %s",
                     detail_after(try, proxy_prefix));
    (void) error_advise(reason, "check HTTPS_PROXY");
}

/* libcurl tells where it could not connect to: "Failed to connect to HOST
 * port PORT". */
static bool
proxy_is_in_use(const struct failure_try *try)
{
    return try->proxy != NULL && strstr(try->detail, try->proxy) != NULL;
}

static void
describe_connect(const struct failure_try *try, struct error *reason)
{
    const bool proxy = proxy_is_in_use(try);
    const char *by = proxy ? try->proxy : try->peer;

    if (try->refused && by[0] != '\0')
        (void) error_set(reason, "connection refused by %s%s",
                         proxy ? "proxy " : "", by);
    else if (proxy)
        (void) error_set(reason, "could not connect to proxy %s: %s",
                         try->proxy, detail_after(try, ""));
    else
        (void) error_set(reason, "could not connect to %s: %s", try->host,
                         detail_after(try, ""));
    (void) error_advise(reason, "%s", network_advice);
}

static void
describe_certificate(const struct failure_try *try, struct error *reason)
{
    const char *detail = detail_after(try, "SSL certificate problem: ");

    if (strncmp(detail, "SSL: ", 5) == 0)
        detail += 5;
    (void) error_set(reason, "certificate verify failed: %s (%s)", detail,
                     try->host);
    (void) error_advise(reason,
                        "if a proxy of your own inspects TLS, give its CA "
                        "with --ca-file or SSL_CERT_FILE");
}

static void
describe_ca_file(const struct failure_try *try, struct error *reason)
{
    const char *why = "it holds no certificates";
    const char *unusable = NULL;

    if (try->ca_file == NULL)
        why = "there is none";
    else if (!ca_file_check(try->ca_file, &unusable))
        why = unusable;
    (void) error_set(
        reason, "cannot read certificates from %s: %s",
        try->ca_file != NULL ? try->ca_file : "the system's store", why);
    (void) error_advise(reason, "give a PEM file with --ca-file or "
                                "SSL_CERT_FILE, or install ca-certificates");
}

static void
describe_handshake(const struct failure_try *try, struct error *reason)
{
    (void) error_set(reason, "TLS handshake with %s failed: %s", try->host,
                     detail_after(try, "OpenSSL SSL_connect: "));
}

static void
describe_timeout(const struct failure_try *try, struct error *reason)
{
    if (try->connected)
        set_within(reason, "no answer", try->try_timeout);
    else
        set_within(reason, "no connection", try->connect_timeout);
}

static void
describe_silence(const struct failure_try *try, struct error *reason)
{
    (void) error_set(reason, "%s closed the connection without an answer",
                     try->host);
}

static void
describe_cut(const struct failure_try *try, struct error *reason)
{
    (void) error_set(reason, "answer of %s was cut off", try->host);
}

static void
describe_broken(const struct failure_try *try, struct error *reason)
{
    (void) error_set(reason, "connection to %s broke: %s", try->host,
                     detail_after(try, ""));
}

static void
describe_memory(const struct failure_try *try, struct error *reason)
{
    (void) try;
    (void) error_set_memory(reason);
}

static void
describe_other(const struct failure_try *try, struct error *reason)
{
    (void) error_set(reason, "request to %s failed: %s", try->host,
                     detail_after(try, ""));
}

/* What is not listed is final, and HTTP_FAILURE_INTERNAL. */
static const struct {
    CURLcode result;
    struct failure failure;
    failure_describe *describe;
} results[] = {
    { CURLE_COULDNT_RESOLVE_HOST,
      { HTTP_FAILURE_RESOLVE, true },
      describe_host },
    { CURLE_COULDNT_RESOLVE_PROXY,
      { HTTP_FAILURE_RESOLVE, true },
      describe_proxy },
    { CURLE_COULDNT_CONNECT,
      { HTTP_FAILURE_CONNECT, true },
      describe_connect },
    { CURLE_PROXY, { HTTP_FAILURE_CONNECT, true }, describe_connect },
    { CURLE_OPERATION_TIMEDOUT,
      { HTTP_FAILURE_TIMEOUT, true },
      describe_timeout },
    { CURLE_SSL_CONNECT_ERROR,
      { HTTP_FAILURE_TLS, true },
      describe_handshake },
    { CURLE_PEER_FAILED_VERIFICATION,
      { HTTP_FAILURE_TLS, false },
      describe_certificate },
    { CURLE_SSL_CACERT_BADFILE,
      { HTTP_FAILURE_TLS, false },
      describe_ca_file },
    { CURLE_SSL_ISSUER_ERROR,
      { HTTP_FAILURE_TLS, false },
      describe_certificate },
    { CURLE_SSL_CIPHER, { HTTP_FAILURE_TLS, false }, describe_handshake },
    { CURLE_GOT_NOTHING, { HTTP_FAILURE_BROKEN, true }, describe_silence },
    { CURLE_PARTIAL_FILE, { HTTP_FAILURE_BROKEN, true }, describe_cut },
    { CURLE_SEND_ERROR, { HTTP_FAILURE_BROKEN, true }, describe_broken },
    { CURLE_RECV_ERROR, { HTTP_FAILURE_BROKEN, true }, describe_broken },
    { CURLE_WEIRD_SERVER_REPLY,
      { HTTP_FAILURE_BROKEN, true },
      describe_broken },
    /* HTTP/0.9, which is to say: no HTTP. The URL's scheme was checked. */
    { CURLE_UNSUPPORTED_PROTOCOL,
      { HTTP_FAILURE_BROKEN, true },
      describe_broken },
    { CURLE_BAD_CONTENT_ENCODING,
      { HTTP_FAILURE_BROKEN, true },
      describe_broken },
    { CURLE_OUT_OF_MEMORY, { HTTP_FAILURE_INTERNAL, false }, describe_memory },
};

/* Another try may have its own answer. */
static struct failure
judge_foreign(const struct failure_try *try, struct error *reason)
{
    (void) error_set(reason,
                     "%s sent an answer that belongs to another request",
                     try->host);
    (void) error_advise(reason,
                        "look for a proxy or gateway that mixes up answers, "
                        "or rewrites the header x-ms-client-request-id");
    return (struct failure){ HTTP_FAILURE_FOREIGN, true };
}

/* Whoever answers so does it again. */
static struct failure
judge_encoding(const struct failure_try *try, struct error *reason)
{
    (void) error_set(reason,
                     "answer of %s is encoded in a way that is not accepted: "
                     "it may be packed once, with gzip or deflate",
                     try->host);
    (void) error_advise(reason, "check which server or proxy answers there");
    return (struct failure){ HTTP_FAILURE_BROKEN, false };
}

static struct failure
judge_overflow(const struct failure_try *try, struct error *reason)
{
    const struct failure too_large = { HTTP_FAILURE_TOO_LARGE, false };

    switch (try->overflow) {
    case FAILURE_OVERFLOW_BODY:
        (void) error_set(reason, "answer larger than %d MiB",
                         HTTP_BODY_CEILING / 1024 / 1024);
        return too_large;
    case FAILURE_OVERFLOW_HEADERS:
        (void) error_set(reason, "header of the answer larger than %d KiB",
                         HTTP_HEADERS_CEILING / 1024);
        return too_large;
    case FAILURE_OVERFLOW_ENCODING:
        return judge_encoding(try, reason);
    case FAILURE_OVERFLOW_TIME:
        describe_timeout(try, reason);
        return (struct failure){ HTTP_FAILURE_TIMEOUT, true };
    case FAILURE_OVERFLOW_TURN:
        (void) error_set(reason, "interrupted");
        return (struct failure){ HTTP_FAILURE_CANCELLED, false };
    case FAILURE_OVERFLOW_NONE:
    case FAILURE_OVERFLOW_MEMORY:
    default:
        (void) error_set_memory(reason);
        return (struct failure){ HTTP_FAILURE_INTERNAL, false };
    }
}

struct failure
failure_judge(const struct failure_try *try, struct error *ret_reason)
{
    struct failure_try judged = *try;

    if (try->foreign)
        return judge_foreign(try, ret_reason);
    /* Its own ceiling on one header line is reported as that by libcurl. */
    if (try->result == CURLE_OUT_OF_MEMORY && try->in_headers
        && try->overflow == FAILURE_OVERFLOW_NONE)
        judged.overflow = FAILURE_OVERFLOW_HEADERS;
    if (judged.overflow != FAILURE_OVERFLOW_NONE)
        return judge_overflow(&judged, ret_reason);
    if (proxy_is_unusable(try))
        return judge_proxy_url(ret_reason);
    for (size_t i = 0; i < sizeof(results) / sizeof(results[0]); i++)
        if (results[i].result == try->result) {
            results[i].describe(try, ret_reason);
            return results[i].failure;
        }
    describe_other(try, ret_reason);
    return (struct failure){ HTTP_FAILURE_INTERNAL, false };
}
