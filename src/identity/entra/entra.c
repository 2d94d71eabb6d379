/* SPDX-License-Identifier: Apache-2.0 */
/* A token request to Entra. */
#include "identity/entra/entra.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "base/cleanup.h"
#include "base/clock.h"
#include "base/log.h"
#include "base/secret.h"
#include "net/http/http_client.h"
#include "net/http/limits.h"
#include "net/http/url.h"
#include "identity/entra/authority.h"
#include "identity/entra/entra_claims.h"
#include "identity/entra/entra_error.h"
#include "identity/token/token_response.h"

enum {
    /* As long as Microsoft's libraries give one call. */
    ENTRA_TRY_TIMEOUT = 30 * 1000,
    /* Assertions and claims are the greatest fields. */
    ENTRA_FORM_CEILING = 256 * 1024,
};

struct entra {
    const struct credential_context *context; /* borrowed */
    struct http_client *client;
    entra_answer *answer;               /* NULL while there is no request */
    entra_device_answer *device_answer; /* likewise */
    void *data;
    bool person;         /* see entra_ask_refresh_token */
    char *refresh_token; /* owned secret; see entra_take_refresh_token */
};

/* The statuses that http_client retries by itself, and the refusals that
 * Entra itself calls temporary. */
static struct http_verdict
answer_classify(const struct http_response *response, void *data)
{
    struct http_verdict verdict = { HTTP_VERDICT_DONE, -1 };
    struct entra_error error = { NULL, NULL, 0 };

    (void) data;
    switch (response->status) {
    case 408:
    case 500:
    case 502:
    case 503:
    case 504:
        verdict.kind = HTTP_VERDICT_RETRY;
        break;
    case 429:
        verdict.kind = HTTP_VERDICT_THROTTLED;
        break;
    case 400:
    case 401:
        if (entra_error_parse(response->body, response->length, &error) < 0)
            break;
        if (entra_error_is_transient(&error))
            verdict.kind = HTTP_VERDICT_RETRY;
        entra_error_done(&error);
        break;
    default:
        break;
    }
    return verdict;
}

int
entra_new(struct entra **ret_entra, const struct credential_context *context,
          struct error *err)
{
    struct http_client_options options = HTTP_CLIENT_OPTIONS_INIT;
    struct entra *entra = calloc(1, sizeof(*entra));

    if (entra == NULL)
        return error_set_memory(err);
    entra->context = context;
    options.concurrency = 1;
    options.try_timeout = credential_try_timeout(context, ENTRA_TRY_TIMEOUT);
    options.ca_file = context->ca_file;
    options.classify = answer_classify;
    options.own_connections = true;
    if (http_client_new(&entra->client, context->loop, &options, err) < 0) {
        free(entra);
        return -1;
    }
    *ret_entra = entra;
    return 0;
}

void
entra_free(struct entra *entra)
{
    if (entra == NULL)
        return;
    http_client_free(entra->client);
    secret_free(entra->refresh_token);
    free(entra);
}

void
entra_ask_refresh_token(struct entra *entra)
{
    entra->person = true;
}

char *
entra_take_refresh_token(struct entra *entra)
{
    return take_pointer(entra->refresh_token);
}

static void
answer_give(struct entra *entra, struct access_token *token, const char *code,
            struct error *err)
{
    entra_answer *answer = entra->answer;

    entra->answer = NULL;
    answer(token, code, err, entra->data);
}

/* No answer, for a reason of the network's or of this machine's. */
static void
failure_explain(const struct http_response *response, const char *authority,
                struct error *err)
{
    error_set(err, "%s: %s", authority,
              response->reason != NULL ? response->reason : "no answer");
    if (response->advice != NULL)
        error_advise(err, "%s", response->advice);
    else if (response->failure == HTTP_FAILURE_TLS)
        error_advise(err, "if a proxy opens TLS here, give its certificate "
                          "with --ca-file");
    else if (response->failure == HTTP_FAILURE_TIMEOUT)
        error_advise(err, "check the network, HTTPS_PROXY and "
                          "AZURE_AUTHORITY_HOST");
}

/* An answer that holds no token. refusal is filled in where it is Entra's
 * own, and is the caller's to release. */
static void
refusal_explain(const struct http_response *response,
                const struct entra *entra, struct entra_error *refusal,
                struct error *err)
{
    const char *authority = entra->context->authority;

    if (response->status == 0) {
        failure_explain(response, authority, err);
    } else if (entra_error_parse(response->body, response->length, refusal)
               == 0) {
        entra_error_explain(refusal, err);
        log_debug("token request %s: HTTP %d, %s",
                  response->request_id != NULL ? response->request_id : "",
                  response->status, refusal->code);
    } else {
        error_set(err, "%s: HTTP %d, and not in Entra's words", authority,
                  response->status);
        error_advise(err, "see whether a proxy answers in Entra's place");
    }
}

/* A 200 that could not be read. */
static void
nonsense_explain(const struct http_response *response, const char *authority,
                 struct error *err)
{
    error_wrap(err, "%s: HTTP %d", authority, response->status);
    error_advise(err, "see whether a proxy answers in Entra's place");
}

