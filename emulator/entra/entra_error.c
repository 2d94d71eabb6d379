/* SPDX-License-Identifier: Apache-2.0 */
/* Errors as Entra answers them. */
#include "entra/entra_error.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/cleanup.h"
#include "base/clock.h"
#include "base/random.h"
#include "base/text.h"

const struct entra_error entra_no_tenant = { 400, "invalid_request", 90002 };
const struct entra_error entra_no_application = { 400, "unauthorized_client",
                                                  700016 };
const struct entra_error entra_bad_secret = { 401, "invalid_client", 7000215 };
const struct entra_error entra_no_credential = { 401, "invalid_client",
                                                 7000218 };
const struct entra_error entra_missing_parameter = { 400, "invalid_request",
                                                     900144 };
const struct entra_error entra_repeated_parameter = { 400, "invalid_request",
                                                      9000411 };
const struct entra_error entra_bad_grant = { 400, "unsupported_grant_type",
                                             70003 };
const struct entra_error entra_bad_scope = { 400, "invalid_scope", 1002012 };
const struct entra_error entra_no_resource = { 400, "invalid_resource",
                                               500011 };
const struct entra_error entra_bad_request = { 400, "invalid_request",
                                               900561 };

const struct entra_error entra_bad_token = { 401, "invalid_client", 50027 };
const struct entra_error entra_bad_algorithm = { 401, "invalid_client",
                                                 5002738 };
const struct entra_error entra_no_thumbprint = { 401, "invalid_client",
                                                 5002723 };
const struct entra_error entra_bad_signature = { 401, "invalid_client",
                                                 700027 };
const struct entra_error entra_assertion_client = { 401, "invalid_client",
                                                    700021 };
const struct entra_error entra_assertion_audience = { 401, "invalid_client",
                                                      700023 };
const struct entra_error entra_assertion_time = { 401, "invalid_client",
                                                  700024 };
const struct entra_error entra_not_federated = { 401, "invalid_client",
                                                 70025 };
const struct entra_error entra_federated_issuer = { 401, "invalid_client",
                                                    700211 };
const struct entra_error entra_federated_audience = { 401, "invalid_client",
                                                      700212 };
const struct entra_error entra_federated_subject = { 401, "invalid_client",
                                                     700213 };
const struct entra_error entra_issuer_unreachable = { 400, "invalid_request",
                                                      50166 };

/* Such as 2026-11-22 09:14:07Z. */
static const char *
timestamp(char text[CLOCK_TEXT_SIZE])
{
    clock_format(clock_now(), text);
    char *separator = strchr(text, 'T');
    if (separator != NULL)
        *separator = ' ';
    return text;
}

void
entra_refuse(struct exchange *exchange, const struct entra_error *kind,
             const char *format, ...)
{
    const char *correlation = exchange_header(exchange, "client-request-id");
    char time[CLOCK_TEXT_SIZE];
    char trace[RANDOM_UUID_SIZE];
    char unique[RANDOM_UUID_SIZE];
    AUTOFREE char *text = NULL;
    va_list arguments;

    va_start(arguments, format);
    if (vasprintf(&text, format, arguments) < 0) {
        text = NULL;
        exchange->failed = true;
    }
    va_end(arguments);
    if (correlation == NULL || !text_is_uuid(correlation))
        correlation = random_uuid(unique);
    timestamp(time);
    random_uuid(trace);
    const char *description = arena_printf(
        exchange->arena,
        "AADSTS%u: %s Trace ID: %s Correlation ID: %s Timestamp: %s",
        kind->number, text != NULL ? text : "", trace, correlation, time);
    const char *uri = arena_printf(exchange->arena, "%s/error?code=%u",
                                   exchange_origin(exchange), kind->number);
    exchange_answer(exchange, kind->status,
                    json_pack("{s:s, s:s, s:[i], s:s, s:s, s:s, s:s}", "error",
                              kind->error, "error_description", description,
                              "error_codes", (int) kind->number, "timestamp",
                              time, "trace_id", trace, "correlation_id",
                              correlation, "error_uri", uri));
}
