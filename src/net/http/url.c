/* SPDX-License-Identifier: Apache-2.0 */
/* URLs, as libcurl reads them. */
#include "net/http/url.h"

#include <arpa/inet.h>
#include <curl/curl.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/cleanup.h"
#include "base/secret.h"
#include "base/text.h"
#include "net/http/limits.h"

static void
handle_cleanup(CURLU **handle)
{
    curl_url_cleanup(*handle);
}

static void
part_cleanup(char **part)
{
    curl_free(*part);
}

#define AUTOURL CLEANUP(handle_cleanup) CURLU
#define AUTOPART CLEANUP(part_cleanup) char

/* The caller releases the handle; NULL where text is no absolute URL of a
 * scheme that libcurl knows, or memory runs out. */
static CURLU *
parse(const char *text, CURLUcode *ret_code)
{
    AUTOURL *handle = curl_url();

    *ret_code = CURLUE_OUT_OF_MEMORY;
    if (handle == NULL)
        return NULL;
    *ret_code = CURLUE_MALFORMED_INPUT;
    if (text == NULL || strlen(text) > HTTP_URL_CEILING)
        return NULL;
    *ret_code = curl_url_set(handle, CURLUPART_URL, text, 0);
    return *ret_code == CURLUE_OK ? take_pointer(handle) : NULL;
}

/* NULL where the part is absent, or memory runs out. */
static char *
part(CURLU *handle, CURLUPart which, unsigned flags)
{
    char *text = NULL;

    if (curl_url_get(handle, which, &text, flags) != CURLUE_OK)
        return NULL;
    return text;
}

/* Also where the part is there, but empty. */
static bool
has_part(CURLU *handle, CURLUPart which)
{
    AUTOPART *text = part(handle, which, 0);

    return text != NULL;
}

static bool
has_user(CURLU *handle)
{
    return has_part(handle, CURLUPART_USER)
           || has_part(handle, CURLUPART_PASSWORD)
           || has_part(handle, CURLUPART_OPTIONS);
}

static bool
has_scheme(CURLU *handle, const char *scheme)
{
    AUTOPART *text = part(handle, CURLUPART_SCHEME, 0);

    return text != NULL && text_equal_ignoring_case(text, scheme);
}

static int
set_unreadable(struct error *err, CURLUcode code)
{
    if (code == CURLUE_OUT_OF_MEMORY)
        return error_set_memory(err);
    return error_set(err, "unusable URL: %s", curl_url_strerror(code));
}

bool
url_same_origin(const char *left, const char *right)
{
    CURLUcode code;
    AUTOURL *a = parse(left, &code);
    AUTOURL *b = parse(right, &code);

    if (a == NULL || b == NULL || has_user(a) || has_user(b)
        || !has_scheme(a, "https") || !has_scheme(b, "https"))
        return false;
    AUTOPART *a_host = part(a, CURLUPART_HOST, 0);
    AUTOPART *b_host = part(b, CURLUPART_HOST, 0);
    AUTOPART *a_port = part(a, CURLUPART_PORT, CURLU_DEFAULT_PORT);
    AUTOPART *b_port = part(b, CURLUPART_PORT, CURLU_DEFAULT_PORT);
    return a_host != NULL && text_equal_ignoring_case(a_host, b_host)
           && a_port != NULL && text_equal_ignoring_case(a_port, b_port);
}

int
url_check(const char *url, const char *scheme, struct error *err)
{
    CURLUcode code;
    AUTOURL *handle = parse(url, &code);

    if (handle == NULL)
        return set_unreadable(err, code);
    AUTOPART *host = part(handle, CURLUPART_HOST, 0);
    if (host == NULL || host[0] == '\0')
        return error_set(err, "unusable URL: it names no host");
    if (!has_scheme(handle, scheme))
        return error_set(err, "unusable URL for %s: it is not %s", host,
                         scheme);
    if (has_user(handle))
        return error_set(err, "unusable URL for %s: it names a user", host);
    if (has_part(handle, CURLUPART_FRAGMENT))
        return error_set(err, "unusable URL for %s: it has a fragment", host);
    return 0;
}

