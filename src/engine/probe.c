/* SPDX-License-Identifier: Apache-2.0 */
/* One request without a token. */
#include "engine/probe.h"

#include <stdlib.h>
#include <string.h>

#include "azure/arm_error.h"
#include "base/cleanup.h"
#include "base/clock.h"
#include "http/http_date.h"
#include "http/url.h"

static bool
is_busy(int status)
{
    return status == 429 || status >= 500;
}

/* Without a token, ARM answers 401 with an error of its own. */
static enum probe_answer
judge_arm(const struct http_response *response, struct error *ret_error)
{
    AUTOARMERROR error = ARM_ERROR_INIT;

    if (arm_error_read(response, &error) < 0) {
        error_set_memory(ret_error);
        return PROBE_ANSWER_FOREIGN;
    }
    if (response->status == 401 && error.origin != ARM_ORIGIN_FOREIGN)
        return PROBE_ANSWER_EXPECTED;
    arm_error_to_error(&error, ret_error);
    return error.origin != ARM_ORIGIN_FOREIGN && is_busy(response->status)
               ? PROBE_ANSWER_BUSY
               : PROBE_ANSWER_FOREIGN;
}

/* Entra's codes for a tenant that it does not know, or that cannot be one. */
static enum probe_answer
judge_authority(const struct http_response *response, struct error *ret_error)
{
    if (response->status == 200
        && strstr(response->body, "\"token_endpoint\"") != NULL)
        return PROBE_ANSWER_EXPECTED;
    error_set(ret_error, "HTTP %d without what a token authority says",
              response->status);
    if (strstr(response->body, "AADSTS90002") != NULL
        || strstr(response->body, "AADSTS900023") != NULL)
        return PROBE_ANSWER_NO_TENANT;
    return is_busy(response->status) ? PROBE_ANSWER_BUSY
                                     : PROBE_ANSWER_FOREIGN;
}

/* A date tells whole seconds, of which half has passed on average. */
static void
take_date(struct probe *probe, const struct http_response *response)
{
    const int64_t date =
        http_date_parse(http_response_header(response, "Date"));

    probe->dated = date >= 0;
    if (probe->dated)
        probe->skew = clock_now() - (date + 500);
}

static void
finished(const struct http_response *response, void *data)
{
    struct probe *probe = data;

    if (response->failure == HTTP_FAILURE_CANCELLED)
        return;
    probe->done = true;
    probe->failure = response->failure;
    probe->status = response->status;
    probe->milliseconds =
        response->tries == 1 ? clock_monotonic() - probe->sent_at : -1;
    if (response->failure != HTTP_FAILURE_NONE) {
        error_set(&probe->error, "%s",
                  response->reason != NULL ? response->reason : "no answer");
        if (response->advice != NULL)
            error_advise(&probe->error, "%s", response->advice);
        return;
    }
    take_date(probe, response);
    probe->answer = probe->kind == PROBE_ARM
                        ? judge_arm(response, &probe->error)
                        : judge_authority(response, &probe->error);
}

int
probe_send(struct probe *probe, enum probe_kind kind,
           struct http_client *client, const char *url, struct error *err)
{
    const struct http_request request = { .method = "GET", .url = url };

    probe_done(probe);
    probe->kind = kind;
    probe->host = url_host(url);
    if (probe->host == NULL)
        return error_set_memory(err);
    probe->sent_at = clock_monotonic();
    return http_client_send(client, &request, finished, probe, err);
}

void
probe_done(struct probe *probe)
{
    free(probe->host);
    error_done(&probe->error);
    *probe = (struct probe){ .kind = probe->kind };
}
