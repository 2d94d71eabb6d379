/* SPDX-License-Identifier: Apache-2.0 */
/* Azure Resource Manager: one endpoint, asked with one tenant's tokens. */
#include "azure/arm/arm.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "azure/arm/arm_json.h"
#include "base/cleanup.h"

/* How much of a foreign id is shown. */
enum { ARM_ID_SHOWN = 300 };

struct arm {
    char *endpoint;
    struct loop *loop;
    struct http_client *client;
    http_authorize *authorize;
    http_rejected *rejected;
    void (*accepted)(unsigned authorization, void *data);
    void *data;          /* of these three */
    http_permit *permit; /* or NULL */
    void *permit_data;

    /* What classify parsed, for the call that ends with the same answer. */
    const char *parsed_body;
    json_t *parsed;
};

/* One request under way. */
struct call {
    struct arm *arm;
    struct arm_subject subject; /* its resource is owned */
    char *resource;
    bool get;                        /* it succeeds with 200 and JSON alone */
    const struct json_size *ceiling; /* of the answer's JSON */
    arm_take_answer *answered;       /* or NULL, and done */
    arm_done *done;
    void *data;
};

/* The JSON of an answer, as a new reference; NULL where it is none. */
static json_t *
take_document(const struct call *call, const struct http_response *response)
{
    struct arm *arm = call->arm;

    if (arm->parsed_body != response->body || arm->parsed == NULL)
        return arm_json_parse(response->body, response->length, call->ceiling,
                              NULL);
    return take_pointer(arm->parsed);
}

static void
forget_document(struct arm *arm)
{
    json_decref(arm->parsed);
    arm->parsed = NULL;
}

static void
call_free(struct call *call)
{
    free(call->resource);
    free(call);
}

/* Whether an answer is the call's: by how it came, and by what its document
 * says, which is NULL for a refusal. ret_id is as for arm_resource_judge. */
static bool
is_ours(const struct call *call, const struct http_response *response,
        const json_t *document, const char **ret_id)
{
    switch (arm_resource_judge(&call->subject, document, ret_id)) {
    case ARM_BELONGING_OURS:
        return true;
    case ARM_BELONGING_OPEN:
        return response->bound;
    case ARM_BELONGING_FOREIGN:
    default:
        return false;
    }
}

static void
accept_token(struct arm *arm, const struct http_response *response)
{
    if (arm->accepted != NULL)
        arm->accepted(response->authorization, arm->data);
}

/* libcurl 7.88 can report a body that was cut off as whole. */
static enum http_verdict_kind
classify_success(struct arm *arm, const struct http_response *response)
{
    const struct call *call = response->data;
    const char *id = NULL;
    bool cut_off;

    arm->parsed_body = response->body;
    arm->parsed = arm_json_parse(response->body, response->length,
                                 call->ceiling, &cut_off);
    if (cut_off && response->status == 200)
        return HTTP_VERDICT_RETRY;
    if (!is_ours(call, response, arm->parsed, &id))
        return HTTP_VERDICT_FOREIGN;
    accept_token(arm, response);
    return HTTP_VERDICT_DONE;
}

/* What ARM means by an answer. A 401 is worth a new token unless the token
 * is of another tenant: then a new one would be, too. Whose a refusal is, only
 * the way it came can tell. */
