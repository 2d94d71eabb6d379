/* SPDX-License-Identifier: Apache-2.0 */
/* Which words of a tool are shown. */
#include "identity/token/redaction.h"

#include <string.h>

#include "base/cleanup.h"
#include "unit/unit.h"

#define LONG40 "0123456789abcdefABCDEF+/0123456789abcdef"

static void
test_redacted(void **state)
{
    static const struct {
        const char *text, *expected;
    } cases[] = {
        { "", "" },
        { "The thing broke", "The thing broke" },
        { "got eyJ0eXAi.eyJh-_.c2ln, which is bad",
          "got REDACTED, which is bad" },
        { "Bearer:eyJ0", "Bearer:REDACTED" },
        { "key=eyJ0.a", "key=REDACTED" },
        { "the keyJob", "the keyJob" },
        { "access_token=abc&x=1", "access_token=REDACTED&x=1" },
        { "{\"accessToken\": \"a b\", \"x\": 1}",
          "{\"accessToken\": \"REDACTED\", \"x\": 1}" },
        { "{\\\"token\\\": \\\"a b\\\"}", "{\\\"token\\\": \\\"REDACTED\"}" },
        { "{'refresh_token':'ab'}", "{'refresh_token':'REDACTED'}" },
        { "CLIENT_SECRET = abc next", "CLIENT_SECRET = REDACTED next" },
        { "password=\"a b\"!", "password=\"REDACTED\"!" },
        { "client_assertion=a;b", "client_assertion=REDACTED;b" },
        { "code=1.AXY&state=2", "code=REDACTED&state=2" },
        { "token=", "token=" },
        { "secret=\"", "secret=\"" },
        { "error code: 65001, the token: expired",
          "error code: 65001, the token: expired" },
        { "Trace ID: 12345678-1234-1234-1234-123456789012",
          "Trace ID: 12345678-1234-1234-1234-123456789012" },
        { "a " LONG40 " b", "a " LONG40 " b" },
        { "a " LONG40 "0 b", "a REDACTED b" },
        { "https://login.microsoftonline.com/contoso.nl/oauth2/v2.0/token",
          "https://login.microsoftonline.com/contoso.nl/oauth2/v2.0/token" },
        { "{\"accessToken\": \"accessToken\": \"ab\"}",
          "{\"accessToken\": \"REDACTED\"}" },
        { "token=' password='a b' c", "token='REDACTED' c" },
        { "secret=token=\"a b\" c", "secret=REDACTED\" c" },
        { "t\xc3\xb6ken", "t\xc3\xb6ken" },
    };

    (void) state;
    for (size_t i = 0; i < ARRAY_LENGTH(cases); i++) {
        AUTOBUFFER text = BUFFER_INIT(1024);
        assert_int_equal(
            redaction_append(&text, cases[i].text, strlen(cases[i].text)), 0);
        assert_string_equal(buffer_text(&text), cases[i].expected);
    }
}

/* Wherever the text is cut, nothing behind the cut is looked at. */
static void
test_cut(void **state)
{
    static const char text[] = "\"accessToken\" : \"ab\" secret='c' eyJ0";

    (void) state;
    for (size_t length = 0; length < sizeof(text); length++) {
        char *copy = memcpy(test_malloc(length), text, length);
        AUTOBUFFER line = BUFFER_INIT(1024);
        assert_int_equal(redaction_append(&line, copy, length), 0);
        assert_null(strstr(buffer_text(&line), "\"a"
                                               "b"));
        test_free(copy);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_redacted),
        cmocka_unit_test(test_cut),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
