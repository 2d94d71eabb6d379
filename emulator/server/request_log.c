/* SPDX-License-Identifier: Apache-2.0 */
/* One JSON line per request. */
#include "server/request_log.h"

#include <fcntl.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/cleanup.h"
#include "base/clock.h"
#include "base/file.h"
#include "base/text.h"
#include "entra/authority.h"
#include "entra/form.h"
#include "token/json_web_token.h"
#include "fault/fault.h"
#include "json/text.h"

enum { LINE_MAXIMUM = 16 * 1024 * 1024 };

struct request_log {
    int descriptor;
    struct buffer line;
};

/* In the order in which they are written, under their names in lower case. */
static const char *const headers_of_note[] = {
    "accept",
    "accept-encoding",
    "accept-language",
    "client-request-id",
    "content-length",
    "content-type",
    "expect",
    "host",
    "if-match",
    "if-none-match",
    "metadata",
    "range",
    "return-client-request-id",
    "transfer-encoding",
    "user-agent",
    "x-ms-client-request-id",
    "x-ms-correlation-request-id",
    "x-ms-return-client-request-id",
    "x-tfs-fedauthredirect",
};

/* Fields of a form that may be seen; of an assertion all but the signature,
 * of others only that they were there. */
static const char *const harmless_fields[] = {
    "claims",    "client_assertion_type",
    "client_id", "client_info",
    "resource",  "grant_type",
    "scope",     "requested_token_use",
};

struct request_log *
request_log_open(const char *path, struct error *err)
{
    struct request_log *log = calloc(1, sizeof(*log));

    if (log == NULL) {
        error_set_memory(err);
        return NULL;
    }
    log->line.ceiling = LINE_MAXIMUM;
    log->descriptor =
        open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    if (log->descriptor < 0) {
        error_set_errno(err, "%s", path);
        free(log);
        return NULL;
    }
    return log;
}

void
request_log_close(struct request_log *log)
{
    if (log == NULL)
        return;
    (void) close(log->descriptor);
    buffer_done(&log->line);
    free(log);
}

static void
append_bytes(struct buffer *line, const char *name, const char *text)
{
    buffer_printf(line, "\"%s\":", name);
    json_text_bytes(line, text, strlen(text));
}

static bool
is_harmless(const char *name)
{
    for (size_t i = 0; i < ARRAY_LENGTH(harmless_fields); i++)
        if (strcmp(harmless_fields[i], name) == 0)
            return true;
    return false;
}

static void
append_form(struct buffer *line, struct exchange *exchange)
{
    struct form form;

    buffer_append_text(line, ",\"form\":{");
    if (form_parse(&form, buffer_text(&exchange->body), exchange->body.length,
                   exchange->arena)
        == 0)
        for (size_t i = 0; i < form.count; i++) {
            const struct form_field *field = &form.fields[i];
            buffer_append_text(line, i > 0 ? "," : "");
            json_text_bytes(line, field->name, strlen(field->name));
            buffer_append_byte(line, ':');
            if (strcmp(field->name, "client_assertion") == 0)
                json_web_token_describe(line, field->value);
            else if (is_harmless(field->name))
                json_text_bytes(line, field->value, strlen(field->value));
            else
                buffer_append_text(line, "\"REDACTED\"");
        }
    buffer_append_text(line, "},\"body\":\"REDACTED\"");
}

static bool
is_form(const struct exchange *exchange)
{
    const char *type = exchange_header(exchange, "Content-Type");

    return type != NULL
           && text_starts_with_ignoring_case(
               type, "application/x-www-form-urlencoded");
}

static void
append_body(struct buffer *line, struct exchange *exchange)
{
    if (exchange->body.length > 0
        && (strstr(exchange->path, "/oauth2/") != NULL || is_form(exchange))) {
        append_form(line, exchange);
        return;
    }
    buffer_append_text(line, ",\"body\":");
    if (exchange->body.length == 0)
        buffer_append_text(line, "null");
    else
        json_text_bytes(line, buffer_text(&exchange->body),
                        exchange->body.length);
}

static void
append_headers(struct buffer *line, const struct exchange *exchange)
{
    const char *authorization = exchange_header(exchange, "Authorization");
    const char *separator = "";

    buffer_append_text(line, ",\"headers\":{");
    if (authorization != NULL) {
        AUTOFREE char *scheme =
            strndup(authorization, strcspn(authorization, " "));
        buffer_append_text(line, "\"authorization\":\"");
        /* A scheme is a word; anything else could be a bare secret. */
        buffer_append_text(
            line, text_equal_ignoring_case(scheme, "Bearer")  ? "Bearer"
                  : text_equal_ignoring_case(scheme, "Basic") ? "Basic"
                                                              : "?");
        buffer_printf(line, " %s\"", exchange->token_hash);
        separator = ",";
    }
    for (size_t i = 0; i < ARRAY_LENGTH(headers_of_note); i++) {
        const char *value = exchange_header(exchange, headers_of_note[i]);
        if (value == NULL)
            continue;
        buffer_append_text(line, separator);
        append_bytes(line, headers_of_note[i], value);
        separator = ",";
    }
    buffer_append_text(line, "}");
}

/* Milliseconds behind the seconds, so that lines can be told apart. */
static void
append_time(struct buffer *line)
{
    const int64_t now = clock_now();
    char text[CLOCK_TEXT_SIZE];

    clock_format(now, text);
    text[strlen(text) - 1] = '\0';
    buffer_printf(line, "{\"time\":\"%s.%03dZ\",", text, (int) (now % 1000));
}

void
request_log_write(struct request_log *log, struct exchange *exchange)
{
    if (log == NULL)
        return;
    struct buffer *line = &log->line;
    const bool answered = exchange->answer.ending != ENDING_NEVER;
    buffer_clear(line);
    append_time(line);
    append_bytes(line, "method", exchange->method);
    buffer_append_byte(line, ',');
    append_bytes(line, "path", exchange->path);
    buffer_append_byte(line, ',');
    append_bytes(line, "query", exchange->query);
    buffer_printf(line, ",\"status\":%u,\"connection\":%" PRIu64,
                  answered ? exchange->answer.status : 0,
                  exchange->connection_number);
    if (exchange->fault != NULL)
        buffer_printf(line, ",\"fault\":%zu", exchange->fault->number);
    else
        buffer_append_text(line, ",\"fault\":null");
    buffer_append_text(line, ",\"client\":");
    json_text_string(line,
                     exchange->token != NULL ? exchange->token->client : NULL);
    append_body(line, exchange);
    append_headers(line, exchange);
    buffer_append_text(line, "}\n");
    if (!buffer_failed(line))
        (void) file_write_all(log->descriptor, buffer_text(line),
                              line->length);
}
