/* SPDX-License-Identifier: Apache-2.0 */
#include "net/http/trace.h"

#include <string.h>

#include "base/cleanup.h"
#include "base/log.h"
#include "unit/unit.h"

static struct buffer lines = BUFFER_INIT(64 * 1024);

static void
keep(enum log_level level, const char *line, void *data)
{
    (void) level;
    (void) data;
    (void) buffer_append_text(&lines, line);
    (void) buffer_append_byte(&lines, '\n');
}

static int
set_up(void **state)
{
    (void) state;
    log_set_handler(keep, NULL, LOG_LEVEL_TRACE);
    return 0;
}

static int
tear_down(void **state)
{
    (void) state;
    log_set_handler(NULL, NULL, LOG_LEVEL_WARNING);
    buffer_done(&lines);
    return 0;
}

static void
of_a_query_only_the_api_version_is_shown(void **state)
{
    static const struct {
        const char *url;
        const char *expected;
    } cases[] = {
        { "https://a.example/x", "https://a.example/x" },
        { "https://a.example/x?api-version=2022-12-01",
          "https://a.example/x?api-version=2022-12-01" },
        { "https://a.example/x?$skiptoken=s&Api-Version=1&code=s",
          "https://a.example/x?$skiptoken=REDACTED&Api-Version=1"
          "&code=REDACTED" },
        { "https://a.example/x?api-version=2020-01-01-preview",
          "https://a.example/x?api-version=2020-01-01-preview" },
        { "https://a.example/x?api-version=a%26secret=b&c=d",
          "https://a.example/x?api-version=REDACTED&c=REDACTED" },
        { "https://a.example/x?api-version=eyJ_secret",
          "https://a.example/x?api-version=REDACTED" },
        { "https://a.example/x?api-version=",
          "https://a.example/x?api-version=REDACTED" },
        { "https://a.example/x?api-version="
          "0123456789012345678901234567890123456789",
          "https://a.example/x?api-version="
          "0123456789012345678901234567890123456789" },
        { "https://a.example/x?api-version="
          "01234567890123456789012345678901234567890",
          "https://a.example/x?api-version=REDACTED" },
        { "https://a.example/x?secret", "https://a.example/x?REDACTED" },
        { "https://a.example/x?a=s=s&&b=s",
          "https://a.example/x?a=REDACTED&&b=REDACTED" },
        { "https://a.example/x?my-api-version=s",
          "https://a.example/x?my-api-version=REDACTED" },
        { "https://a.example/x?a=s#s", "https://a.example/x?a=REDACTED" },
        { "https://a.example/x#s", "https://a.example/x" },
        { "https://u:s@a.example/x@y", "https://REDACTED@a.example/x@y" },
        { "https://u@s@a.example?q=s",
          "https://REDACTED@a.example?q=REDACTED" },
        { "nonsense?x=s", "nonsense?x=REDACTED" },
        { "", "" },
    };

    (void) state;
    for (size_t i = 0; i < ARRAY_LENGTH(cases); i++) {
        AUTOBUFFER url = BUFFER_INIT(1024);
        assert_int_equal(trace_append_url(&url, cases[i].url), 0);
        assert_string_equal(buffer_text(&url), cases[i].expected);
    }
}

static void
a_header_is_redacted_unless_it_is_known(void **state)
{
    (void) state;
    trace_header('<', "X-Ms-Request-Id", "abc");
    trace_header('<', "x-ms-ratelimit-remaining-subscription-reads", "249");
    trace_header('<', "Set-Cookie", "secret");
    trace_header('<', "WWW-Authenticate", "secret");
    trace_header('<', "Location", "secret");
    trace_header_line('>', "Authorization: Bearer secret");
    trace_header_line('>', "X-IDENTITY-HEADER:secret");
    trace_header_line('>', "Accept: application/json");
    trace_header_line('>', "Expect:");
    assert_string_equal(buffer_text(&lines),
                        "< X-Ms-Request-Id: abc\n"
                        "< x-ms-ratelimit-remaining-subscription-reads: 249\n"
                        "< Set-Cookie: REDACTED\n"
                        "< WWW-Authenticate: REDACTED\n"
                        "< Location: REDACTED\n"
                        "> Authorization: REDACTED\n"
                        "> X-IDENTITY-HEADER: REDACTED\n"
                        "> Accept: application/json\n");
}

static void
a_try_is_one_line(void **state)
{
    const struct trace_try answered = {
        .method = "GET",
        .url = "https://a.example/x?code=secret",
        .status = 200,
        .milliseconds = 53,
        .request_id = "00000000-0000-4000-8000-000000000001",
        .number = 1,
    };
    struct trace_try failed = answered;

    (void) state;
    failed.status = 0;
    failed.reason = "no answer within 60 s";
    failed.number = 2;
    trace_try(&answered);
    trace_try(&failed);
    assert_string_equal(
        buffer_text(&lines),
        "GET https://a.example/x?code=REDACTED: 200 in 53 ms "
        "(try 1, request 00000000-0000-4000-8000-000000000001)\n"
        "GET https://a.example/x?code=REDACTED: no answer within 60 s, "
        "after 53 ms "
        "(try 2, request 00000000-0000-4000-8000-000000000001)\n");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(
            of_a_query_only_the_api_version_is_shown, set_up, tear_down),
        cmocka_unit_test_setup_teardown(
            a_header_is_redacted_unless_it_is_known, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_try_is_one_line, set_up, tear_down),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
