/* SPDX-License-Identifier: Apache-2.0 */
/* What issuers answer, and what is shown of it. */
#include <stdlib.h>
#include <string.h>

#include "base/cleanup.h"
#include "base/secret.h"
#include "identity/federated/federated_token.h"
#include "identity/federated/oidc_answer.h"
#include "identity/federated/oidc_issuer.h"
#include "unit/unit.h"

#define JWT "eyJhbGciOiJub25lIn0.eyJpc3MiOiJqIn0.y"

static void
test_answers(void **state)
{
    static const struct {
        const char *answer, *token, *message;
    } answers[] = {
        { "{\"value\":\"" JWT "\"}", JWT, NULL },
        { "\xef\xbb\xbf{\"count\":1,\"value\":\" " JWT "\\n\"}", JWT, NULL },
        { "", NULL, "the answer is not a JSON object" },
        { "[]", NULL, "the answer is not a JSON object" },
        { "{\"value\":\"" JWT "\"", NULL, "the answer is not a JSON object" },
        { "{\"Value\":\"" JWT "\"}", NULL, "the answer holds no value" },
        { "{\"value\":1}", NULL, "the answer holds no value" },
        { "{\"value\":\"\"}", NULL, "value in the answer: it is empty" },
        { "{\"value\":\"abc\"}", NULL, "value in the answer: it is no JWT" },
        { "{\"value\":\"a b.c.d\"}", NULL,
          "value in the answer: it is too long, or holds characters that a "
          "token may not have" },
    };

    (void) state;
    for (size_t i = 0; i < ARRAY_LENGTH(answers); i++) {
        AUTOERROR err = ERROR_INIT;
        AUTOSECRET char *token = oidc_answer_parse(
            answers[i].answer, strlen(answers[i].answer), "value", &err);
        if (answers[i].token != NULL) {
            assert_non_null(token);
            assert_string_equal(token, answers[i].token);
        } else {
            assert_null(token);
            assert_string_equal(error_message(&err), answers[i].message);
        }
    }
}

static void
test_too_long(void **state)
{
    AUTOFREE char *answer = malloc(OIDC_ANSWER_CEILING + 1);
    AUTOERROR err = ERROR_INIT;

    (void) state;
    memset(answer, ' ', OIDC_ANSWER_CEILING + 1);
    assert_null(
        oidc_answer_parse(answer, OIDC_ANSWER_CEILING + 1, "value", &err));
    assert_string_equal(error_message(&err),
                        "the answer is longer than 1048576 bytes");
}

static void
test_complaints(void **state)
{
    static const struct {
        const char *answer, *shown;
    } complaints[] = {
        { "{\"message\":\"TF400813: no\"}", "TF400813: no" },
        { "{\"message\":\"one\\ntwo\"}", "one" },
        { "{\"other\":1}", "{\"other\":1}" },
        { "\r\n  first\r\nsecond", "first" },
        { "no \x1b[2J", "no \xef\xbf\xbd[2J" },
        { "bad \xff", "bad \xef\xbf\xbd" },
        { "token " JWT " was", "token REDACTED was" },
        { "", "" },
    };

    (void) state;
    for (size_t i = 0; i < ARRAY_LENGTH(complaints); i++) {
        AUTOBUFFER shown = BUFFER_INIT(4 * OIDC_ANSWER_LINE_CEILING);
        oidc_answer_complaint(&shown, complaints[i].answer,
                              strlen(complaints[i].answer));
        assert_string_equal(buffer_text(&shown), complaints[i].shown);
    }
}

/* Cut at the ceiling, and not within a character. */
static void
test_long_complaint(void **state)
{
    AUTOBUFFER answer = BUFFER_INIT(4096);
    AUTOBUFFER shown = BUFFER_INIT(4 * OIDC_ANSWER_LINE_CEILING);

    (void) state;
    buffer_append_text(&answer, "x ");
    for (int i = 0; i < 400; i++)
        buffer_append_text(&answer, "\xe2\x82\xac ");
    oidc_answer_complaint(&shown, answer.data, answer.length);
    assert_true(shown.length <= OIDC_ANSWER_LINE_CEILING);
    assert_true(shown.length > OIDC_ANSWER_LINE_CEILING - 4);
    assert_null(strstr(shown.data, "\xef\xbf\xbd"));
}

static void
test_description(void **state)
{
    /* {"iss":"\u001b[2J","sub":7} */
    static const char hostile[] =
        "eyJhbGciOiJub25lIn0.eyJpc3MiOiJcdTAwMWJbMkoiLCJzdWIiOjd9.y";
    AUTOBUFFER shown = BUFFER_INIT(4096);

    (void) state;
    assert_int_equal(federated_token_describe(&shown, hostile), 0);
    assert_string_equal(shown.data, "issuer '\xef\xbf\xbd[2J', subject '', "
                                    "audience ''");
}

static void
test_url(void **state)
{
    AUTOBUFFER url = BUFFER_INIT(1024);

    (void) state;
    buffer_append_text(&url, "https://x/y");
    assert_int_equal(oidc_issuer_url_append(&url, "a", "1&b=2 "), 0);
    assert_int_equal(oidc_issuer_url_append(&url, "c", "d"), 0);
    assert_string_equal(url.data, "https://x/y?a=1%26b%3D2%20&c=d");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_answers),
        cmocka_unit_test(test_too_long),
        cmocka_unit_test(test_complaints),
        cmocka_unit_test(test_long_complaint),
        cmocka_unit_test(test_description),
        cmocka_unit_test(test_url),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
