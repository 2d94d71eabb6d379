/* SPDX-License-Identifier: Apache-2.0 */
/* What becomes of a request after a try. */
#include "net/http/decision.h"

#include "base/clock.h"
#include "base/random.h"
#include "net/http/limits.h"
#include "net/http/retry.h"

static struct http_verdict
classify_by_status(const struct http_response *response)
{
    switch (response->status) {
    case 429:
        return (struct http_verdict){ HTTP_VERDICT_THROTTLED, -1 };
    case 408:
    case 500:
    case 502:
    case 503:
    case 504:
        return (struct http_verdict){ HTTP_VERDICT_RETRY, -1 };
    default:
        return (struct http_verdict){ HTTP_VERDICT_DONE, -1 };
    }
}

/* How long the service asks to wait; -1 where it does not. */
static int64_t
wait_asked_for(const struct http_response *response, int64_t body)
{
    const struct retry_hints hints = {
        .retry_after_ms = http_response_header(response, "retry-after-ms"),
        .x_ms_retry_after_ms =
            http_response_header(response, "x-ms-retry-after-ms"),
        .retry_after = http_response_header(response, "Retry-After"),
        .body = body,
    };

    return retry_after(&hints, clock_now());
}

struct decision
decision_make(struct request *request, const struct http_response *response,
              bool retriable, const struct http_client_options *options)
{
    struct decision decision = { .kind = DECISION_DONE };
    struct http_verdict verdict = { HTTP_VERDICT_RETRY, -1 };
    unsigned number;

    if (response->status == 0
        && (!retriable || (request->once && response->sent)
            || request->failures++ >= options->failures))
        return decision;
    if (response->failure == HTTP_FAILURE_FOREIGN)
        verdict.kind = HTTP_VERDICT_FOREIGN;
    if (response->status != 0)
        verdict = options->classify != NULL
                      ? options->classify(response, options->data)
                      : classify_by_status(response);
    decision.foreign = verdict.kind == HTTP_VERDICT_FOREIGN;
    switch (verdict.kind) {
    case HTTP_VERDICT_RETRY:
    case HTTP_VERDICT_FOREIGN:
        if (response->status != 0 && request->once)
            return decision;
        if (request->retries >= options->retries)
            return decision;
        number = ++request->retries;
        break;
    case HTTP_VERDICT_THROTTLED:
        decision.throttled = true;
        if (request->throttles >= HTTP_THROTTLE_RETRIES)
            return decision;
        number = ++request->throttles;
        break;
    case HTTP_VERDICT_REAUTHORIZE:
        if (!request->reauthorized)
            decision.kind = DECISION_REAUTHORIZE;
        request->reauthorized = true;
        return decision;
    case HTTP_VERDICT_DONE:
    default:
        return decision;
    }
    decision.kind = DECISION_WAIT;
    /* Nothing is overloaded: what a used connection mixed up, a new one is
     * asked at once. */
    if (decision.foreign && !request->fresh)
        return decision;
    decision.wait = wait_asked_for(response, verdict.retry_after);
    decision.asked = decision.wait >= 0;
    if (!decision.asked)
        decision.wait = retry_backoff(options->backoff, number,
                                      (uint32_t) random_below(UINT32_MAX));
    return decision;
}
