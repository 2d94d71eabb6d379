/* SPDX-License-Identifier: Apache-2.0 */
/* What a fault does to an answer. */
#include "fault/fault_answer.h"

#include <string.h>
#include <time.h>

#include "arm/arm_error.h"
#include "base/cleanup.h"
#include "base/clock.h"
#include "entra/authority.h"
#include "fault/fault.h"
#include "machine/machine_error.h"
#include "server/world.h"

/* What ARM says with a status, unless the rule says something else. */
static const struct reason {
    unsigned status;
    const char *code;
    const char *message;
} reasons[] = {
    { 400, "BadRequest", "The request is invalid." },
    { 401, "InvalidAuthenticationToken", "The access token is invalid." },
    { 403, "AuthorizationFailed",
      "The client does not have authorization to perform the action over the "
      "scope or the scope is invalid. If access was recently granted, please "
      "refresh your credentials." },
    { 404, "ResourceNotFound", "The resource could not be found." },
    { 408, "RequestTimeout", "The request timed out." },
    { 409, "Conflict", "Another operation is in progress." },
    { 412, "PreconditionFailed", "A precondition of the request failed." },
    { 429, "SubscriptionRequestsThrottled",
      "Number of requests for subscription exceeded. Please try again after "
      "some time. Refer to https://aka.ms/arm-throttling for additional "
      "information." },
    { 500, "InternalServerError",
      "Encountered internal server error. Diagnostic information: timestamp "
      "'20261122T091407Z'." },
    { 502, "BadGateway", "The gateway did not receive a valid response." },
    { 503, "ServerUnavailable",
      "The server is currently unavailable. Please retry the request." },
    { 504, "GatewayTimeout",
      "The gateway did not receive a response from 'Microsoft.Security' "
      "within the specified time period." },
};

static const struct reason *
find_reason(unsigned status)
{
    static const struct reason other = { 0, "Error", "An error occurred." };

    for (size_t i = 0; i < ARRAY_LENGTH(reasons); i++)
        if (reasons[i].status == status)
            return &reasons[i];
    return &other;
}

static void
answer_status(struct exchange *exchange, const struct fault *fault)
{
    const unsigned status = (unsigned) fault->status;
    const struct reason *reason = find_reason(status);

    if (fault->redirect != NULL)
        exchange_add_header(exchange, "Location", "%s", fault->redirect);
    if (fault->body != NULL || status < 400) {
        exchange->answer.status = status;
        if (fault->body != NULL
            && buffer_append(&exchange->answer.body, fault->body,
                             fault->body_length)
                   < 0)
            exchange->failed = true;
        return;
    }
    if (exchange->plane == PLANE_MACHINE) {
        machine_fail(exchange, status, fault->code, fault->message);
        return;
    }
    arm_refuse(exchange, status,
               fault->code != NULL ? fault->code : reason->code, "%s",
               fault->message != NULL ? fault->message : reason->message);
}

bool
fault_answer_instead(struct exchange *exchange)
{
    const struct fault *fault = exchange->fault;

    if (fault == NULL)
        return false;
    if (fault->revoke_tokens)
        authority_revoke(exchange->world->authority);
    if (fault->cut == CUT_BEFORE_PROCESSING) {
        exchange->answer.ending = ENDING_NEVER;
        return true;
    }
    if (fault->status == 0)
        return false;
    answer_status(exchange, fault);
    return true;
}

/* Instead of the one that the server would add. */
static void
add_date(struct exchange *exchange, const struct fault *fault)
{
    const time_t moment =
        (time_t) ((double) clock_now() / 1000 + fault->date_skew);
    struct tm parts;
    char text[64];

    if (gmtime_r(&moment, &parts) == NULL
        || strftime(text, sizeof(text), "%a, %d %b %Y %H:%M:%S GMT", &parts)
               == 0) {
        exchange->failed = true;
        return;
    }
    exchange_add_header(exchange, "Date", "%s", text);
}

