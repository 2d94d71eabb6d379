/* SPDX-License-Identifier: Apache-2.0 */
/* The identity that Azure gives a machine. */
#include "identity/managed/managed_identity_credential.h"

#include <stdlib.h>

#include "base/cleanup.h"
#include "base/clock.h"
#include "base/log.h"
#include "identity/managed/arc_challenge.h"
#include "identity/managed/managed_identity_answer.h"
#include "identity/managed/managed_identity_error.h"
#include "identity/managed/managed_identity_request.h"
#include "identity/managed/managed_identity_source.h"
#include "net/http/limits.h"

enum {
    /* As for Entra: the services ask it in their turn. */
    MANAGED_IDENTITY_TRY_TIMEOUT = 30 * 1000,
};

struct credential {
    const struct credential_context *context; /* borrowed */
    const struct managed_identity_source *source;
    struct http_client *client; /* made when first needed */
    struct managed_identity_id id;
    struct managed_identity_endpoint endpoint; /* of the request under way */
    struct managed_identity_request request;
    bool challenged; /* what the source wanted has been sent */
    credential_answer *answer;
    void *data;
};

static int
credential_create(struct credential **ret_credential,
                  const struct credential_context *context, struct error *err)
{
    struct credential *credential = calloc(1, sizeof(*credential));

    if (credential == NULL)
        return error_set_memory(err);
    credential->context = context;
    *ret_credential = credential;
    return 0;
}

static void
request_forget(struct credential *credential)
{
    managed_identity_request_done(&credential->request);
    managed_identity_endpoint_done(&credential->endpoint);
    credential->challenged = false;
}

static void
answer_give(struct credential *credential, enum credential_outcome outcome,
            struct access_token *token, struct error *err)
{
    request_forget(credential);
    credential->answer(outcome, token, err, credential->data);
}

/* There is no token. What is not there is no reason to end the chain, where
 * there is more of it. */
static void
absence_give(struct credential *credential, struct error *err)
{
    answer_give(credential,
                credential->context->alone ? CREDENTIAL_FAILED
                                           : CREDENTIAL_UNAVAILABLE,
                NULL, err);
}

/* There is no token, in this answer or instead of one. */
static void
failure_give(struct credential *credential,
             const struct http_response *response, struct error *err)
{
    const struct managed_identity_source *source = credential->source;

    if (source->is_absence != NULL
        && source->is_absence(&credential->id, response))
        absence_give(credential, err);
    else
        answer_give(credential, CREDENTIAL_FAILED, NULL, err);
}

static int
client_make(struct credential *credential, struct error *err)
{
    const struct credential_context *context = credential->context;
    const struct managed_identity_source *source = credential->source;
    struct http_client_options options = HTTP_CLIENT_OPTIONS_INIT;

    if (credential->client != NULL)
        return 0;
    options.concurrency = 1;
    options.try_timeout =
        credential_try_timeout(context, MANAGED_IDENTITY_TRY_TIMEOUT);
    options.connect_timeout = source->connect_timeout;
    options.retries = source->retries;
    if (source->uncertain)
        options.failures = context->alone ? HTTP_RETRIES : 0;
    options.backoff = source->backoff;
    options.classify = source->classify;
    options.ca_file = context->ca_file;
    options.no_proxy = true;
    options.own_connections = true;
    options.plain_http =
        managed_identity_endpoint_is_plain(&credential->endpoint);
    return http_client_new(&credential->client, context->loop, &options, err);
}

static void response_done(const struct http_response *response, void *data);

/* extra is one more header line, or NULL. */
static int
request_send(struct credential *credential, const char *extra,
             struct error *err)
{
    static const char form_type[] =
        "Content-Type: application/x-www-form-urlencoded";
    const struct managed_identity_request *request = &credential->request;
    const bool post = credential->source->post;
    const char *headers[4] = { buffer_text(&request->header) };
    size_t count = 1;

