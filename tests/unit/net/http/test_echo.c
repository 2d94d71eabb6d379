/* SPDX-License-Identifier: Apache-2.0 */
/* Answers that repeat what they were sent. */
#include "net/http/http_client.h"

#include <stdio.h>
#include <string.h>

#include "base/cleanup.h"
#include "unit/net/http/exchange.h"
#include "unit/unit.h"

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

/* What is given of an answer with this status and body. */
static const char *
answer_to(struct exchange *exchange, const struct http_request *request,
          const char *status, const char *body)
{
    /* The server's thread may still look at them when the test has ended. */
    static struct server_reply reply;
    static char text[1024];

    (void) snprintf(text, sizeof(text),
                    "HTTP/1.1 %s\r\nContent-Length: %zu\r\n\r\n%s", status,
                    strlen(body), body);
    reply = (struct server_reply){ .text = text };
    exchange_start(exchange, &reply, 1);
    exchange_send(exchange, request);
    exchange_run(exchange);
    assert_int_equal(exchange->count, 1);
    assert_int_equal(exchange->answers[0].length, strlen(body));
    return exchange->answers[0].body;
}

static void
headers_that_are_not_shown_are_secrets(void **state)
{
    static const char *const headers[] = { "X-IDENTITY-HEADER: of-the-app",
                                           "If-Match: shown-as-it-is",
                                           "Metadata: true", NULL };
    const struct http_request request = { .method = "GET",
                                          .url = "/",
                                          .headers = headers };

    assert_string_equal(
        answer_to(*state, &request, "400 No",
                  "{\"message\":\"true: of-the-app, shown-as-it-is\"}"),
        "{\"message\":\"true: **********, shown-as-it-is\"}");
}

static void
secret_fields_of_a_form_are_found_as_they_were_meant(void **state)
{
    static const char *const headers[] = {
        "Content-Type: application/x-www-form-urlencoded", NULL
    };
    static const char form[] =
        "client_id=the-client&client_secret=a%7Eb%2fc%26d.%zz"
        "&client_assertion=AAAA.BBBB&client_assertion_type=assertion-type"
        "&device_code=0123456&refresh_token=0.ARefresh&device_code=";
    const struct http_request request = { .method = "POST",
                                          .url = "/",
                                          .headers = headers,
                                          .body = form,
                                          .length = sizeof(form) - 1 };

    assert_string_equal(answer_to(*state, &request, "400 No",
                                  "the-client a~b/c&d.%zz a%7Eb%2fc%26d.%zz "
                                  "AAAA.BBBB assertion-type 0123456 "
                                  "0.ARefresh 0.AR"),
                        "the-client *********** ***************** "
                        "********* assertion-type 0123456 "
                        "********** 0.AR");
}

/* Entra may give the same refresh token again. */
static void
a_success_is_given_as_it_came(void **state)
{
    static const char *const headers[] = { "X-IDENTITY-HEADER: of-the-app",
                                           NULL };
    const struct http_request request = { .method = "GET",
                                          .url = "/",
                                          .headers = headers };

    assert_string_equal(answer_to(*state, &request, "200 OK", "of-the-app"),
                        "of-the-app");
}

int
main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(headers_that_are_not_shown_are_secrets),
        TEST(secret_fields_of_a_form_are_found_as_they_were_meant),
        TEST(a_success_is_given_as_it_came),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
