/* SPDX-License-Identifier: Apache-2.0 */
/* Whose an answer is: connections that carry answers which nobody asked for,
 * or which somebody else did. */
#include "net/http/http_client.h"

#include <string.h>

#include "unit/net/http/exchange.h"
#include "unit/unit.h"

#define ANSWER(header_, body_) \
    "HTTP/1.1 200 OK\r\n" header_ "Content-Length: 2\r\n\r\n" body_
#define ID "X-MS-Client-Request-Id: "
#define OTHER ID "11111111-2222-4333-8444-555555555555\r\n"
#define PLAIN                    \
    {                            \
        .text = ANSWER("", "{}") \
    }
#define ECHO                                              \
    {                                                     \
        .text = ANSWER(ID " %s \r\n", "{}"), .echo = true \
    }

static unsigned foreign; /* so many answers classify calls foreign */

static struct http_verdict
classify(const struct http_response *response, void *data)
{
    (void) data;
    assert_non_null(response->data);
    if (foreign == 0)
        return (struct http_verdict){ HTTP_VERDICT_DONE, -1 };
    foreign--;
    return (struct http_verdict){ HTTP_VERDICT_FOREIGN, -1 };
}

static int
set_up(void **state)
{
    static struct exchange exchange;

    exchange_init(&exchange);
    exchange.options.concurrency = 1;
    exchange.options.classify = classify;
    foreign = 0;
    *state = &exchange;
    return 0;
}

static int
tear_down(void **state)
{
    exchange_done(*state);
    return 0;
}

static const struct answer *
ask(struct exchange *exchange)
{
    exchange_get(exchange, "/x");
    exchange_run(exchange);
    return &exchange->answers[exchange->count - 1];
}

static void
the_first_on_a_connection_is_bound_and_what_repeats_the_id(void **state)
{
    static const struct server_reply replies[] = { PLAIN, PLAIN, ECHO, PLAIN };
    struct exchange *exchange = *state;

    exchange_start(exchange, replies, 4);
    assert_true(ask(exchange)->bound);
    assert_false(ask(exchange)->bound);
    assert_true(ask(exchange)->bound);
    assert_false(ask(exchange)->bound);
    assert_int_equal(server_connections(exchange->server), 1);
}

static void
what_repeats_another_id_is_asked_for_on_a_new_connection(void **state)
{
    static const struct server_reply replies[] = {
        PLAIN, { .text = ANSWER(OTHER, "[]") }, PLAIN
    };
    struct exchange *exchange = *state;

    exchange_start(exchange, replies, 3);
    (void) ask(exchange);
    const struct answer *answer = ask(exchange);
    assert_int_equal(answer->status, 200);
    assert_string_equal(answer->body, "{}");
    assert_int_equal(answer->tries, 2);
    assert_true(answer->bound);
    assert_int_equal(server_connections(exchange->server), 2);
}

static void
a_service_that_repeats_other_ids_fails_in_words(void **state)
{
    static const struct server_reply replies[] = { { .text = ANSWER(OTHER,
                                                                    "[]") } };
    struct exchange *exchange = *state;

    exchange_start(exchange, replies, 1);
    const struct answer *answer = ask(exchange);
    assert_int_equal(answer->failure, HTTP_FAILURE_FOREIGN);
    assert_string_equal(
        answer->reason,
        "127.0.0.1 sent an answer that belongs to another request");
    assert_non_null(strstr(answer->advice, "proxy"));
    assert_int_equal(answer->tries, 4);
    assert_int_equal(server_connections(exchange->server), 4);
}

static void
a_write_is_not_sent_again_for_it(void **state)
{
    static const struct server_reply replies[] = {
        { .text = ANSWER(OTHER, "[]") }, PLAIN
    };
    static const struct http_request put = {
        .method = "PUT", .url = "/x", .body = "{}", .length = 2, .once = true
    };
    struct exchange *exchange = *state;

    exchange_start(exchange, replies, 2);
    exchange_send(exchange, &put);
    exchange_run(exchange);
    assert_int_equal(exchange->answers[0].failure, HTTP_FAILURE_FOREIGN);
    assert_true(exchange->answers[0].sent);
    /* Nor where classify says so. */
    foreign = 1;
    exchange_send(exchange, &put);
    exchange_run(exchange);
    assert_int_equal(exchange->answers[1].status, 200);
    assert_int_equal(server_requests(exchange->server), 2);
}

