/* SPDX-License-Identifier: Apache-2.0 */
/* A refusal that repeats what it was sent: a secret of any bytes, in a header
 * and in a form, within any body; beside it any form. No secret is left in the
 * body, as it is or as a form has it, and the length stays. */
#include "net/http/echo.h"

#include "base/cleanup.h"
#include "base/secret.h"
#include "fuzz.h"
#include "net/http/limits.h"
#include "net/http/url.h"

enum { SECRET_LEAST = 8 };

static const char form_type[] =
    "Content-Type: application/x-www-form-urlencoded";

/* A request with a header of this line and a form as its body; NULL where it
 * cannot be sent. */
static struct request *
make_request(const char *line, const char *form)
{
    const char *const headers[] = { line, form_type, NULL };
    const struct http_request source = { .method = "POST",
                                         .url = "https://login.example/token",
                                         .headers = headers,
                                         .body = form,
                                         .length = strlen(form) };
    struct request *request = NULL;

    return request_new(&request, &source, "https", NULL) == 0 ? request : NULL;
}

static void
expect_blank(const struct buffer *body, const char *secret)
{
    /* What is put over a secret may make another of the same letters. */
    if (strlen(secret) >= SECRET_LEAST && strchr(secret, '*') == NULL)
        fuzz_expect(
            memmem(buffer_text(body), body->length, secret, strlen(secret))
            == NULL);
}

static void
blank(const struct request *request, const char *authorization,
      struct buffer *body)
{
    const size_t length = body->length;

    echo_blank_token(body, authorization);
    fuzz_expect(echo_blank(body, request) == 0 && body->length == length);
}

/* The secret is what stands behind the last blank of an authorization. */
static void
secret_check(const char *secret, const char *before, const char *behind)
{
    AUTOSECRET char *escaped = url_escape(secret);
    AUTOBUFFER line = BUFFER_INIT(HTTP_HEADERS_CEILING);
    AUTOBUFFER form = BUFFER_INIT(HTTP_BODY_CEILING);
    AUTOBUFFER body = BUFFER_INIT(HTTP_BODY_CEILING);

    fuzz_expect(escaped != NULL);
    buffer_printf(&line, "X-IDENTITY-HEADER: %s", secret);
    buffer_printf(&form, "client_id=x&client_secret=%s&scope=y", escaped);
    buffer_printf(&body, "%s%s%s%s", before, secret, behind, escaped);
    struct request *request =
        make_request(buffer_text(&line), buffer_text(&form));
    if (request == NULL)
        return;
    buffer_clear(&line);
    buffer_printf(&line, "Authorization: Bearer %s", secret);
    blank(request, buffer_text(&line), &body);
    expect_blank(&body, secret);
    expect_blank(&body, escaped);
    if (strchr(secret, ' ') == NULL && strchr(secret, '*') == NULL)
        fuzz_expect(!echo_has_token(buffer_text(&body), buffer_text(&line)));
    request_free(request);
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    struct fuzz_input input = FUZZ_INPUT_INIT(bytes, length);
    AUTOFREE char *secret = fuzz_text(&input);
    AUTOFREE char *before = fuzz_text(&input);
    AUTOFREE char *behind = fuzz_text(&input);
    AUTOFREE char *form = fuzz_text(&input);
    struct request *request = make_request("Accept: text/plain", form);
    AUTOBUFFER body = BUFFER_INIT(HTTP_BODY_CEILING);

    secret_check(secret, before, behind);
    if (request == NULL)
        return 0;
    buffer_append(&body, bytes, length);
    blank(request, "", &body);
    request_free(request);
    return 0;
}
