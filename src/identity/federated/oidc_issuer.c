/* SPDX-License-Identifier: Apache-2.0 */
/* The OpenID Connect issuer of a pipeline. */
#include "identity/federated/oidc_issuer.h"

#include <stdlib.h>
#include <string.h>

#include "base/cleanup.h"
#include "base/secret.h"
#include "net/http/url.h"
#include "identity/token/access_token.h"
#include "identity/federated/oidc_answer.h"

/* As long as Entra is given. */
enum { OIDC_TRY_TIMEOUT = 30 * 1000 };

struct oidc_issuer {
    struct http_client *client;
    char *bearer; /* owned secret; of the request under way */
    char *host;   /* owned; for messages: the rest of the URL stays out */
    const char *member, *advice; /* borrowed; the same */
    oidc_issuer_answer *answer;
    void *data;
};

static enum http_authorization
authorize(struct buffer *header, unsigned *ret_authorization, void *data)
{
    const struct oidc_issuer *issuer = data;

    *ret_authorization = 0;
    buffer_append_text(header, "Authorization: Bearer ");
    return buffer_append_text(header, issuer->bearer) == 0
               ? HTTP_AUTHORIZATION_READY
               : HTTP_AUTHORIZATION_REFUSED;
}

int
oidc_issuer_new(struct oidc_issuer **ret_issuer,
                const struct credential_context *context, struct error *err)
{
    struct http_client_options options = HTTP_CLIENT_OPTIONS_INIT;
    struct oidc_issuer *issuer = calloc(1, sizeof(*issuer));

    if (issuer == NULL)
        return error_set_memory(err);
    options.concurrency = 1;
    options.try_timeout = credential_try_timeout(context, OIDC_TRY_TIMEOUT);
    options.ca_file = context->ca_file;
    options.authorize = authorize;
    options.data = issuer;
    options.own_connections = true;
    if (http_client_new(&issuer->client, context->loop, &options, err) < 0) {
        free(issuer);
        return -1;
    }
    *ret_issuer = issuer;
    return 0;
}

static void
request_done(struct oidc_issuer *issuer)
{
    secret_clear(&issuer->bearer);
    free(issuer->host);
    issuer->host = NULL;
}

void
oidc_issuer_free(struct oidc_issuer *issuer)
{
    if (issuer == NULL)
        return;
    http_client_free(issuer->client);
    request_done(issuer);
    free(issuer);
}

/* By these Azure DevOps' support finds a request. */
static void
trace_append(struct buffer *message, const struct http_response *response)
{
    static const char *const names[] = { "x-msedge-ref", "x-vss-e2eid" };

    for (size_t i = 0; i < ARRAY_LENGTH(names); i++) {
        const char *value = http_response_header(response, names[i]);
        if (value != NULL && strlen(value) <= OIDC_ANSWER_LINE_CEILING) {
            buffer_printf(message, " (%s ", names[i]);
            oidc_answer_complaint(message, value, strlen(value));
            buffer_append_text(message, ")");
        }
    }
}

static void
refusal_explain(const struct oidc_issuer *issuer,
                const struct http_response *response, struct error *err)
{
    AUTOBUFFER message = BUFFER_INIT(16 * OIDC_ANSWER_LINE_CEILING);
    AUTOBUFFER complaint = BUFFER_INIT(4 * OIDC_ANSWER_LINE_CEILING);

    buffer_printf(&message, "HTTP %d", response->status);
    oidc_answer_complaint(&complaint, response->body, response->length);
    if (complaint.length > 0)
        buffer_printf(&message, ": %s", buffer_text(&complaint));
    trace_append(&message, response);
    error_set(err, "https://%s: %s", issuer->host, buffer_text(&message));
    error_advise(err, "%s", issuer->advice);
}

static void
failure_explain(const struct oidc_issuer *issuer,
                const struct http_response *response, struct error *err)
{
    error_set(err, "https://%s: %s", issuer->host,
              response->reason != NULL ? response->reason : "no answer");
    if (response->advice != NULL)
        error_advise(err, "%s", response->advice);
    else
        error_advise(err, "check the network, HTTPS_PROXY and --ca-file");
}

static void
response_done(const struct http_response *response, void *data)
{
    struct oidc_issuer *issuer = data;
    AUTOERROR err = ERROR_INIT;
    char *token = NULL;

    if (response->status == 0) {
        failure_explain(issuer, response, &err);
    } else if (response->status != 200) {
        refusal_explain(issuer, response, &err);
    } else {
        token = oidc_answer_parse(response->body, response->length,
                                  issuer->member, &err);
        if (token == NULL) {
            error_wrap(&err, "https://%s: HTTP 200", issuer->host);
            error_advise(&err, "see whether a proxy answers in the issuer's "
                               "place");
        }
    }
    request_done(issuer);
    issuer->answer(token, &err, issuer->data);
}

static int
request_send(struct oidc_issuer *issuer, const struct oidc_request *request,
             struct error *err)
{
    const struct http_request asked = {
        .method = request->method,
        .url = request->url,
        .headers = request->headers,
        .body = strcmp(request->method, "POST") == 0 ? "" : NULL,
    };

    if (url_check(request->url, "https", err) < 0) {
        error_wrap(err, "%s", request->origin);
        return error_advise(err, "the pipeline sets it: an https URL");
    }
    if (!access_token_is_sane(request->bearer, strlen(request->bearer))) {
        error_set(err, "the job's token holds characters that a token may "
                       "not have");
        return error_advise(err, "%s", request->advice);
    }
    issuer->bearer = secret_copy(request->bearer);
    issuer->host = url_host(request->url);
    if (issuer->bearer == NULL || issuer->host == NULL)
        return error_set_memory(err);
    return http_client_send(issuer->client, &asked, response_done, issuer,
                            err);
}

void
oidc_issuer_ask(struct oidc_issuer *issuer, const struct oidc_request *request,
                oidc_issuer_answer *answer, void *data)
{
    AUTOERROR err = ERROR_INIT;

    issuer->member = request->member;
    issuer->advice = request->advice;
    issuer->answer = answer;
    issuer->data = data;
    request_done(issuer);
    if (request_send(issuer, request, &err) < 0) {
        request_done(issuer);
        answer(NULL, &err, data);
    }
}

int
oidc_issuer_url_append(struct buffer *url, const char *name, const char *value)
{
    AUTOSECRET char *escaped = url_escape(value);
    const bool more = strchr(buffer_text(url), '?') != NULL;

    if (escaped == NULL)
        return -1;
    return buffer_printf(url, "%s%s=%s", more ? "&" : "?", name, escaped);
}