static void
a_connection_on_which_bytes_wait_is_closed(void **state)
{
    static const char *const extra[] = { ANSWER("", "[]"), "\n", "" };
    static const struct server_reply replies[] = { ECHO };
    struct exchange *exchange = *state;

    exchange_start(exchange, replies, 1);
    (void) ask(exchange);
    for (size_t i = 0; i < 3; i++) {
        server_say(exchange->server, extra[i]);
        const struct answer *answer = ask(exchange);
        assert_string_equal(answer->body, "{}");
        /* No try was lost, and nothing sent twice. */
        assert_int_equal(answer->tries, 1);
        assert_int_equal(server_connections(exchange->server),
                         i < 2 ? i + 2 : 3);
    }
    const struct http_statistics statistics =
        http_client_statistics(exchange->client);
    assert_int_equal(server_requests(exchange->server), 4);
    assert_int_equal(statistics.requests, 4);
    assert_int_equal(statistics.retries, 0);
    assert_int_equal(statistics.connections, 3);
}

static void
what_classify_calls_foreign_is_asked_for_again(void **state)
{
    static const struct server_reply replies[] = { ECHO };
    struct exchange *exchange = *state;

    exchange_start(exchange, replies, 1);
    foreign = 1;
    assert_int_equal(ask(exchange)->tries, 2);
    assert_int_equal(server_connections(exchange->server), 2);
    /* The new connection is good for more. */
    assert_int_equal(ask(exchange)->tries, 1);
    assert_int_equal(server_connections(exchange->server), 2);
    /* As often as anything else, and then it is told all the same. */
    foreign = 100;
    assert_int_equal(ask(exchange)->tries, 4);
    assert_int_equal(ask(exchange)->status, 200);
    foreign = 0;
    /* The last of those connections is closed, too. */
    const size_t before = server_connections(exchange->server);
    (void) ask(exchange);
    assert_int_equal(server_connections(exchange->server), before + 1);
}

static void
what_is_not_bound_is_tried_again_on_a_new_connection(void **state)
{
    static const struct server_reply replies[] = {
        ECHO,
        { .text = "HTTP/1.1 503 x\r\nContent-Length: 0\r\n\r\n" },
        PLAIN,
    };
    struct exchange *exchange = *state;

    exchange->options.classify = NULL;
    exchange_start(exchange, replies, 3);
    (void) ask(exchange);
    const struct answer *answer = ask(exchange);
    assert_int_equal(answer->status, 200);
    assert_true(answer->bound);
}

static void
each_may_have_a_connection_of_its_own(void **state)
{
    static const struct server_reply replies[] = { PLAIN };
    struct exchange *exchange = *state;

    exchange->options.own_connections = true;
    exchange_start(exchange, replies, 1);
    for (unsigned i = 0; i < 3; i++)
        assert_true(ask(exchange)->bound);
    assert_int_equal(server_connections(exchange->server), 3);
}

#define TEST(function_) \
    cmocka_unit_test_setup_teardown(function_, set_up, tear_down)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(the_first_on_a_connection_is_bound_and_what_repeats_the_id),
        TEST(what_repeats_another_id_is_asked_for_on_a_new_connection),
        TEST(a_service_that_repeats_other_ids_fails_in_words),
        TEST(a_write_is_not_sent_again_for_it),
        TEST(a_connection_on_which_bytes_wait_is_closed),
        TEST(what_classify_calls_foreign_is_asked_for_again),
        TEST(what_is_not_bound_is_tried_again_on_a_new_connection),
        TEST(each_may_have_a_connection_of_its_own),
    };

    return cmocka_run_group_tests_name("binding", tests, NULL, NULL);
}
