/* SPDX-License-Identifier: Apache-2.0 */
/* Azure Resource Manager: one endpoint, asked with one tenant's tokens. */
#include "azure/arm.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "azure/arm_json.h"
#include "base/cleanup.h"

struct arm {
    char *endpoint;
    struct http_client *client;
    http_authorize *authorize;
    http_rejected *rejected;
    void (*accepted)(unsigned authorization, void *data);
    void *data; /* of these three */

    /* What classify parsed, for the call that ends with the same answer. */
    const char *parsed_body;
    json_t *parsed;
};

/* One GET under way. */
struct call {
    struct arm *arm;
    arm_done *done;
    void *data;
};

/* The JSON of an answer, as a new reference; NULL where it is none. */
static json_t *
take_document(struct arm *arm, const struct http_response *response)
{
    if (arm->parsed_body != response->body || arm->parsed == NULL)
        return arm_json_parse(response->body, response->length, NULL);
    return take_pointer(arm->parsed);
}

static void
forget_document(struct arm *arm)
{
    json_decref(arm->parsed);
    arm->parsed = NULL;
}

/* libcurl 7.88 can report a body that was cut off as whole. */
static bool
is_cut_off(struct arm *arm, const struct http_response *response)
{
    bool cut_off;

    arm->parsed_body = response->body;
    arm->parsed = arm_json_parse(response->body, response->length, &cut_off);
    return cut_off;
}

/* What ARM means by an answer. A 401 is worth a new token unless the token
 * is of another tenant: then a new one would be, too. */
static struct http_verdict
classify(const struct http_response *response, void *data)
{
    struct http_verdict verdict = { HTTP_VERDICT_DONE, -1 };
    struct arm *arm = data;

    forget_document(arm);
    switch (response->status) {
    case 200:
        if (is_cut_off(arm, response))
            verdict.kind = HTTP_VERDICT_RETRY;
        else if (arm->accepted != NULL)
            arm->accepted(response->authorization, arm->data);
        break;
    case 401:
        if (strstr(response->body, "InvalidAuthenticationTokenTenant") == NULL)
            verdict.kind = HTTP_VERDICT_REAUTHORIZE;
        break;
    case 429:
        verdict.kind = HTTP_VERDICT_THROTTLED;
        verdict.retry_after = arm_error_retry_after(response->body);
        break;
    case 408:
    case 500:
    case 502:
    case 503:
    case 504:
        verdict.kind = HTTP_VERDICT_RETRY;
        verdict.retry_after = arm_error_retry_after(response->body);
        break;
    default:
        break;
    }
    return verdict;
}

static enum http_authorization
authorize(struct buffer *header, unsigned *ret_authorization, void *data)
{
    const struct arm *arm = data;

    return arm->authorize(header, ret_authorization, arm->data);
}

static void
rejected(const struct http_response *response, void *data)
{
    const struct arm *arm = data;

    if (arm->rejected != NULL)
        arm->rejected(response, arm->data);
}

int
arm_new(struct arm **ret_arm, const struct arm_options *options,
        struct error *err)
{
    struct arm *arm = calloc(1, sizeof(*arm));
    struct http_client_options http = HTTP_CLIENT_OPTIONS_INIT;

    http.concurrency = options->concurrency;
    http.try_timeout = options->try_timeout;
    http.ca_file = options->ca_file;
    http.classify = classify;
    http.authorize = authorize;
    http.rejected = rejected;
    http.data = arm;
    if (arm == NULL || (arm->endpoint = strdup(options->endpoint)) == NULL) {
        arm_free(arm);
        return error_set_memory(err);
    }
    arm->authorize = options->authorize;
    arm->rejected = options->rejected;
    arm->accepted = options->accepted;
    arm->data = options->data;
    if (http_client_new(&arm->client, options->loop, &http, err) < 0) {
        arm_free(arm);
        return -1;
    }
    *ret_arm = arm;
    return 0;
}

void
arm_free(struct arm *arm)
{
    if (arm == NULL)
        return;
    if (arm->client != NULL)
        http_client_cancel(arm->client);
    http_client_free(arm->client);
    forget_document(arm);
    free(arm->endpoint);
    free(arm);
}

struct http_client *
arm_client(struct arm *arm)
{
    return arm->client;
}

const char *
arm_endpoint(const struct arm *arm)
{
    return arm->endpoint;
}

static void
call_finished(const struct http_response *response, void *data)
{
    const struct call call = *(struct call *) data;
    /* Stands where there was no memory for the real reason. */
    static char code[] = ARM_CODE_NO_ANSWER, message[] = "out of memory";
    const struct arm_error no_memory = { .code = code, .message = message };
    AUTOARMERROR error = ARM_ERROR_INIT;
    AUTOJSON json_t *document = NULL;
    int result;

    free(data);
    /* 202 and 206 are not the whole answer to a GET. */
    if (response->failure == HTTP_FAILURE_NONE && response->status == 200) {
        document = take_document(call.arm, response);
        if (document != NULL) {
            call.done(document, NULL, call.data);
            return;
        }
        result = arm_error_not_understood(response, NULL, &error);
    } else {
        result = arm_error_read(response, &error);
    }
    call.done(NULL, result < 0 ? &no_memory : &error, call.data);
}

int
arm_get_url(struct arm *arm, const char *url, arm_done *done, void *data,
            struct error *err)
{
    const struct http_request request = { .method = "GET", .url = url };
    struct call *call = calloc(1, sizeof(*call));

    if (call == NULL)
        return error_set_memory(err);
    call->arm = arm;
    call->done = done;
    call->data = data;
    if (http_client_send(arm->client, &request, call_finished, call, err)
        < 0) {
        free(call);
        return -1;
    }
    return 0;
}

int
arm_get(struct arm *arm, const char *path, arm_done *done, void *data,
        struct error *err)
{
    AUTOFREE char *url = NULL;

    if (asprintf(&url, "%s%s", arm->endpoint, path) < 0) {
        url = NULL;
        return error_set_memory(err);
    }
    return arm_get_url(arm, url, done, data, err);
}
