/* SPDX-License-Identifier: Apache-2.0 */
#include "net/http/request.h"

#include <stdlib.h>
#include <string.h>

#include "base/cleanup.h"
#include "unit/net/http/exchange.h"
#include "unit/unit.h"

static const struct server_reply ok[] = {
    { .text = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}" }
};

static int
set_up(void **state)
{
    static struct exchange exchange;

    exchange_init(&exchange);
    *state = &exchange;
    return 0;
}

static int
tear_down(void **state)
{
    exchange_done(*state);
    return 0;
}

static void
a_request_says_who_asks_and_for_what(void **state)
{
    static const char *const headers[] = { "If-Match: *", NULL };
    const struct http_request request = { .method = "GET",
                                          .url = "/x?api-version=1",
                                          .headers = headers };
    struct exchange *exchange = *state;

    exchange_start(exchange, ok, 1);
    exchange_send(exchange, &request);
    exchange_run(exchange);
    AUTOFREE char *accept = exchange_sent_header(exchange, 0, "Accept");
    AUTOFREE char *agent = exchange_sent_header(exchange, 0, "User-Agent");
    AUTOFREE char *id =
        exchange_sent_header(exchange, 0, "x-ms-client-request-id");
    AUTOFREE char *returned =
        exchange_sent_header(exchange, 0, "x-ms-return-client-request-id");
    AUTOFREE char *language =
        exchange_sent_header(exchange, 0, "Accept-Language");
    AUTOFREE char *match = exchange_sent_header(exchange, 0, "If-Match");
    assert_ptr_equal(strstr(server_request(exchange->server, 0),
                            "GET /x?api-version=1 HTTP/1.1\r\n"),
                     server_request(exchange->server, 0));
    assert_string_equal(accept, "application/json");
    assert_ptr_equal(strstr(agent, "piket/" PIKET_VERSION " (libcurl/"),
                     agent);
    assert_string_equal(id, exchange->answers[0].request_id);
    assert_string_equal(returned, "true");
    assert_string_equal(language, "en-US");
    assert_string_equal(match, "*");
}

static void
an_accept_of_its_own_replaces_ours(void **state)
{
    static const char *const headers[] = { "accept: text/plain", NULL };
    const struct http_request request = { .method = "GET",
                                          .url = "/",
                                          .headers = headers };
    struct exchange *exchange = *state;

    exchange_start(exchange, ok, 1);
    exchange_send(exchange, &request);
    exchange_run(exchange);
    AUTOFREE char *accept = exchange_sent_header(exchange, 0, "Accept");
    assert_string_equal(accept, "text/plain");
    assert_null(
        strstr(server_request(exchange->server, 0), "application/json"));
}

static void
a_body_is_sent_as_it_is(void **state)
{
    static const char *const headers[] = { "Content-Type: application/json",
                                           NULL };
    const struct http_request put = { .method = "PUT",
                                      .url = "/p",
                                      .headers = headers,
                                      .body = "{\"a\":1}",
                                      .length = 7 };
    const struct http_request post = { .method = "POST", .url = "/q" };
    const struct http_request delete = { .method = "DELETE", .url = "/r" };
    struct exchange *exchange = *state;

    exchange->options.concurrency = 1;
    exchange_start(exchange, ok, 1);
    exchange_send(exchange, &put);
    exchange_send(exchange, &post);
    exchange_send(exchange, &delete);
    exchange_get(exchange, "/s");
    exchange_run(exchange);
    AUTOFREE char *type = exchange_sent_header(exchange, 0, "Content-Type");
    AUTOFREE char *length =
        exchange_sent_header(exchange, 0, "Content-Length");
    AUTOFREE char *none = exchange_sent_header(exchange, 1, "Content-Length");
    const char *first = server_request(exchange->server, 0);
    assert_ptr_equal(strstr(first, "PUT /p "), first);
    assert_string_equal(strstr(first, "\r\n\r\n"), "\r\n\r\n{\"a\":1}");
    assert_string_equal(type, "application/json");
    assert_string_equal(length, "7");
    assert_string_equal(none, "0");
    assert_non_null(strstr(server_request(exchange->server, 2), "DELETE /r"));
    assert_non_null(strstr(server_request(exchange->server, 3), "GET /s"));
    assert_null(strstr(server_request(exchange->server, 3), "Content-"));
    assert_null(strstr(first, "Expect"));
}

static void
a_line_that_breaks_out_is_refused(void **state)
{
    static const char *const lines[] = {
        "X-A: b\r\nX-Evil: 1",
        "X-A: b\n",
        "X-A\r: b",
        "X-A: b\x7f",
        "X-A: b\x01",
        ": b",
        "X A: b",
        "X-A",
        "X-A:",
        "X-A: ",
        "",
    };
    struct exchange *exchange = *state;

    exchange_start(exchange, ok, 1);
    for (size_t i = 0; i < ARRAY_LENGTH(lines); i++) {
        AUTOERROR err = ERROR_INIT;
        const char *const headers[] = { lines[i], NULL };
        const struct http_request request = { .method = "GET",
                                              .url = server_origin(
                                                  exchange->server),
                                              .headers = headers };
        assert_int_equal(http_client_send(exchange->client, &request,
                                          exchange_done_callback, exchange,
                                          &err),
                         -1);
        assert_non_null(err.message);
    }
    exchange_run(exchange);
    assert_int_equal(exchange->count, 0);
    assert_int_equal(server_requests(exchange->server), 0);
}

static void
an_unusable_request_is_refused(void **state)
{
    static const struct http_request requests[] = {
        { .method = "GET", .url = "https://127.0.0.1/" },
        { .method = "GET", .url = "http://user@127.0.0.1/" },
        { .method = "GET", .url = "http://127.0.0.1/#x" },
        { .method = "GET", .url = "http://127.0.0.1/\r\nX: y" },
        { .method = "GET", .url = "/x" },
        { .method = "GET", .url = "file:///etc/passwd" },
        { .method = "GET / HTTP/1.1\r\nX:", .url = "http://127.0.0.1/" },
        { .method = "", .url = "http://127.0.0.1/" },
    };
    struct exchange *exchange = *state;

    exchange_start(exchange, ok, 1);
    for (size_t i = 0; i < ARRAY_LENGTH(requests); i++) {
        AUTOERROR err = ERROR_INIT;
        assert_int_equal(http_client_send(exchange->client, &requests[i],
                                          exchange_done_callback, exchange,
                                          &err),
                         -1);
        assert_non_null(err.message);
    }
}

#define TEST(name_) cmocka_unit_test_setup_teardown(name_, set_up, tear_down)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_request_says_who_asks_and_for_what),
        TEST(an_accept_of_its_own_replaces_ours),
        TEST(a_body_is_sent_as_it_is),
        TEST(a_line_that_breaks_out_is_refused),
        TEST(an_unusable_request_is_refused),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
