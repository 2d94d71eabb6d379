/* SPDX-License-Identifier: Apache-2.0 */
/* One request without a token. */
#include "engine/doctor/endpoint_test.h"

#include <stdlib.h>
#include <string.h>

#include "azure/arm/arm_error.h"
#include "base/cleanup.h"
#include "base/clock.h"
#include "net/http/http_date.h"
#include "net/http/url.h"

static bool
is_busy(int status)
{
    return status == 429 || status >= 500;
}

/* Without a token, ARM answers 401 with an error of its own. */
static enum endpoint_test_answer
judge_arm(const struct http_response *response, struct error *ret_error)
{
    AUTOARMERROR error = ARM_ERROR_INIT;

    if (arm_error_read(response, &error) < 0) {
        error_set_memory(ret_error);
        return ENDPOINT_TEST_ANSWER_FOREIGN;
    }
    if (response->status == 401 && error.origin != ARM_ORIGIN_FOREIGN)
        return ENDPOINT_TEST_ANSWER_EXPECTED;
    arm_error_to_error(&error, ret_error);
    return error.origin != ARM_ORIGIN_FOREIGN && is_busy(response->status)
               ? ENDPOINT_TEST_ANSWER_BUSY
               : ENDPOINT_TEST_ANSWER_FOREIGN;
}

/* Entra's codes for a tenant that it does not know, or that cannot be one. */
static enum endpoint_test_answer
judge_authority(const struct http_response *response, struct error *ret_error)
{
    if (response->status == 200
        && strstr(response->body, "\"token_endpoint\"") != NULL)
        return ENDPOINT_TEST_ANSWER_EXPECTED;
    error_set(ret_error, "HTTP %d without what a token authority says",
              response->status);
    if (strstr(response->body, "AADSTS90002") != NULL
        || strstr(response->body, "AADSTS900023") != NULL)
        return ENDPOINT_TEST_ANSWER_NO_TENANT;
    return is_busy(response->status) ? ENDPOINT_TEST_ANSWER_BUSY
                                     : ENDPOINT_TEST_ANSWER_FOREIGN;
}

/* A date tells whole seconds, of which half has passed on average. */
static void
take_date(struct endpoint_test *endpoint_test,
          const struct http_response *response)
{
    const int64_t date =
        http_date_parse(http_response_header(response, "Date"));

    endpoint_test->dated = date >= 0;
    if (endpoint_test->dated)
        endpoint_test->skew = clock_now() - (date + 500);
}

static void
finished(const struct http_response *response, void *data)
{
    struct endpoint_test *endpoint_test = data;

    if (response->failure == HTTP_FAILURE_CANCELLED)
        return;
    endpoint_test->done = true;
    endpoint_test->failure = response->failure;
    endpoint_test->status = response->status;
    endpoint_test->milliseconds =
        response->tries == 1 ? clock_monotonic() - endpoint_test->sent_at : -1;
    if (response->failure != HTTP_FAILURE_NONE) {
        error_set(&endpoint_test->error, "%s",
                  response->reason != NULL ? response->reason : "no answer");
        if (response->advice != NULL)
            error_advise(&endpoint_test->error, "%s", response->advice);
        return;
    }
    take_date(endpoint_test, response);
    endpoint_test->answer =
        endpoint_test->kind == ENDPOINT_TEST_ARM
            ? judge_arm(response, &endpoint_test->error)
            : judge_authority(response, &endpoint_test->error);
}

int
endpoint_test_send(struct endpoint_test *endpoint_test,
                   enum endpoint_test_kind kind, struct http_client *client,
                   const char *url, struct error *err)
{
    const struct http_request request = { .method = "GET", .url = url };

    endpoint_test_done(endpoint_test);
    endpoint_test->kind = kind;
    endpoint_test->host = url_host(url);
    if (endpoint_test->host == NULL)
        return error_set_memory(err);
    endpoint_test->sent_at = clock_monotonic();
    return http_client_send(client, &request, finished, endpoint_test, err);
}

void
endpoint_test_done(struct endpoint_test *endpoint_test)
{
    free(endpoint_test->host);
    error_done(&endpoint_test->error);
    *endpoint_test = (struct endpoint_test){ .kind = endpoint_test->kind };
}