static void
add_headers(struct exchange *exchange, const struct fault *fault)
{
    const char *name;
    json_t *value;

    if (fault->date_skew < 0 || fault->date_skew > 0)
        add_date(exchange, fault);
    if (fault->retry_after != NULL)
        exchange_add_header(exchange, "Retry-After", "%s", fault->retry_after);
    if (fault->retry_after_ms != UINT64_MAX)
        exchange_add_header(exchange, "retry-after-ms", "%llu",
                            (unsigned long long) fault->retry_after_ms);
    if (fault->x_ms_retry_after_ms != UINT64_MAX)
        exchange_add_header(exchange, "x-ms-retry-after-ms", "%llu",
                            (unsigned long long) fault->x_ms_retry_after_ms);
    json_object_foreach(fault->headers, name, value)
    {
        if (json_is_string(value))
            exchange_add_header(exchange, name, "%s",
                                json_string_value(value));
    }
}

/* The address of this very page, for links that lead nowhere else. */
static const char *
own_link(struct exchange *exchange)
{
    const char *link =
        arena_printf(exchange->arena, "%s%s?%s", exchange_origin(exchange),
                     exchange->path, exchange->query);

    exchange->failed |= link == NULL;
    return link;
}

static void
replace_next_link(struct exchange *exchange, const char *link)
{
    struct buffer *body = &exchange->answer.body;
    json_t *value = json_loadb(buffer_text(body), body->length, 0, NULL);

    if (!json_is_object(value)) {
        json_decref(value);
        return;
    }
    json_object_set_new(value, "nextLink", json_string(link));
    buffer_clear(body);
    exchange_answer(exchange, exchange->answer.status, value);
}

/* Puts one text in the place of each other one in the body. */
static void
replace_text(struct exchange *exchange, const char *old, const char *new)
{
    AUTOBUFFER made = BUFFER_INIT(EXCHANGE_ANSWER_MAXIMUM);
    struct buffer *body = &exchange->answer.body;
    const char *at = buffer_text(body);
    const char *found;

    while (*old != '\0' && (found = strstr(at, old)) != NULL) {
        buffer_append(&made, at, (size_t) (found - at));
        buffer_append_text(&made, new);
        at = found + strlen(old);
    }
    buffer_append_text(&made, at);
    buffer_clear(body);
    if (buffer_append(body, buffer_text(&made), made.length) < 0
        || buffer_failed(&made))
        exchange->failed = true;
}

static void
replace_texts(struct exchange *exchange, json_t *replace)
{
    const char *old;
    json_t *new;

    json_object_foreach(replace, old, new)
    {
        if (json_is_string(new))
            replace_text(exchange, old, json_string_value(new));
    }
}

static void
append_padding(struct exchange *exchange, uint64_t left)
{
    char blanks[4096];

    memset(blanks, ' ', sizeof(blanks));
    while (left > 0 && !exchange->failed) {
        const size_t size =
            left < sizeof(blanks) ? (size_t) left : sizeof(blanks);
        exchange->failed =
            buffer_append(&exchange->answer.body, blanks, size) < 0;
        left -= size;
    }
}

static void
halve(struct buffer *body)
{
    if (body->length == 0)
        return;
    body->length /= 2;
    body->data[body->length] = '\0';
}

static void
set_ending(struct answer *answer, const struct fault *fault)
{
    answer->reset = fault->reset;
    if (fault->truncation != TRUNCATE_NONE)
        halve(&answer->body);
    if (fault->truncation == TRUNCATE_CLOSE)
        answer->ending = ENDING_UNMARKED;
    if (fault->cut == CUT_BEFORE_ANSWER)
        answer->ending = ENDING_NEVER;
    if (fault->cut == CUT_IN_BODY)
        answer->ending = ENDING_CUT;
}

void
fault_answer_alter(struct exchange *exchange)
{
    const struct fault *fault = exchange->fault;

    if (fault == NULL)
        return;
    add_headers(exchange, fault);
    if (fault->content_type != NULL)
        exchange->answer.content_type = fault->content_type;
    if (fault->next_link != NULL)
        replace_next_link(exchange, fault->next_link);
    if (fault->loop_next_link)
        replace_next_link(exchange, own_link(exchange));
    replace_texts(exchange, fault->replace);
    append_padding(exchange, fault->padding);
    set_ending(&exchange->answer, fault);
}
