/* SPDX-License-Identifier: Apache-2.0 */
#include "net/http/transfer.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/cleanup.h"
#include "net/http/limits.h"
#include "unit/net/http/exchange.h"
#include "unit/unit.h"

#define OK                                                       \
    {                                                            \
        .text = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}" \
    }

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

/* One request that meets these replies. */
static const struct answer *
ask(struct exchange *exchange, const struct server_reply *replies,
    size_t count)
{
    exchange_start(exchange, replies, count);
    exchange_get(exchange, "/x");
    exchange_run(exchange);
    assert_int_equal(exchange->count, 1);
    return &exchange->answers[0];
}

static void
an_answer_that_is_cut_off_is_asked_for_again(void **state)
{
    static const struct server_reply replies[] = {
        { .text = "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"a\":",
          .close = true },
        { .text = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
                  "5\r\nhello\r\n",
          .close = true },
        { .text = "HTTP/1.1 200", .close = true },
        OK
    };

    const struct answer *answer = ask(*state, replies, 4);
    assert_int_equal(answer->status, 200);
    assert_string_equal(answer->body, "{}");
    assert_int_equal(answer->tries, 4);
}

static void
silence_is_a_failure_when_the_retries_are_used_up(void **state)
{
    static const struct server_reply replies[] = { { .text = "",
                                                     .close = true } };
    struct exchange *exchange = *state;

    const struct answer *answer = ask(exchange, replies, 1);
    assert_int_equal(answer->status, 0);
    assert_int_equal(answer->failure, HTTP_FAILURE_BROKEN);
    assert_string_equal(answer->reason,
                        "127.0.0.1 closed the connection without an answer");
    assert_string_equal(answer->body, "");
    assert_int_equal(answer->tries, 4);
    assert_int_equal(server_requests(exchange->server), 4);
    assert_int_equal(server_connections(exchange->server), 4);
}

static void
what_is_not_http_is_a_failure(void **state)
{
    static const struct server_reply replies[] = {
        { .text = "220 mail.example ESMTP\r\n", .close = true }
    };
    struct exchange *exchange = *state;

    exchange->options.retries = 0;
    const struct answer *answer = ask(exchange, replies, 1);
    assert_int_equal(answer->failure, HTTP_FAILURE_BROKEN);
    assert_int_equal(answer->tries, 1);
}

static void
a_slow_answer_is_a_timeout_on_a_new_connection_each(void **state)
{
    static const struct server_reply replies[] = { { .silent = true } };
    struct exchange *exchange = *state;

    exchange->options.try_timeout = 50;
    exchange->options.retries = 1;
    const struct answer *answer = ask(exchange, replies, 1);
    assert_int_equal(answer->failure, HTTP_FAILURE_TIMEOUT);
    assert_string_equal(answer->reason, "no answer within 50 ms");
    assert_int_equal(answer->tries, 2);
    assert_int_equal(server_connections(exchange->server), 2);
}

static void
a_refused_connection_names_its_address(void **state)
{
    struct exchange *exchange = *state;
    static const struct server_reply replies[] = { OK };
    const struct http_request request = { .method = "GET",
                                          .url = "http://127.0.0.1:1/" };

    exchange_start(exchange, replies, 1);
    assert_int_equal(http_client_send(exchange->client, &request,
                                      exchange_done_callback, exchange, NULL),
                     0);
    exchange_run(exchange);
    assert_int_equal(exchange->answers[0].failure, HTTP_FAILURE_CONNECT);
    assert_string_equal(exchange->answers[0].reason,
                        "connection refused by 127.0.0.1 port 1");
    assert_int_equal(exchange->answers[0].tries, 4);
}

/* A proxy would send it to a loopback address of its own. */
static void
no_proxy_is_between_this_machine_and_itself(void **state)
{
    static const struct server_reply replies[] = { OK };
    struct exchange *exchange = *state;

    exchange->options.no_proxy = false;
    assert_int_equal(setenv("http_proxy", "http://127.0.0.1:1", 1), 0);
    const struct answer *answer = ask(exchange, replies, 1);
    assert_int_equal(unsetenv("http_proxy"), 0);
    assert_int_equal(answer->status, 200);
    assert_memory_equal(server_request(exchange->server, 0), "GET /x ", 7);
}

static void
get_through_proxy(struct exchange *exchange, const char *proxy)
{
    static const struct server_reply replies[] = { OK };
    const struct http_request request = { .method = "GET",
                                          .url = "http://a.invalid/" };

    exchange->options.no_proxy = false;
    exchange->options.retries = 0;
    assert_int_equal(setenv("http_proxy", proxy, 1), 0);
    exchange_start(exchange, replies, 1);
    assert_int_equal(http_client_send(exchange->client, &request,
                                      exchange_done_callback, exchange, NULL),
                     0);
    exchange_run(exchange);
    assert_int_equal(unsetenv("http_proxy"), 0);
}