static struct http_verdict
classify(const struct http_response *response, void *data)
{
    struct http_verdict verdict = { HTTP_VERDICT_DONE, -1 };
    struct arm *arm = data;

    forget_document(arm);
    switch (response->status) {
    case 200:
    case 201:
    case 202:
    case 204:
        verdict.kind = classify_success(arm, response);
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
        if (!response->bound)
            verdict.kind = HTTP_VERDICT_FOREIGN;
        else if (response->status == 401
                 && strstr(response->body, "InvalidAuthenticationTokenTenant")
                        == NULL)
            verdict.kind = HTTP_VERDICT_REAUTHORIZE;
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

static int
permit(void *data, struct error *reason)
{
    const struct arm *arm = data;

    return arm->permit != NULL ? arm->permit(arm->permit_data, reason) : 0;
}

void
arm_set_permit(struct arm *arm, http_permit *wanted, void *data)
{
    arm->permit = wanted;
    arm->permit_data = data;
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
    http.permit = permit;
    http.data = arm;
    if (arm == NULL || (arm->endpoint = strdup(options->endpoint)) == NULL) {
        arm_free(arm);
        return error_set_memory(err);
    }
    arm->loop = options->loop;
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

struct loop *
arm_loop(const struct arm *arm)
{
    return arm->loop;
}

static void
call_end(const struct call *call, const struct arm_answer *answer)
{
    if (call->done != NULL)
        call->done(answer->document, answer->error, call->data);
    else
        call->answered(answer, call->data);
}

/* 202 and 206 are not the whole answer to a GET. */
static bool
is_success(const struct call *call, int status)
{
    return status == 200
           || (!call->get
               && (status == 201 || status == 202 || status == 204));
}

/* Says why an answer is not the call's; id shows it, or is NULL. */
static int
describe_foreign(const struct call *call, const struct http_response *response,
                 const char *id, struct arm_error *ret_error)
{
    AUTOFREE char *text = NULL;

    if (id == NULL)
        return arm_error_foreign(
            response, "nothing ties the answer to what was asked", ret_error);
    if (asprintf(&text, "the answer holds the id %.*s, which is not of %s",
                 ARM_ID_SHOWN, id, call->resource)
        < 0) {
        text = NULL;
        return -1;
    }
    return arm_error_foreign(response, text, ret_error);
}

/* Says why the answer to a GET is no document. */
static int
refuse_document(const struct call *call, const struct http_response *response,
                struct arm_error *ret_error)
{
    AUTOERROR err = ERROR_INIT;
    const bool large =
        json_size_check(response->body, response->length, call->ceiling, &err)
        < 0;

    if (large)
        (void) error_wrap(&err, "the answer is too large");
    return arm_error_not_understood(
        response, large ? error_message(&err) : NULL, ret_error);
}

/* What an answer comes to: its document, as a new reference, or an error.
 * Returns -1 where memory runs out. */
static int
call_read(const struct call *call, const struct http_response *response,
          json_t **ret_document, struct arm_error *ret_error, bool *ret_failed)
{
    const bool success = is_success(call, response->status);
    const char *id = NULL;

    if (success)
        *ret_document = take_document(call, response);
    *ret_failed = true;
    if (response->status != 0 && !is_ours(call, response, *ret_document, &id))
        return describe_foreign(call, response, id, ret_error);
    if (!success)
        return arm_error_read(response, ret_error);
    if (*ret_document == NULL && call->get)
        return refuse_document(call, response, ret_error);
    *ret_failed = false;
    return 0;
}

static void
call_finished(const struct http_response *response, void *data)
{
    struct call *call = data;
    /* Stands where there was no memory for the real reason. */
    static char code[] = ARM_CODE_NO_ANSWER, message[] = "out of memory";
    const struct arm_error no_memory = { .code = code, .message = message };
    AUTOARMERROR error = ARM_ERROR_INIT;
    AUTOJSON json_t *document = NULL;
    bool failed;
    const int result = call_read(call, response, &document, &error, &failed);
    const struct arm_answer answer = {
        .status = response->status,
        .document = failed ? NULL : document,
        .bytes = response->body,
        .length = response->length,
        .request_id = http_response_header(response, "x-ms-request-id"),
        .error = result < 0 ? &no_memory
                 : failed   ? &error
                            : NULL,
    };

    call_end(call, &answer);
    call_free(call);
}

static int
send_to(const struct call *wanted, const struct arm_request *request,
        const char *url, struct error *err)
{
    /* Without one libcurl would call an empty POST a form. */
    static const char *const headers[] = { "Content-Type: application/json",
                                           NULL };
    const bool typed =
        request->body != NULL || strcmp(request->method, "POST") == 0;
    const struct http_request sent = {
        .method = request->method,
        .url = url,
        .headers = typed ? headers : NULL,
        .body = request->body,
        .length = request->body != NULL ? strlen(request->body) : 0,
        .once = request->once,
    };
    const char *resource = request->subject.resource != NULL
                               ? request->subject.resource
                               : request->path;
    struct call *call = calloc(1, sizeof(*call));

    if (call == NULL)
        return error_set_memory(err);
    *call = *wanted;
    call->get = strcmp(request->method, "GET") == 0;
    call->resource = strndup(resource, strcspn(resource, "?"));
    call->subject = request->subject;
    call->subject.resource = call->resource;
    if (call->resource == NULL) {
        call_free(call);
        return error_set_memory(err);
    }
    call->ceiling =
        request->ceiling != NULL ? request->ceiling : &arm_json_ceiling;
    if (http_client_send(call->arm->client, &sent, call_finished, call, err)
        < 0) {
        call_free(call);
        return -1;
    }
    return 0;
}

static int
call_start(const struct call *call, const struct arm_request *request,
           struct error *err)
{
    AUTOFREE char *url = NULL;

    if (request->url != NULL)
        return send_to(call, request, request->url, err);
    if (asprintf(&url, "%s%s", call->arm->endpoint, request->path) < 0) {
        url = NULL;
        return error_set_memory(err);
    }
    return send_to(call, request, url, err);
}

int
arm_send(struct arm *arm, const struct arm_request *request,
         arm_take_answer *answered, void *data, struct error *err)
{
    const struct call call = { .arm = arm,
                               .answered = answered,
                               .data = data };

    return call_start(&call, request, err);
}

int
arm_get(struct arm *arm, const char *path, arm_done *done, void *data,
        struct error *err)
{
    const struct arm_request request = { .method = "GET", .path = path };
    const struct call call = { .arm = arm, .done = done, .data = data };

    return call_start(&call, &request, err);
}
