/* SPDX-License-Identifier: Apache-2.0 */
/* Any bytes in base64 and out of it; any text as the time at which a token
 * ends, as an authority's host, and as a tenant. What was encoded is decoded
 * to the same; a time is one of this calendar; a host that nobody vouches for
 * is one of Microsoft's or this machine; a tenant adds nothing to a path. */
#include <stdlib.h>

#include "base/cleanup.h"
#include "fuzz.h"
#include "net/http/url.h"
#include "identity/entra/authority.h"
#include "identity/token/base64.h"
#include "identity/token/token_time.h"

enum { CODE_CEILING = 64 * 1024 };

typedef int encoder(struct buffer *target, const char *bytes, size_t length);

static void
base64_check(encoder *encode, const char *bytes, size_t length)
{
    AUTOBUFFER code = BUFFER_INIT(CODE_CEILING);
    AUTOBUFFER decoded = BUFFER_INIT(CODE_CEILING);

    fuzz_expect(encode(&code, bytes, length) == 0);
    fuzz_expect(base64_decode(&decoded, buffer_text(&code), code.length) == 0);
    fuzz_expect(decoded.length == length
                && memcmp(buffer_text(&decoded), bytes, length) == 0);
}

/* What is taken stands for bytes that are written in as many letters. */
static void
decode_check(const char *text, size_t length)
{
    AUTOBUFFER decoded = BUFFER_INIT(CODE_CEILING);
    AUTOBUFFER code = BUFFER_INIT(CODE_CEILING);

    if (base64_decode(&decoded, text, length) < 0)
        return;
    while (length > 0 && text[length - 1] == '=')
        length--;
    fuzz_expect(base64_encode_url(&code, buffer_text(&decoded), decoded.length)
                    == 0
                && code.length == length);
}

static void
time_check(const char *text)
{
    int64_t utc = -1, local = -1;
    const bool is_utc = token_time_utc(text, &utc) == 0;
    const bool is_local = token_time_local(text, &local) == 0;

    fuzz_expect(!is_utc || (utc > 0 && utc <= TOKEN_TIME_LAST * 1000));
    fuzz_expect(!is_local || (local > 0 && local <= TOKEN_TIME_LAST * 1000));
    /* The tests' zone is UTC, and both read this form. */
    fuzz_expect(!is_local || (is_utc && utc == local));
}

static bool
ends_with(const char *text, const char *end)
{
    const size_t length = strlen(text), size = strlen(end);

    return length >= size && strcmp(text + length - size, end) == 0;
}

static void
authority_host_check(const char *host)
{
    static const char *const ends[] = {
        ".microsoftonline.com",
        "login.microsoft.com",
        ".windows.net",
        ".microsoftonline.us",
        ".usgovcloudapi.net",
        ".chinacloudapi.cn",
        ".microsoftonline.cn",
        ".sovcloud-identity.fr",
        ".sovcloud-identity.de",
        ".sovcloud-identity.sg",
        "localhost",
        "[::1]",
    };
    AUTOERROR err = ERROR_INIT;
    AUTOFREE char *origin =
        authority_check(host, "AZURE_AUTHORITY_HOST", false, &err);

    if (origin == NULL) {
        fuzz_expect(err.message != NULL);
        return;
    }
    AUTOFREE char *name = url_host(origin);
    bool known = name != NULL && strncmp(name, "127.", 4) == 0;
    for (size_t i = 0; i < ARRAY_LENGTH(ends) && name != NULL; i++)
        known = known || ends_with(name, ends[i]);
    fuzz_expect(known && url_check(origin, "https", &err) == 0);
}

static void
tenant_check(const char *tenant)
{
    static const char authority[] = "https://login.example";
    AUTOERROR err = ERROR_INIT;
    AUTOFREE char *url = authority_token_url(authority, tenant, &err);

    fuzz_expect((url != NULL) == authority_valid_tenant(tenant));
    if (url == NULL)
        return;
    AUTOFREE char *resolved = url_resolve(url, url, &err);
    fuzz_expect(url_same_origin(authority, url));
    fuzz_expect(resolved != NULL && strcmp(resolved, url) == 0);
    fuzz_expect(strpbrk(tenant, "/?#%@\\") == NULL);
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    const char *given = (const char *) bytes;
    AUTOFREE char *text = strndup(given, length);

    fuzz_expect(text != NULL && setenv("TZ", "UTC", 1) == 0);
    base64_check(base64_encode, given, length);
    base64_check(base64_encode_url, given, length);
    decode_check(given, length);
    time_check(text);
    authority_host_check(text);
    tenant_check(text);
    return 0;
}