static void
a_proxy_that_refuses_is_named_without_its_user(void **state)
{
    struct exchange *exchange = *state;

    get_through_proxy(exchange, "http://user:secret@127.0.0.1:1");
    assert_string_equal(exchange->answers[0].reason,
                        "connection refused by proxy 127.0.0.1 port 1");
}

static void
an_unreadable_proxy_is_not_repeated(void **state)
{
    struct exchange *exchange = *state;

    get_through_proxy(exchange, "http://user:pa/ss@127.0.0.1:9");
    assert_string_equal(exchange->answers[0].reason,
                        "HTTPS_PROXY is not a usable URL");
}

static void
a_body_has_a_ceiling(void **state)
{
    static const struct server_reply replies[] = {
        { .text = "HTTP/1.1 200 OK\r\n\r\n",
          .filler = HTTP_BODY_CEILING + 1,
          .close = true }
    };

    const struct answer *answer = ask(*state, replies, 1);
    assert_int_equal(answer->failure, HTTP_FAILURE_TOO_LARGE);
    assert_string_equal(answer->reason, "answer larger than 8 MiB");
    assert_int_equal(answer->tries, 1);
}

static void
a_body_may_reach_its_ceiling(void **state)
{
    static const struct server_reply replies[] = {
        { .text = "HTTP/1.1 200 OK\r\n\r\n",
          .filler = HTTP_BODY_CEILING,
          .close = true }
    };

    const struct answer *answer = ask(*state, replies, 1);
    assert_int_equal(answer->status, 200);
    assert_int_equal(answer->length, HTTP_BODY_CEILING);
}

/* Appends bits to a deflated body, which begins with zeros. */
static size_t
put_bits(char *bytes, size_t at, unsigned bits, unsigned count)
{
    for (unsigned i = 0; i < count; i++, at++)
        bytes[at / 8] |= (char) ((bits >> i & 1) << at % 8);
    return at;
}

/* One block with fixed codes (RFC 1951, 3.2.6): a blank, which is repeated so
 * many times 258 times. The codes stand with their first bit last. */
static size_t
make_bomb(char *bytes, unsigned repetitions)
{
    size_t at = put_bits(bytes, 0, 1 | 1 << 1, 3);

    at = put_bits(bytes, at, 0x0a, 8);
    for (unsigned i = 0; i < repetitions; i++)
        at = put_bits(bytes, at, 0xa3, 8 + 5);
    return (put_bits(bytes, at, 0, 7) + 7) / 8;
}

static void
the_ceiling_is_that_of_the_unpacked_body(void **state)
{
    /* The server's thread may still look at them when the test has ended. */
    static struct server_reply replies[1];
    static char bytes[64 * 1024];
    struct exchange *exchange = *state;
    const int start = snprintf(bytes, sizeof(bytes),
                               "HTTP/1.1 200 OK\r\n"
                               "Content-Encoding: deflate\r\n\r\n");
    const size_t length =
        (size_t) start + make_bomb(bytes + start, HTTP_BODY_CEILING / 258 + 1);
    replies[0] = (struct server_reply){ .text = bytes,
                                        .length = length,
                                        .close = true };

    const struct answer *answer = ask(exchange, replies, 1);
    AUTOFREE char *accepted =
        exchange_sent_header(exchange, 0, "Accept-Encoding");
    assert_string_equal(accepted, "gzip, deflate");
    assert_int_equal(answer->failure, HTTP_FAILURE_TOO_LARGE);
    assert_string_equal(answer->reason, "answer larger than 8 MiB");
}

static void
an_answer_is_packed_once_at_the_most(void **state)
{
    static const struct server_reply replies[] = {
        { .text = "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n"
                  "Content-Encoding: gzip\r\nContent-Length: 2\r\n\r\n{}" }
    };

    const struct answer *answer = ask(*state, replies, 1);
    assert_int_equal(answer->failure, HTTP_FAILURE_BROKEN);
    assert_string_equal(answer->reason,
                        "answer of 127.0.0.1 is encoded in a way that is not "
                        "accepted: it may be packed once, with gzip or "
                        "deflate");
    assert_int_equal(answer->tries, 1);
    assert_true(answer->sent);
}

static void
a_header_has_a_ceiling(void **state)
{
    static char many[HTTP_HEADERS_CEILING + 1024] = "HTTP/1.1 200 OK\r\n";
    static const struct server_reply replies[] = { { .text = many,
                                                     .close = true } };
    static const char line[] = "X-Padding: ................................"
                               "................................\r\n";
    size_t length = strlen(many);

    while (length + sizeof(line) <= sizeof(many)) {
        memcpy(many + length, line, sizeof(line));
        length += sizeof(line) - 1;
    }
    const struct answer *answer = ask(*state, replies, 1);
    assert_int_equal(answer->failure, HTTP_FAILURE_TOO_LARGE);
    assert_string_equal(answer->reason,
                        "header of the answer larger than 64 KiB");
    assert_int_equal(answer->tries, 1);
}

