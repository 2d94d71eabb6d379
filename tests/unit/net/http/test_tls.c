/* SPDX-License-Identifier: Apache-2.0 */
/* The setting up of http/handle.c, as far as TLS goes. */
#include "net/http/handle.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/cleanup.h"
#include "net/http/limits.h"
#include "unit/net/http/certificate.h"
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
    exchange.options.plain_http = false;
    exchange.options.concurrency = 4;
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
    exchange_start(exchange, ok, 1);
    exchange_get(exchange, "/x");
    exchange_run(exchange);
    assert_int_equal(exchange->count, 1);
    return &exchange->answers[0];
}

static void
a_certificate_that_verifies_is_accepted(void **state)
{
    struct exchange *exchange = *state;

    exchange_start(exchange, ok, 1);
    for (unsigned i = 0; i < 20; i++)
        exchange_get(exchange, "/x");
    exchange_run(exchange);
    assert_int_equal(exchange->count, 20);
    for (unsigned i = 0; i < 20; i++)
        assert_int_equal(exchange->answers[i].status, 200);
    assert_in_range(server_connections(exchange->server), 1, 4);
}

static void
a_certificate_of_another_ca_is_final(void **state)
{
    struct exchange *exchange = *state;
    struct certificate other;

    certificate_make(&other);
    exchange->options.ca_file = other.path;
    const struct answer *answer = ask(exchange);
    assert_int_equal(answer->failure, HTTP_FAILURE_TLS);
    assert_ptr_equal(strstr(answer->reason, "certificate verify failed: "),
                     answer->reason);
    assert_non_null(strstr(answer->reason, " (127.0.0.1)"));
    assert_non_null(answer->advice);
    assert_int_equal(answer->tries, 1);
    assert_int_equal(server_requests(exchange->server), 0);
    certificate_done(&other);
}

static void
a_certificate_of_another_host_is_final(void **state)
{
    struct exchange *exchange = *state;
    AUTOFREE char *url = NULL;

    exchange_start(exchange, ok, 1);
    const char *port = strrchr(server_origin(exchange->server), ':');
    assert_true(asprintf(&url, "https://localhost%s/x", port) > 0);
    const struct http_request request = { .method = "GET", .url = url };
    assert_int_equal(http_client_send(exchange->client, &request,
                                      exchange_done_callback, exchange, NULL),
                     0);
    exchange_run(exchange);
    assert_int_equal(exchange->answers[0].failure, HTTP_FAILURE_TLS);
    assert_non_null(
        strstr(exchange->answers[0].reason, "certificate verify failed"));
    assert_int_equal(exchange->answers[0].tries, 1);
    assert_int_equal(server_requests(exchange->server), 0);
}

static void
a_ca_file_that_cannot_be_read_is_final(void **state)
{
    struct exchange *exchange = *state;

    exchange->options.ca_file = "/nonexistent/ca.pem";
    const struct answer *answer = ask(exchange);
    assert_int_equal(answer->failure, HTTP_FAILURE_TLS);
    assert_string_equal(answer->reason,
                        "cannot read certificates from /nonexistent/ca.pem"
                        ": No such file or directory");
    assert_int_equal(answer->tries, 1);
}

static void
the_environment_may_name_the_ca_file(void **state)
{
    struct exchange *exchange = *state;

    assert_int_equal(setenv("SSL_CERT_FILE", "/nonexistent/env.pem", 1), 0);
    exchange->options.ca_file = "";
    const struct answer *answer = ask(exchange);
    assert_int_equal(unsetenv("SSL_CERT_FILE"), 0);
    assert_string_equal(answer->reason,
                        "cannot read certificates from /nonexistent/env.pem"
                        ": No such file or directory");
}

/* What is no certificate file is said at once: a pipe would be waited for,
 * and /dev/zero read until the memory is full. */
static void
a_ca_file_that_never_ends_is_final(void **state)
{
    static const struct {
        const char *path;
        const char *reason;
    } cases[] = {
        { "/dev/zero", "cannot read certificates from /dev/zero: it is not a "
                       "regular file" },
        { "/proc/self/status", "cannot read certificates from "
                               "/proc/self/status: it is empty" },
        { "/", "cannot read certificates from /: it is a directory" },
    };
    struct exchange *exchange = *state;

    for (size_t i = 0; i < ARRAY_LENGTH(cases); i++) {
        if (i > 0) {
            exchange_done(exchange);
            (void) set_up(state);
        }
        exchange->options.ca_file = cases[i].path;
        const struct answer *answer = ask(exchange);
        assert_int_equal(answer->failure, HTTP_FAILURE_TLS);
        assert_string_equal(answer->reason, cases[i].reason);
        assert_int_equal(answer->tries, 1);
    }
}

/* OpenSSL would read them all in one call. */
static void
key_updates_without_end_meet_the_timeout(void **state)
{
    static const struct server_reply flood[] = {
        { .text = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n",
          .key_updates = true }
    };
    struct exchange *exchange = *state;

    exchange->options.try_timeout = 1000;
    exchange->options.retries = 0;
    exchange_start(exchange, flood, 1);
    exchange_get(exchange, "/x");
    exchange_run(exchange);
    assert_int_equal(exchange->answers[0].failure, HTTP_FAILURE_TIMEOUT);
    assert_string_equal(exchange->answers[0].reason, "no answer within 1 s");
}

#define TEST(name_) cmocka_unit_test_setup_teardown(name_, set_up, tear_down)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_certificate_that_verifies_is_accepted),
        TEST(a_certificate_of_another_ca_is_final),
        TEST(a_certificate_of_another_host_is_final),
        TEST(a_ca_file_that_cannot_be_read_is_final),
        TEST(the_environment_may_name_the_ca_file),
        TEST(a_ca_file_that_never_ends_is_final),
        TEST(key_updates_without_end_meet_the_timeout),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
