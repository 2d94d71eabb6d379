/* SPDX-License-Identifier: Apache-2.0 */
#include "azure/arm/arm_error.h"

#include <string.h>

#include "base/cleanup.h"
#include "net/http/limits.h"
#include "unit/unit.h"

static struct http_response
answer(int status, const char *body)
{
    return (struct http_response){
        .status = status,
        .body = body,
        .length = strlen(body),
    };
}

static void
finds_code_and_message_in_every_wrapping(void **state)
{
    static const struct {
        int status;
        const char *body, *code, *message;
    } cases[] = {
        { 403,
          "{\"error\":{\"code\":\"AuthorizationFailed\","
          "\"message\":\"The client\"}}",
          "AuthorizationFailed", "The client" },
        { 404, "{\"code\":\"404\",\"message\":\"gone\"}", "404", "gone" },
        { 400, "{\"odata.error\":{\"code\":\"Bad\",\"message\":\"worse\"}}",
          "Bad", "worse" },
        { 400, "{\"error\":\"invalid_request\",\"error_description\":\"d\"}",
          "invalid_request", "d" },
        { 502, "<html>Bad Gateway</html>", "NotUnderstood",
          "an answer that is not ARM's JSON (of no type): "
          "<html>Bad Gateway</html>" },
        { 429, "Too Many Requests", "TooManyRequests",
          "an answer that is not ARM's JSON (of no type): "
          "Too Many Requests" },
        { 500, "", "NotUnderstood", "an empty answer" },
        { 500, "  \n", "NotUnderstood", "an empty answer" },
        { 403, "{\"error\":{\"code\":7}}", "NotUnderstood",
          "an answer that is not ARM's JSON (of no type): "
          "{\"error\":{\"code\":7}}" },
    };

    (void) state;
    for (size_t i = 0; i < ARRAY_LENGTH(cases); i++) {
        const struct http_response response =
            answer(cases[i].status, cases[i].body);
        AUTOARMERROR error = ARM_ERROR_INIT;
        assert_int_equal(arm_error_read(&response, &error), 0);
        assert_int_equal(error.http_status, cases[i].status);
        assert_string_equal(error.code, cases[i].code);
        assert_string_equal(error.message, cases[i].message);
        assert_int_equal(error.origin, ARM_ORIGIN_FOREIGN);
    }
}

static void
shows_only_a_glimpse_of_what_is_foreign(void **state)
{
    char body[4096];
    struct http_response response;
    AUTOARMERROR error = ARM_ERROR_INIT;

    (void) state;
    memset(body, 'x', sizeof(body) - 1);
    body[sizeof(body) - 1] = '\0';
    response = answer(200, body);
    assert_int_equal(arm_error_not_understood(&response, NULL, &error), 0);
    assert_string_equal(error.code, ARM_CODE_NOT_UNDERSTOOD);
    assert_true(strlen(error.message) < 200);
}

static void
names_why_there_is_no_answer(void **state)
{
    static const struct {
        enum http_failure failure;
        const char *code;
    } cases[] = {
        { HTTP_FAILURE_CONNECT, ARM_CODE_NO_ANSWER },
        { HTTP_FAILURE_TIMEOUT, ARM_CODE_NO_ANSWER },
        { HTTP_FAILURE_TOO_LARGE, ARM_CODE_NOT_UNDERSTOOD },
        { HTTP_FAILURE_REFUSED, ARM_CODE_SIGN_IN_FAILED },
        { HTTP_FAILURE_CANCELLED, ARM_CODE_INTERRUPTED },
    };

    (void) state;
    for (size_t i = 0; i < ARRAY_LENGTH(cases); i++) {
        struct http_response response = answer(0, "");
        AUTOARMERROR error = ARM_ERROR_INIT;
        response.failure = cases[i].failure;
        response.reason = "why";
        assert_int_equal(arm_error_read(&response, &error), 0);
        assert_int_equal(error.http_status, 0);
        assert_string_equal(error.code, cases[i].code);
        assert_int_equal(error.origin, ARM_ORIGIN_NONE);
    }
}

static void
compares_codes_without_case_and_blanks(void **state)
{
    char code[] = "Subscription Not Registered", message[] = "";
    const struct arm_error error = { .http_status = 404,
                                     .code = code,
                                     .message = message };

    (void) state;
    assert_true(arm_error_has_code(&error, "SubscriptionNotRegistered"));
    assert_true(arm_error_has_code(&error, "subscription notregistered "));
    assert_false(arm_error_has_code(&error, "SubscriptionNotFound"));
    assert_false(arm_error_has_code(&error, "Subscription"));
    assert_false(arm_error_has_code(&error, ""));
}

static void
reads_the_seconds_in_the_message(void **state)
{
    (void) state;
    assert_int_equal(arm_error_retry_after("x. Please try again after '6' "
                                           "seconds."),
                     6000);
    assert_int_equal(arm_error_retry_after("Please try again after '324' "
                                           "seconds."),
                     324000);
    assert_int_equal(arm_error_retry_after("try again after 'a'"), -1);
    assert_int_equal(arm_error_retry_after("try again later"), -1);
    assert_true(
        arm_error_retry_after("try again after '99999999999999999999999999'")
        < INT64_C(1000000000));
}

static void
becomes_one_sentence(void **state)
{
    char code[] = "AuthorizationFailed", message[] = "no", id[] = "1f2e";
    const struct arm_error error = {
        .http_status = 403, .code = code, .message = message, .request_id = id
    };
    AUTOERROR err = ERROR_INIT;

    (void) state;
    assert_int_equal(arm_error_to_error(&error, &err), -1);
    assert_string_equal(error_message(&err),
                        "HTTP 403 AuthorizationFailed: no (request 1f2e)");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(finds_code_and_message_in_every_wrapping),
        cmocka_unit_test(shows_only_a_glimpse_of_what_is_foreign),
        cmocka_unit_test(names_why_there_is_no_answer),
        cmocka_unit_test(compares_codes_without_case_and_blanks),
        cmocka_unit_test(reads_the_seconds_in_the_message),
        cmocka_unit_test(becomes_one_sentence),
    };

    return cmocka_run_group_tests_name("arm_error", tests, NULL, NULL);
}
