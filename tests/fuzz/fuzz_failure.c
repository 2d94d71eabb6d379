/* SPDX-License-Identifier: Apache-2.0 */
/* What libcurl says of a try that failed, and what the environment says of
 * the proxy and the certificates. There is always a reason; a proxy's password
 * is in none, and not in the proxy's address. */
#include "net/http/failure.h"

#include "base/cleanup.h"
#include "fuzz.h"
#include "net/http/ca_file.h"
#include "net/http/proxy.h"

#define PASSWORD "hunter2-is-secret"

enum { TEXT_CEILING = 64 * 1024 };

/* The address of a proxy whose URL has a password, between any texts. */
static char *
proxy_check(const char *scheme, const char *host)
{
    AUTOBUFFER url = BUFFER_INIT(TEXT_CEILING);

    buffer_printf(&url, "%s://user:" PASSWORD "@%s", scheme, host);
    fuzz_expect(setenv("https_proxy", buffer_text(&url), 1) == 0);
    char *address = proxy_address("https://management.azure.com/");
    if (strstr(scheme, PASSWORD) == NULL && strstr(host, PASSWORD) == NULL)
        fuzz_expect(address == NULL || strstr(address, PASSWORD) == NULL);
    free(proxy_address("http://127.0.0.1/"));
    return address;
}

static void
judge(const struct failure_try *try)
{
    AUTOERROR reason = ERROR_INIT;
    const struct failure failure = failure_judge(try, &reason);

    fuzz_expect(failure.kind != HTTP_FAILURE_NONE
                && failure.kind <= HTTP_FAILURE_INTERNAL);
    fuzz_expect(reason.message != NULL && *reason.message != '\0');
    fuzz_expect(strstr(reason.message, PASSWORD) == NULL);
}

/* Any failure, in words that may repeat the proxy's URL. */
static void
failures_check(const char *before, const char *behind, const char *proxy,
               size_t seed)
{
    AUTOBUFFER detail = BUFFER_INIT(TEXT_CEILING);
    AUTOBUFFER plain = BUFFER_INIT(TEXT_CEILING);

    buffer_printf(&detail, "%suser:" PASSWORD "@%s", before, behind);
    buffer_printf(&plain, "%s%s", before, behind);
    /* Some of them, and others for the next length. */
    for (int result = 1 + (int) (seed % 8); result < CURL_LAST; result += 8) {
        struct failure_try try = {
            .result = (CURLcode) result,
            .overflow = seed % 16 == 0 ? FAILURE_OVERFLOW_HEADERS
                                       : FAILURE_OVERFLOW_NONE,
            .host = "management.azure.com",
            .peer = seed % 3 == 0 ? "" : "192.0.2.1 port 443",
            .detail = buffer_text(&detail),
            .ca_file = seed % 2 == 0 ? NULL : "/nowhere/ca.pem",
            .proxy = proxy,
            .try_timeout = (int64_t) seed,
            .connect_timeout = 1000,
            .connected = seed % 5 == 0,
            .refused = seed % 2 == 0,
            .in_headers = seed % 7 == 0,
        };
        judge(&try);
        try.detail = buffer_text(&plain);
        if (strstr(try.detail, PASSWORD) == NULL)
            judge(&try);
    }
}

/* The person's choice, then the environment's, then the system's. */
static void
check_ca_file(const char *chosen, const char *variable)
{
    const char *origin = NULL;

    fuzz_expect(setenv("SSL_CERT_FILE", variable, 1) == 0);
    const char *file = ca_file_choose(chosen, &origin);
    if (*chosen != '\0')
        fuzz_expect(file == chosen && strcmp(origin, "option") == 0);
    else if (*variable != '\0')
        fuzz_expect(strcmp(file, variable) == 0
                    && strcmp(origin, "environment") == 0);
    else
        fuzz_expect(strcmp(origin, "system") == 0);
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    struct fuzz_input input = FUZZ_INPUT_INIT(bytes, length);
    AUTOFREE char *scheme = fuzz_text(&input);
    AUTOFREE char *host = fuzz_text(&input);
    AUTOFREE char *before = fuzz_text(&input);
    AUTOFREE char *behind = fuzz_text(&input);
    AUTOFREE char *proxy = proxy_check(scheme, host);

    if (proxy == NULL || strstr(proxy, PASSWORD) == NULL)
        failures_check(before, behind, proxy, length);
    check_ca_file(scheme, host);
    return 0;
}