static bool
is_success(const struct http_response *response)
{
    return response->status == 200 || response->status == 201;
}

static void
response_done(const struct http_response *response, void *data)
{
    struct entra *entra = data;
    const char *authority = entra->context->authority;
    struct access_token token = { NULL, 0, 0 };
    struct entra_error refusal = { NULL, NULL, 0 };
    AUTOERROR err = ERROR_INIT;

    if (!is_success(response)) {
        refusal_explain(response, entra, &refusal, &err);
    } else if (token_response_parse(response->body, response->length,
                                    clock_now(), &token, &err)
               == 0) {
        secret_free(entra->refresh_token);
        entra->refresh_token = entra->person ? token_response_refresh_token(
                                   response->body, response->length)
                                             : NULL;
        answer_give(entra, &token, NULL, NULL);
        return;
    } else {
        nonsense_explain(response, authority, &err);
    }
    answer_give(entra, NULL, refusal.code, &err);
    entra_error_done(&refusal);
}

static void
device_answer_give(struct entra *entra, struct device_code *code,
                   struct error *err)
{
    entra_device_answer *answer = entra->device_answer;

    entra->device_answer = NULL;
    answer(code, err, entra->data);
}

static void
device_response_done(const struct http_response *response, void *data)
{
    struct entra *entra = data;
    const char *authority = entra->context->authority;
    struct entra_error refusal = { NULL, NULL, 0 };
    struct device_code code;
    AUTOERROR err = ERROR_INIT;

    if (!is_success(response)) {
        refusal_explain(response, entra, &refusal, &err);
        entra_error_done(&refusal);
    } else if (device_code_parse(response->body, response->length, &code, &err)
               == 0) {
        device_answer_give(entra, &code, NULL);
        return;
    } else {
        nonsense_explain(response, authority, &err);
    }
    device_answer_give(entra, NULL, &err);
}

static void
field_append(struct buffer *form, const char *name, const char *value)
{
    AUTOSECRET char *escaped = url_escape(value);

    if (form->length > 0)
        buffer_append_byte(form, '&');
    buffer_append_text(form, name);
    buffer_append_byte(form, '=');
    if (escaped != NULL)
        buffer_append_text(form, escaped);
    else
        form->failed = true;
}

/* The scope of a token, and for a person that of a refresh token, too. The
 * caller frees it. NULL where memory runs out. */
static char *
scope_make(const struct entra *entra)
{
    AUTOFREE char *scope = authority_scope(entra->context->audience);
    char *more = NULL;

    if (scope == NULL || !entra->person)
        return take_pointer(scope);
    return asprintf(&more, "%s openid offline_access profile", scope) < 0
               ? NULL
               : more;
}

static int
form_make(struct buffer *form, const struct entra *entra,
          const struct entra_request *request, struct error *err)
{
    AUTOFREE char *scope = scope_make(entra);
    AUTOFREE char *claims = entra_claims_make(request->claims, err);

    if (claims == NULL)
        return -1;
    if (scope == NULL)
        return error_set_memory(err);
    for (size_t i = 0; i < request->field_count; i++)
        field_append(form, request->fields[i].name, request->fields[i].value);
    field_append(form, "scope", scope);
    field_append(form, "claims", claims);
    if (!buffer_failed(form))
        return 0;
    return error_set(err, "the token request is too large, or memory ran "
                          "out");
}

/* Posts to this URL, which may be NULL with an error. */
static int
form_post(struct entra *entra, const char *url,
          const struct entra_request *request, http_done *done,
          struct error *err)
{
    static const char *const headers[] = {
        "Content-Type: application/x-www-form-urlencoded; charset=utf-8",
        NULL,
    };
    AUTOBUFFER form = BUFFER_SECRET_INIT(ENTRA_FORM_CEILING);

    if (url == NULL || form_make(&form, entra, request, err) < 0)
        return -1;
    const struct http_request post = {
        .method = "POST",
        .url = url,
        .headers = headers,
        .body = buffer_text(&form),
        .length = form.length,
    };
    return http_client_send(entra->client, &post, done, entra, err);
}

void
entra_request_send(struct entra *entra, const struct entra_request *request,
                   entra_answer *answer, void *data)
{
    AUTOERROR err = ERROR_INIT;
    AUTOFREE char *url =
        authority_token_url(entra->context->authority, request->tenant, &err);

    entra->answer = answer;
    entra->data = data;
    if (form_post(entra, url, request, response_done, &err) < 0)
        answer_give(entra, NULL, NULL, &err);
}

void
entra_device_code_send(struct entra *entra,
                       const struct entra_request *request,
                       entra_device_answer *answer, void *data)
{
    AUTOERROR err = ERROR_INIT;
    AUTOFREE char *url = authority_device_code_url(entra->context->authority,
                                                   request->tenant, &err);

    entra->device_answer = answer;
    entra->data = data;
    if (form_post(entra, url, request, device_response_done, &err) < 0)
        device_answer_give(entra, NULL, &err);
}
