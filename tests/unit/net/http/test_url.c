/* SPDX-License-Identifier: Apache-2.0 */
#include "net/http/url.h"

#include <stdlib.h>
#include <string.h>

#include "base/cleanup.h"
#include "base/secret.h"
#include "net/http/limits.h"
#include "unit/unit.h"

static void
an_origin_is_scheme_host_and_port(void **state)
{
    static const char arm[] = "https://management.azure.com/subscriptions";
    const char *const same[] = {
        "https://management.azure.com",
        "https://MANAGEMENT.Azure.com/x?y=1#z",
        "https://management.azure.com:443/",
        "HTTPS://management.azure.com/",
    };
    const char *const foreign[] = {
        "http://management.azure.com/",
        "https://management.azure.com:444/",
        "https://management.azure.com.evil.example/",
        "https://evil.example/management.azure.com",
        "https://evil.example/?https://management.azure.com",
        "https://evil.example#management.azure.com",
        "https://management.azure.com@evil.example/",
        "https://user@management.azure.com/",
        "https://user:password@management.azure.com/",
        "https://evil.example\\@management.azure.com/",
        "https://management.azure.com\\.evil.example/",
        "https://management.azure.com /",
        "https:/management.azure.com.evil.example/",
        "//management.azure.com/subscriptions",
        "/subscriptions",
        "management.azure.com",
        "ftp://management.azure.com/",
        "file:///etc/passwd",
        "",
        NULL,
    };

    (void) state;
    for (size_t i = 0; i < ARRAY_LENGTH(same); i++)
        assert_true(url_same_origin(arm, same[i]));
    for (size_t i = 0; i < ARRAY_LENGTH(foreign); i++) {
        if (url_same_origin(arm, foreign[i]))
            fail_msg("accepted %s", foreign[i]);
        assert_false(url_same_origin(foreign[i], arm));
    }
    assert_true(url_same_origin("https://127.0.0.1:8443/a",
                                "https://127.0.0.1:8443/b"));
}

static void
a_reference_is_read_on_its_page(void **state)
{
    static const char base[] = "https://arm.example:8443/subscriptions?a=1";
    static const struct {
        const char *reference;
        const char *expected;
    } cases[] = {
        { "https://arm.example:8443/subscriptions?$skiptoken=x%2By",
          "https://arm.example:8443/subscriptions?$skiptoken=x%2By" },
        { "/subscriptions?api-version=2022-12-01&$skiptoken=ab",
          "https://arm.example:8443/subscriptions?"
          "api-version=2022-12-01&$skiptoken=ab" },
        { "?page=2", "https://arm.example:8443/subscriptions?page=2" },
        { "https://arm.example:8443/x?$filter=name eq 'a b';",
          "https://arm.example:8443/x?$filter=name+eq+'a+b';" },
        { "/a b?c", "https://arm.example:8443/a%20b?c" },
        { "https://evil.example/x", "https://evil.example/x" },
        { "//evil.example/x", "https://evil.example/x" },
        { "/x#fragment", "https://arm.example:8443/x" },
        { "/caf\xc3\xa9", "https://arm.example:8443/caf%c3%a9" },
    };

    (void) state;
    for (size_t i = 0; i < ARRAY_LENGTH(cases); i++) {
        AUTOERROR err = ERROR_INIT;
        AUTOFREE char *url = url_resolve(base, cases[i].reference, &err);
        if (url == NULL)
            fail_msg("%s: %s", cases[i].reference, error_message(&err));
        assert_string_equal(url, cases[i].expected);
    }
}

static void
an_unreadable_reference_is_an_error(void **state)
{
    static const char base[] = "https://arm.example/";
    const char *const references[] = {
        "https://arm.example/\r\nX-Evil: 1",
        "https://[::1/",
        "gopherx://host/",
        NULL,
    };
    AUTOFREE char *huge = malloc(HTTP_URL_CEILING + 2);

    (void) state;
    for (size_t i = 0; i < ARRAY_LENGTH(references); i++) {
        AUTOERROR err = ERROR_INIT;
        assert_null(url_resolve(base, references[i], &err));
        assert_non_null(err.message);
    }
    assert_non_null(huge);
    memset(huge, 'x', HTTP_URL_CEILING + 1);
    huge[HTTP_URL_CEILING + 1] = '\0';
    assert_null(url_resolve(base, huge, NULL));
    assert_null(url_resolve("not a URL", "/x", NULL));
}

