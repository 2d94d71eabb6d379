/* SPDX-License-Identifier: Apache-2.0 */
#include "net/http/http_client.h"

#include <string.h>

#include "base/cleanup.h"
#include "base/log.h"
#include "unit/net/http/exchange.h"
#include "unit/unit.h"

#define SECRET "eyJ0eXAiOiJKV1QifQ.secret"

static const struct server_reply ok[] = {
    { .text = "HTTP/1.1 200 OK\r\nContent-Length: 25\r\n\r\n" SECRET }
};
static const struct server_reply refused_once[] = {
    { .text = "HTTP/1.1 401 No\r\nContent-Length: 0\r\n\r\n" },
    { .text = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n" },
};

/* The room above: it hands out numbered tokens. */
static struct {
    struct exchange exchange; /* first: callbacks get this */
    enum http_authorization answer;
    const char *line; /* instead of a numbered token, or NULL */
    unsigned token;
    unsigned asked;
    unsigned rejected;
    unsigned rejected_token;
    bool authorize_at_once;
} above;

static enum http_authorization
authorize(struct buffer *header, unsigned *ret_authorization, void *data)
{
    (void) data;
    above.asked++;
    if (above.authorize_at_once) {
        above.authorize_at_once = false;
        above.answer = HTTP_AUTHORIZATION_READY;
        http_client_authorized(above.exchange.client);
        return HTTP_AUTHORIZATION_WAIT;
    }
    if (above.line != NULL)
        (void) buffer_append_text(header, above.line);
    else if (above.answer == HTTP_AUTHORIZATION_READY)
        (void) buffer_printf(header, "Authorization: Bearer " SECRET "%u",
                             above.token);
    *ret_authorization = above.token;
    return above.answer;
}

static void
rejected(const struct http_response *response, void *data)
{
    (void) data;
    above.rejected++;
    above.rejected_token = response->authorization;
    above.token++;
}

static struct http_verdict
classify(const struct http_response *response, void *data)
{
    (void) data;
    return (struct http_verdict){ response->status == 401
                                      ? HTTP_VERDICT_REAUTHORIZE
                                      : HTTP_VERDICT_DONE,
                                  -1 };
}

static int
set_up(void **state)
{
    memset(&above, 0, sizeof(above));
    exchange_init(&above.exchange);
    above.exchange.options.authorize = authorize;
    above.exchange.options.classify = classify;
    above.exchange.options.rejected = rejected;
    above.answer = HTTP_AUTHORIZATION_READY;
    above.token = 1;
    *state = &above.exchange;
    return 0;
}

static int
tear_down(void **state)
{
    exchange_done(*state);
    return 0;
}

static void
assert_sent_token(struct exchange *exchange, size_t index,
                  const char *expected)
{
    AUTOFREE char *header =
        exchange_sent_header(exchange, index, "Authorization");

    assert_non_null(header);
    assert_string_equal(header, expected);
}

static void
each_try_carries_its_token(void **state)
{
    struct exchange *exchange = *state;

    exchange_start(exchange, ok, 1);
    exchange_get(exchange, "/x");
    exchange_run(exchange);
    assert_sent_token(exchange, 0, "Bearer " SECRET "1");
    assert_int_equal(exchange->answers[0].authorization, 1);
    assert_int_equal(above.asked, 1);
}

static void
a_refused_token_is_replaced_once(void **state)
{
    struct exchange *exchange = *state;

    exchange_start(exchange, refused_once, 2);
    exchange_get(exchange, "/x");
    exchange_run(exchange);
    assert_int_equal(exchange->answers[0].status, 200);
    assert_int_equal(exchange->answers[0].tries, 2);
    assert_int_equal(exchange->answers[0].authorization, 2);
    assert_int_equal(above.rejected, 1);
    assert_int_equal(above.rejected_token, 1);
    assert_sent_token(exchange, 0, "Bearer " SECRET "1");
    assert_sent_token(exchange, 1, "Bearer " SECRET "2");
}

static void
a_second_refusal_is_the_answer(void **state)
{
    struct exchange *exchange = *state;

    exchange_start(exchange, refused_once, 1);
    exchange_get(exchange, "/x");
    exchange_run(exchange);
    assert_int_equal(exchange->answers[0].status, 401);
    assert_int_equal(exchange->answers[0].tries, 2);
    assert_int_equal(above.rejected, 1);
}

static void
become_ready(void *data)
{
    struct exchange *exchange = data;

    assert_int_equal(server_requests(exchange->server), 0);
    assert_int_equal(above.asked, 1);
    above.answer = HTTP_AUTHORIZATION_READY;
    http_client_authorized(exchange->client);
}

static void
requests_wait_for_authorization(void **state)
{
    struct exchange *exchange = *state;

    above.answer = HTTP_AUTHORIZATION_WAIT;
    exchange_start(exchange, ok, 1);
    for (unsigned i = 0; i < 3; i++)
        exchange_get(exchange, "/x");
    assert_non_null(
        loop_timer_start(exchange->loop, 20, become_ready, exchange));
    exchange_run(exchange);
    assert_int_equal(exchange->count, 3);
    assert_int_equal(above.asked, 4);
    assert_sent_token(exchange, 0, "Bearer " SECRET "1");
}

static void
the_wait_may_end_before_it_began(void **state)
{
    struct exchange *exchange = *state;

    above.authorize_at_once = true;
    exchange_start(exchange, ok, 1);
    exchange_get(exchange, "/x");
    exchange_run(exchange);
    assert_int_equal(exchange->answers[0].status, 200);
    assert_int_equal(above.asked, 2);
}

static void
a_waiting_request_can_be_cancelled(void **state)
{
    struct exchange *exchange = *state;

    above.answer = HTTP_AUTHORIZATION_WAIT;
    exchange_start(exchange, ok, 1);
    exchange_get(exchange, "/x");
    exchange_run(exchange);
    assert_int_equal(exchange->count, 0);
    http_client_cancel(exchange->client);
    assert_int_equal(exchange->answers[0].failure, HTTP_FAILURE_CANCELLED);
    http_client_authorized(exchange->client);
    exchange_run(exchange);
    assert_int_equal(exchange->count, 1);
}

static void
without_authorization_the_request_fails(void **state)
{
    struct exchange *exchange = *state;

    above.answer = HTTP_AUTHORIZATION_REFUSED;
    above.line = "az is not signed in";
    exchange_start(exchange, ok, 1);
    exchange_get(exchange, "/x");
    exchange_run(exchange);
    assert_int_equal(exchange->answers[0].failure, HTTP_FAILURE_REFUSED);
    assert_string_equal(exchange->answers[0].reason, "az is not signed in");
    assert_int_equal(server_requests(exchange->server), 0);
}

static void
a_token_that_breaks_out_is_not_sent(void **state)
{
    struct exchange *exchange = *state;

    above.line = "Authorization: Bearer " SECRET "\r\nX-Evil: 1";
    exchange_start(exchange, ok, 1);
    exchange_get(exchange, "/x");
    exchange_run(exchange);
    assert_int_equal(exchange->answers[0].failure, HTTP_FAILURE_INTERNAL);
    assert_null(strstr(exchange->answers[0].reason, "secret"));
    assert_int_equal(server_requests(exchange->server), 0);
}

static void
a_token_does_not_leave_this_machine_without_tls(void **state)
{
    const struct http_request request = { .method = "GET",
                                          .url = "http://a.example/" };
    struct exchange *exchange = *state;
    AUTOERROR err = ERROR_INIT;

    exchange_start(exchange, ok, 1);
    assert_int_equal(http_client_send(exchange->client, &request,
                                      exchange_done_callback, exchange, &err),
                     -1);
    assert_string_equal(error_message(&err),
                        "a token may not leave without TLS");
}

static void
nor_does_a_header_of_the_callers_own(void **state)
{
    static const char *const headers[] = { "Metadata: true",
                                           "authorization: Basic x", NULL };
    const struct http_request request = { .method = "GET",
                                          .url = "http://a.example/",
                                          .headers = headers };
    struct exchange *exchange = *state;
    AUTOERROR err = ERROR_INIT;

    exchange->options.authorize = NULL;
    exchange_start(exchange, ok, 1);
    assert_int_equal(http_client_send(exchange->client, &request,
                                      exchange_done_callback, exchange, &err),
                     -1);
    assert_string_equal(error_message(&err),
                        "a token may not leave without TLS");
}

static void
look_for_secrets(enum log_level level, const char *line, void *data)
{
    unsigned *count = data;

    (void) level;
    ++*count;
    assert_null(strstr(line, "secret"));
    assert_null(strstr(line, "eyJ"));
}

static void
no_secret_reaches_the_log(void **state)
{
    static const char *const headers[] = { "X-IDENTITY-HEADER: secret", NULL };
    const struct http_request request = { .method = "POST",
                                          .url = "/token?code=secret",
                                          .headers = headers,
                                          .body = "client_secret=secret",
                                          .length = 20 };
    struct exchange *exchange = *state;
    unsigned lines = 0;

    log_set_handler(look_for_secrets, &lines, LOG_LEVEL_TRACE);
    exchange_start(exchange, ok, 1);
    exchange_send(exchange, &request);
    exchange_run(exchange);
    log_set_handler(NULL, NULL, LOG_LEVEL_WARNING);
    assert_int_equal(exchange->answers[0].status, 200);
    assert_in_range(lines, 6, 20);
}

/* As a gateway that quotes the request, or a proxy that logs it. */
static void
an_answer_that_repeats_the_token_loses_it(void **state)
{
    static const char body[] =
        "[\"Bearer "
        "**************************\",\"**************************\"]";
    static const struct server_reply echo[] = {
        { .text = "HTTP/1.1 403 No\r\nContent-Type: " SECRET "1\r\n"
                  "Content-Length: 66\r\n\r\n"
                  "[\"Bearer " SECRET "1\",\"" SECRET "1\"]" }
    };
    struct exchange *exchange = *state;

    exchange_start(exchange, echo, 1);
    exchange_get(exchange, "/x");
    exchange_run(exchange);
    assert_sent_token(exchange, 0, "Bearer " SECRET "1");
    assert_int_equal(exchange->answers[0].status, 403);
    assert_string_equal(exchange->answers[0].body, body);
    assert_int_equal(exchange->answers[0].length, sizeof(body) - 1);
    assert_null(exchange->answers[0].content_type);
}

#define TEST(name_) cmocka_unit_test_setup_teardown(name_, set_up, tear_down)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(each_try_carries_its_token),
        TEST(a_refused_token_is_replaced_once),
        TEST(a_second_refusal_is_the_answer),
        TEST(requests_wait_for_authorization),
        TEST(the_wait_may_end_before_it_began),
        TEST(a_waiting_request_can_be_cancelled),
        TEST(without_authorization_the_request_fails),
        TEST(a_token_that_breaks_out_is_not_sent),
        TEST(a_token_does_not_leave_this_machine_without_tls),
        TEST(nor_does_a_header_of_the_callers_own),
        TEST(no_secret_reaches_the_log),
        TEST(an_answer_that_repeats_the_token_loses_it),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
