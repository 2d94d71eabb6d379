/* SPDX-License-Identifier: Apache-2.0 */
#include "azure/arm/arm.h"

#include <string.h>

#include "unit/azure/arm_fixture.h"
#include "base/cleanup.h"
#include "unit/unit.h"

static struct buffer told = BUFFER_INIT(64 * 1024);

static void
tell(const struct arm_answer *answer, void *data)
{
    assert_ptr_equal(data, &told);
    buffer_printf(&told, "%d %s %s", answer->status,
                  json_is_object(answer->document) ? "object" : "-",
                  answer->request_id != NULL ? answer->request_id : "-");
    assert_int_equal(strlen(answer->bytes), answer->length);
    buffer_printf(&told, " [%s]", answer->bytes);
    if (answer->error != NULL)
        buffer_printf(
            &told, " %d %s%s", answer->error->http_status, answer->error->code,
            arm_error_is_uncertain(answer->error) ? " uncertain" : "");
}

static const char *
ask(const struct arm_request *request, const char *answer)
{
    AUTOERROR err = ERROR_INIT;

    buffer_clear(&told);
    arm_fixture_script(&answer, 1);
    assert_int_equal(arm_send(arm_fixture_arm(), request, tell, &told, &err),
                     0);
    assert_int_equal(loop_run(arm_fixture_loop(), NULL), 0);
    return buffer_text(&told);
}

static void
sends_a_body_with_its_type(void **state)
{
    const struct arm_request request = { .method = "PUT",
                                         .path = "/x?api-version=1",
                                         .body = "{\"a\":1}",
                                         .once = true };

    (void) state;
    assert_string_equal(ask(&request, "201{\"b\":2}"),
                        "201 object r [{\"b\":2}]");
    const char *sent = arm_fixture_request(0);
    assert_ptr_equal(strstr(sent, "PUT /x?api-version=1 HTTP/1.1\r\n"), sent);
    assert_non_null(strstr(sent, "\r\nContent-Type: application/json\r\n"));
    assert_non_null(strstr(sent, "\r\nContent-Length: 7\r\n"));
    assert_non_null(strstr(sent, "\r\nAuthorization: Bearer token\r\n"));
    assert_non_null(strstr(sent, "\r\n\r\n{\"a\":1}"));
}

static void
an_empty_post_has_a_length(void **state)
{
    const struct arm_request request = { .method = "POST", .path = "/x" };

    (void) state;
    assert_string_equal(ask(&request, "202"), "202 - r []");
    const char *sent = arm_fixture_request(0);
    assert_non_null(strstr(sent, "\r\nContent-Length: 0\r\n"));
    assert_non_null(strstr(sent, "\r\nContent-Type: application/json\r\n"));
}

static void
says_what_is_a_success(void **state)
{
    static const struct {
        const char *method, *answer, *told;
    } cases[] = {
        { "DELETE", "204", "204 - r []" },
        { "DELETE", "200", "200 - r []" },
        { "PUT", "200{}", "200 object r [{}]" },
        { "PUT", "201<html>", "201 - r [<html>]" },
        { "PUT", "200{\"id\":\"/X/\"}", "200 object r [{\"id\":\"/X/\"}]" },
        { "PUT", "201{\"id\":\"/y\"}",
          "201 - r [{\"id\":\"/y\"}] 201 ForeignAnswer uncertain" },
        { "GET", "200{\"id\":\"/x/y\"}",
          "200 - r [{\"id\":\"/x/y\"}] 200 ForeignAnswer uncertain" },
        { "PUT", "206{}", "206 - r [{}] 206 NotUnderstood uncertain" },
        { "PUT", "403{\"error\":{\"code\":\"A\",\"message\":\"b\"}}",
          "403 - r [{\"error\":{\"code\":\"A\",\"message\":\"b\"}}] 403 A" },
        { "PUT", "302", "302 - r [] 302 Redirected" },
        { "PUT", "408", "408 - r [] 408 NotUnderstood uncertain" },
        { "PUT", "503", "503 - r [] 503 NotUnderstood uncertain" },
        { "PUT", NULL, "0 - - [] 0 NoAnswer uncertain" },
        { "GET", "202{}", "202 - r [{}] 202 NotUnderstood uncertain" },
        { "GET", "200<html>", "200 - r [<html>] 200 NotUnderstood uncertain" },
    };

    (void) state;
    for (size_t i = 0; i < ARRAY_LENGTH(cases); i++) {
        const struct arm_request request = { .method = cases[i].method,
                                             .path = "/x",
                                             .once = true };
        assert_string_equal(ask(&request, cases[i].answer), cases[i].told);
        assert_int_equal(arm_fixture_asked_count(), 1);
    }
}

/* A byte that is no text becomes three: what an error quotes has a ceiling,
 * and is cut, but stays that error. */
static void
quotes_as_much_of_a_header_as_fits(void **state)
{
    static const struct {
        const char *begin, *told;
    } cases[] = {
        { "HTTP/1.1 407 x\r\nContent-Length: 1\r\nContent-Type: ",
          "407 - - [x] 407 NotUnderstood" },
        { "HTTP/1.1 302 x\r\nContent-Length: 1\r\nLocation: ",
          "302 - - [x] 302 Redirected" },
    };
    const struct arm_request request = { .method = "GET", .path = "/x" };
    char value[40 * 1024];

    (void) state;
    memset(value, '\xff', sizeof(value));
    for (size_t i = 0; i < ARRAY_LENGTH(cases); i++) {
        AUTOBUFFER answer = BUFFER_INIT(64 * 1024);
        buffer_append_text(&answer, cases[i].begin);
        buffer_append(&answer, value, sizeof(value));
        buffer_append_text(&answer, "\r\nConnection: close\r\n\r\nx");
        assert_string_equal(ask(&request, buffer_text(&answer)),
                            cases[i].told);
    }
}

#define TEST(function_)                                          \
    cmocka_unit_test_setup_teardown(function_, arm_fixture_open, \
                                    arm_fixture_close)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(sends_a_body_with_its_type),
        TEST(an_empty_post_has_a_length),
        TEST(says_what_is_a_success),
        TEST(quotes_as_much_of_a_header_as_fits),
    };
    const int failed =
        cmocka_run_group_tests(tests, arm_fixture_start, arm_fixture_stop);

    buffer_done(&told);
    return failed;
}
