/* SPDX-License-Identifier: Apache-2.0 */
#include "net/http/decision.h"

#include <string.h>

#include "net/http/limits.h"
#include "unit/unit.h"

static const struct http_client_options usual = { .retries = 3,
                                                  .failures = 3,
                                                  .backoff = 100 };

static enum http_verdict_kind always;

static struct http_verdict
classify(const struct http_response *response, void *data)
{
    (void) response;
    (void) data;
    return (struct http_verdict){ always, -1 };
}

static void
a_status_alone_decides_without_a_classifier(void **state)
{
    static const int retried[] = { 408, 429, 500, 502, 503, 504 };
    static const int done[] = { 200, 204, 302, 400, 401,
                                403, 404, 409, 501, 505 };

    (void) state;
    for (size_t i = 0; i < sizeof(retried) / sizeof(retried[0]); i++) {
        struct request request = { 0 };
        const struct http_response response = { .status = retried[i] };
        const struct decision decision =
            decision_make(&request, &response, false, &usual);
        assert_int_equal(decision.kind, DECISION_WAIT);
        assert_int_equal(decision.throttled, retried[i] == 429);
        assert_in_range(decision.wait, 80, 130);
    }
    for (size_t i = 0; i < sizeof(done) / sizeof(done[0]); i++) {
        struct request request = { 0 };
        const struct http_response response = { .status = done[i] };
        assert_int_equal(
            decision_make(&request, &response, false, &usual).kind,
            DECISION_DONE);
    }
}

static void
failures_and_faults_share_their_retries(void **state)
{
    struct request request = { 0 };
    const struct http_response failure = { .status = 0 };
    const struct http_response fault = { .status = 500 };
    struct decision decision = { 0 };

    (void) state;
    assert_int_equal(decision_make(&request, &failure, true, &usual).kind,
                     DECISION_WAIT);
    assert_int_equal(decision_make(&request, &fault, false, &usual).kind,
                     DECISION_WAIT);
    decision = decision_make(&request, &failure, true, &usual);
    assert_int_equal(decision.kind, DECISION_WAIT);
    assert_in_range(decision.wait, 320, 520);
    assert_int_equal(decision_make(&request, &fault, false, &usual).kind,
                     DECISION_DONE);
    assert_int_equal(decision_make(&request, &failure, true, &usual).kind,
                     DECISION_DONE);
}

static void
failures_can_have_fewer_retries_than_faults(void **state)
{
    struct request request = { 0 };
    struct http_client_options options = usual;
    const struct http_response failure = { .status = 0 };
    const struct http_response fault = { .status = 500 };

    (void) state;
    options.failures = 1;
    assert_int_equal(decision_make(&request, &failure, true, &options).kind,
                     DECISION_WAIT);
    assert_int_equal(decision_make(&request, &fault, false, &options).kind,
                     DECISION_WAIT);
    assert_int_equal(decision_make(&request, &failure, true, &options).kind,
                     DECISION_DONE);
}

static void
a_final_failure_is_not_retried(void **state)
{
    struct request request = { 0 };
    const struct http_response failure = { .status = 0 };

    (void) state;
    assert_int_equal(decision_make(&request, &failure, false, &usual).kind,
                     DECISION_DONE);
}

static void
throttling_has_more_retries_of_its_own(void **state)
{
    struct request request = { .retries = 3 };
    const struct http_response response = { .status = 429 };

    (void) state;
    for (unsigned i = 0; i < HTTP_THROTTLE_RETRIES; i++)
        assert_int_equal(
            decision_make(&request, &response, false, &usual).kind,
            DECISION_WAIT);
    const struct decision last =
        decision_make(&request, &response, false, &usual);
    assert_int_equal(last.kind, DECISION_DONE);
    assert_true(last.throttled);
}

static void
a_token_is_replaced_once(void **state)
{
    struct request request = { 0 };
    struct http_client_options options = usual;
    const struct http_response response = { .status = 401 };

    (void) state;
    options.classify = classify;
    always = HTTP_VERDICT_REAUTHORIZE;
    assert_int_equal(decision_make(&request, &response, false, &options).kind,
                     DECISION_REAUTHORIZE);
    assert_int_equal(decision_make(&request, &response, false, &options).kind,
                     DECISION_DONE);
}

static void
what_must_happen_once_is_retried_only_where_it_did_not(void **state)
{
    static const struct {
        struct http_response response;
        enum decision_kind kind;
    } cases[] = {
        { { .status = 0, .sent = true }, DECISION_DONE },
        { { .status = 0, .sent = false }, DECISION_WAIT },
        { { .status = 429 }, DECISION_WAIT },
        { { .status = 408 }, DECISION_DONE },
        { { .status = 500 }, DECISION_DONE },
        { { .status = 502 }, DECISION_DONE },
        { { .status = 503 }, DECISION_DONE },
        { { .status = 504 }, DECISION_DONE },
        { { .status = 201 }, DECISION_DONE },
    };

    (void) state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct request request = { .once = true };
        assert_int_equal(
            decision_make(&request, &cases[i].response, true, &usual).kind,
            cases[i].kind);
    }
}

static void
a_token_is_replaced_for_what_must_happen_once(void **state)
{
    struct request request = { .once = true };
    struct http_client_options options = usual;
    const struct http_response response = { .status = 401 };

    (void) state;
    options.classify = classify;
    always = HTTP_VERDICT_REAUTHORIZE;
    assert_int_equal(decision_make(&request, &response, false, &options).kind,
                     DECISION_REAUTHORIZE);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_status_alone_decides_without_a_classifier),
        cmocka_unit_test(failures_and_faults_share_their_retries),
        cmocka_unit_test(failures_can_have_fewer_retries_than_faults),
        cmocka_unit_test(a_final_failure_is_not_retried),
        cmocka_unit_test(throttling_has_more_retries_of_its_own),
        cmocka_unit_test(a_token_is_replaced_once),
        cmocka_unit_test(
            what_must_happen_once_is_retried_only_where_it_did_not),
        cmocka_unit_test(a_token_is_replaced_for_what_must_happen_once),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