static void
an_endpoint_is_https_and_a_host(void **state)
{
    static const struct {
        const char *text;
        const char *expected;
    } cases[] = {
        { "https://management.azure.com", "https://management.azure.com" },
        { "https://management.azure.com/", "https://management.azure.com" },
        { "https://127.0.0.1:8443//", "https://127.0.0.1:8443" },
        { "https://login.example/adfs/", "https://login.example/adfs" },
    };
    const char *const refused[] = {
        "",
        "management.azure.com",
        "http://management.azure.com",
        "https://",
        "https://user@management.azure.com",
        "https://user:x@management.azure.com",
        "https://management.azure.com/?x=1",
        "https://management.azure.com/?",
        "https://management.azure.com/#x",
        "https://management azure.com/",
    };

    (void) state;
    for (size_t i = 0; i < ARRAY_LENGTH(cases); i++) {
        AUTOFREE char *url =
            url_endpoint(cases[i].text, "--arm-endpoint", NULL);
        assert_non_null(url);
        assert_string_equal(url, cases[i].expected);
    }
    for (size_t i = 0; i < ARRAY_LENGTH(refused); i++) {
        AUTOERROR err = ERROR_INIT;
        AUTOFREE char *url = url_endpoint(refused[i], "--arm-endpoint", &err);
        if (url != NULL)
            fail_msg("accepted %s", refused[i]);
        assert_ptr_equal(strstr(error_message(&err), "--arm-endpoint: "),
                         error_message(&err));
        assert_non_null(err.advice);
    }
}

static void
a_request_goes_to_a_plain_url_of_its_scheme(void **state)
{
    AUTOERROR err = ERROR_INIT;

    (void) state;
    assert_int_equal(url_check("https://a.example/x?y", "https", &err), 0);
    assert_int_equal(url_check("http://a.example/x", "http", &err), 0);
    assert_null(err.message);
    assert_int_equal(url_check("http://a.example/x", "https", &err), -1);
    assert_int_equal(url_check("https://u@a.example/x", "https", &err), -1);
    assert_int_equal(url_check("https://a.example/x#y", "https", &err), -1);
    assert_int_equal(url_check("https://a.example/x y", "https", &err), -1);
    assert_int_equal(url_check("/x", "https", &err), -1);
    assert_int_equal(url_check("a.example/x", "https", &err), -1);
}

static void
messages_do_not_repeat_a_query(void **state)
{
    AUTOERROR err = ERROR_INIT;

    (void) state;
    assert_int_equal(
        url_check("http://a.example/x?code=secret", "https", &err), -1);
    assert_null(strstr(error_message(&err), "secret"));
}

static void
a_host_is_in_lower_case(void **state)
{
    AUTOFREE char *host = url_host("https://Login.Example:8443/x");
    AUTOFREE char *six = url_host("http://[::1]:80/");

    (void) state;
    assert_string_equal(host, "login.example");
    assert_string_equal(six, "[::1]");
    assert_null(url_host("/x"));
    assert_null(url_host(NULL));
}

static void
this_machine_has_three_names(void **state)
{
    (void) state;
    assert_true(url_is_loopback("http://127.0.0.1:8080/x"));
    assert_true(url_is_loopback("http://LocalHost/"));
    assert_true(url_is_loopback("http://[::1]/"));
    assert_true(url_is_loopback("https://127.8.9.10:443/"));
    assert_false(url_is_loopback("https://128.0.0.1/"));
    assert_false(url_is_loopback("http://127.0.0.1.evil.example/"));
    assert_false(url_is_loopback("http://169.254.169.254/"));
    assert_false(url_is_loopback("localhost"));
}

static void
what_is_reserved_is_escaped(void **state)
{
    AUTOSECRET char *escaped = url_escape("a b+c&d=e/f?g#h%~-._\xc3\xa9");
    AUTOSECRET char *empty = url_escape("");

    (void) state;
    assert_string_equal(escaped, "a%20b%2Bc%26d%3De%2Ff%3Fg%23h%25~-._%C3%A9");
    assert_string_equal(empty, "");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_origin_is_scheme_host_and_port),
        cmocka_unit_test(a_reference_is_read_on_its_page),
        cmocka_unit_test(an_unreadable_reference_is_an_error),
        cmocka_unit_test(an_endpoint_is_https_and_a_host),
        cmocka_unit_test(a_request_goes_to_a_plain_url_of_its_scheme),
        cmocka_unit_test(messages_do_not_repeat_a_query),
        cmocka_unit_test(a_host_is_in_lower_case),
        cmocka_unit_test(this_machine_has_three_names),
        cmocka_unit_test(what_is_reserved_is_escaped),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