static void
one_endless_header_line_is_the_same(void **state)
{
    static const struct server_reply replies[] = {
        { .text = "HTTP/1.1 200 OK\r\nX: ",
          .filler = 1024 * 1024,
          .close = true }
    };

    const struct answer *answer = ask(*state, replies, 1);
    assert_int_equal(answer->failure, HTTP_FAILURE_TOO_LARGE);
    assert_int_equal(answer->tries, 1);
}

static void
a_redirect_is_an_answer(void **state)
{
    static const struct server_reply replies[] = {
        { .text = "HTTP/1.1 302 Found\r\nLocation: /elsewhere\r\n"
                  "Content-Length: 0\r\n\r\n" },
        OK
    };
    struct exchange *exchange = *state;

    const struct answer *answer = ask(exchange, replies, 2);
    assert_int_equal(answer->status, 302);
    assert_int_equal(server_requests(exchange->server), 1);
}

static void
a_dead_connection_is_replaced(void **state)
{
    static const struct server_reply replies[] = {
        { .text = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}",
          .close = true }
    };
    struct exchange *exchange = *state;

    exchange->options.concurrency = 1;
    exchange_start(exchange, replies, 1);
    for (unsigned i = 0; i < 5; i++)
        exchange_get(exchange, "/x");
    exchange_run(exchange);
    assert_int_equal(exchange->count, 5);
    for (unsigned i = 0; i < 5; i++)
        assert_int_equal(exchange->answers[i].status, 200);
    assert_int_equal(server_connections(exchange->server), 5);
}

static void
after_a_timeout_no_idle_connection_is_trusted(void **state)
{
    static const struct server_reply replies[] = {
        { .text = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", .hold = 2 },
        { .text = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", .hold = 2 },
        { .silent = true },
        OK
    };
    struct exchange *exchange = *state;

    exchange->options.concurrency = 2;
    exchange->options.try_timeout = 200;
    exchange_start(exchange, replies, 4);
    exchange_get(exchange, "/x");
    exchange_get(exchange, "/y");
    exchange_run(exchange);
    assert_int_equal(server_connections(exchange->server), 2);
    exchange_get(exchange, "/z");
    exchange_run(exchange);
    assert_int_equal(exchange->answers[2].status, 200);
    assert_int_equal(exchange->answers[2].tries, 2);
    assert_int_equal(server_connections(exchange->server), 3);
}

static void
a_slot_forgets_what_the_last_request_said(void **state)
{
    static const struct server_reply replies[] = {
        { .text = "HTTP/1.1 200 OK\r\nX-Old: 1\r\n"
                  "Content-Type: text/old\r\n"
                  "Content-Length: 9\r\n\r\nold words" },
        { .text = "HTTP/1.1 204 None\r\n\r\n" },
    };
    struct exchange *exchange = *state;

    exchange->options.concurrency = 1;
    exchange_start(exchange, replies, 2);
    exchange_get(exchange, "/x");
    exchange_get(exchange, "/y");
    exchange_run(exchange);
    assert_string_equal(exchange->answers[0].content_type, "text/old");
    assert_int_equal(exchange->answers[1].status, 204);
    assert_string_equal(exchange->answers[1].body, "");
    assert_int_equal(exchange->answers[1].length, 0);
    assert_null(exchange->answers[1].content_type);
}

#define TEST(name_) cmocka_unit_test_setup_teardown(name_, set_up, tear_down)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(an_answer_that_is_cut_off_is_asked_for_again),
        TEST(silence_is_a_failure_when_the_retries_are_used_up),
        TEST(what_is_not_http_is_a_failure),
        TEST(a_slow_answer_is_a_timeout_on_a_new_connection_each),
        TEST(a_refused_connection_names_its_address),
        TEST(no_proxy_is_between_this_machine_and_itself),
        TEST(a_proxy_that_refuses_is_named_without_its_user),
        TEST(an_unreadable_proxy_is_not_repeated),
        TEST(a_body_has_a_ceiling),
        TEST(a_body_may_reach_its_ceiling),
        TEST(the_ceiling_is_that_of_the_unpacked_body),
        TEST(an_answer_is_packed_once_at_the_most),
        TEST(a_header_has_a_ceiling),
        TEST(one_endless_header_line_is_the_same),
        TEST(a_redirect_is_an_answer),
        TEST(a_dead_connection_is_replaced),
        TEST(after_a_timeout_no_idle_connection_is_trusted),
        TEST(a_slot_forgets_what_the_last_request_said),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