    if (post)
        headers[count++] = form_type;
    if (extra != NULL)
        headers[count++] = extra;
    const struct http_request question = {
        .method = post ? "POST" : "GET",
        .url = buffer_text(&request->url),
        .headers = headers,
        .body = post ? buffer_text(&request->form) : NULL,
        .length = request->form.length,
    };
    if (http_client_send(credential->client, &question, response_done,
                         credential, err)
        == 0)
        return 0;
    return error_wrap(err, "%s", credential->source->name);
}

static int
challenge_answer(struct credential *credential,
                 const struct http_response *response, struct error *err)
{
    AUTOBUFFER header = BUFFER_SECRET_INIT(2 * ARC_CHALLENGE_KEY_CEILING);
    AUTOFREE char *path =
        arc_challenge_path(http_response_header(response, "WWW-Authenticate"),
                           arc_challenge_folder, err);

    if (path == NULL || arc_challenge_answer(&header, path, err) < 0)
        return -1;
    credential->challenged = true;
    return request_send(credential, buffer_text(&header), err);
}

static void
token_take(struct credential *credential, const struct http_response *response)
{
    struct access_token token = { NULL, 0, 0 };
    AUTOERROR err = ERROR_INIT;

    if (managed_identity_answer_read(credential->source, &credential->id,
                                     response->body, response->length,
                                     clock_now(), &token, &err)
        < 0) {
        error_wrap(&err, "%s: HTTP %d", credential->source->name,
                   response->status);
        failure_give(credential, response, &err);
    } else if (managed_identity_answer_check_tenant(
                   &token, credential->context->tenant, &err)
               < 0) {
        access_token_done(&token);
        absence_give(credential, &err);
    } else {
        answer_give(credential, CREDENTIAL_TOKEN, &token, NULL);
    }
}

static void
response_done(const struct http_response *response, void *data)
{
    struct credential *credential = data;
    const struct managed_identity_source *source = credential->source;
    AUTOERROR err = ERROR_INIT;

    if (response->status == 200) {
        token_take(credential, response);
        return;
    }
    if (response->status == 401 && source->challenges
        && !credential->challenged) {
        if (challenge_answer(credential, response, &err) < 0)
            answer_give(credential, CREDENTIAL_FAILED, NULL, &err);
        return;
    }
    managed_identity_error_explain(source, &credential->endpoint,
                                   &credential->id, response, &err);
    failure_give(credential, response, &err);
}

static int
request_start(struct credential *credential, struct error *err)
{
    const struct credential_context *context = credential->context;

    credential->source = managed_identity_source_detect();
    if (managed_identity_id_choose(context->managed_identity, &credential->id,
                                   err)
            < 0
        || credential->source->locate(&credential->endpoint, err) < 0)
        return -1;
    log_debug("managed identity: %s, %s", credential->source->name,
              managed_identity_id_word(credential->id.kind));
    if (managed_identity_request_make(&credential->request, credential->source,
                                      &credential->endpoint, &credential->id,
                                      context->audience, err)
            < 0
        || client_make(credential, err) < 0)
        return -1;
    return request_send(credential, NULL, err);
}

static void
credential_request(struct credential *credential, const char *claims,
                   credential_answer *answer, void *data)
{
    AUTOERROR err = ERROR_INIT;

    if (claims != NULL)
        log_info("the claims that are asked for cannot be passed on to a "
                 "managed identity");
    credential->answer = answer;
    credential->data = data;
    credential->request =
        (struct managed_identity_request) MANAGED_IDENTITY_REQUEST_INIT;
    if (request_start(credential, &err) < 0)
        answer_give(credential, CREDENTIAL_FAILED, NULL, &err);
}

static void
credential_free(struct credential *credential)
{
    if (credential == NULL)
        return;
    http_client_free(credential->client);
    request_forget(credential);
    free(credential);
}

const struct credential_type managed_identity_credential = {
    .name = "ManagedIdentityCredential",
    .group = CREDENTIAL_PRODUCTION,
    .needs = "a virtual machine, an application or a server with a managed "
             "identity",
    .create = credential_create,
    .request = credential_request,
    .free = credential_free,
};