char *
url_resolve(const char *base, const char *reference, struct error *err)
{
    CURLUcode code;
    AUTOURL *handle = parse(base, &code);

    if (handle == NULL) {
        (void) set_unreadable(err, code);
        return NULL;
    }
    code = CURLUE_MALFORMED_INPUT;
    if (reference != NULL && strlen(reference) <= HTTP_URL_CEILING)
        code = curl_url_set(handle, CURLUPART_URL, reference, CURLU_URLENCODE);
    if (code == CURLUE_OK)
        code = curl_url_set(handle, CURLUPART_FRAGMENT, NULL, 0);
    if (code != CURLUE_OK) {
        (void) set_unreadable(err, code);
        return NULL;
    }
    AUTOPART *whole = part(handle, CURLUPART_URL, 0);
    char *copy = whole != NULL ? strdup(whole) : NULL;
    if (copy == NULL)
        (void) error_set_memory(err);
    return copy;
}

static int
endpoint_refuse(struct error *err, const char *origin, const char *why)
{
    (void) error_set(err, "%s: %s", origin, why);
    return error_advise(err, "write it as https://HOST");
}

static int
endpoint_check(const char *text, const char *origin, struct error *err)
{
    CURLUcode code;
    AUTOURL *handle = parse(text, &code);

    if (handle == NULL && code == CURLUE_OUT_OF_MEMORY)
        return error_set_memory(err);
    if (handle == NULL)
        return endpoint_refuse(err, origin, "not an https URL");
    AUTOPART *host = part(handle, CURLUPART_HOST, 0);
    if (!has_scheme(handle, "https") || host == NULL || host[0] == '\0')
        return endpoint_refuse(err, origin, "not an https URL");
    if (has_user(handle))
        return endpoint_refuse(err, origin, "may not name a user");
    /* An empty query or fragment is no part to libcurl. */
    if (strpbrk(text, "?#") != NULL)
        return endpoint_refuse(err, origin,
                               "may not have a query or fragment");
    return 0;
}

char *
url_endpoint(const char *text, const char *origin, struct error *err)
{
    if (endpoint_check(text, origin, err) < 0)
        return NULL;
    size_t length = strlen(text);
    while (length > 0 && text[length - 1] == '/')
        length--;
    char *copy = strndup(text, length);
    if (copy == NULL)
        (void) error_set_memory(err);
    return copy;
}

char *
url_host(const char *url)
{
    CURLUcode code;
    AUTOURL *handle = parse(url, &code);

    if (handle == NULL)
        return NULL;
    AUTOPART *host = part(handle, CURLUPART_HOST, 0);
    if (host == NULL || host[0] == '\0')
        return NULL;
    for (char *letter = host; *letter != '\0'; letter++)
        if (*letter >= 'A' && *letter <= 'Z')
            *letter = (char) (*letter - 'A' + 'a');
    return strdup(host);
}

char *
url_path(const char *url)
{
    CURLUcode code;
    AUTOURL *handle = parse(url, &code);

    if (handle == NULL)
        return NULL;
    AUTOPART *path = part(handle, CURLUPART_PATH, CURLU_URLDECODE);
    return path != NULL ? strdup(path) : NULL;
}

bool
url_is_loopback(const char *url)
{
    AUTOFREE char *host = url_host(url);
    struct in_addr address;

    if (host == NULL)
        return false;
    if (strcmp(host, "localhost") == 0 || strcmp(host, "[::1]") == 0)
        return true;
    return inet_pton(AF_INET, host, &address) == 1
           && ntohl(address.s_addr) >> 24 == 127;
}

char *
url_escape(const char *text)
{
    /* libcurl takes a length of 0 for "find out". */
    AUTOPART *escaped = curl_easy_escape(NULL, text, 0);

    return secret_copy(escaped);
}
