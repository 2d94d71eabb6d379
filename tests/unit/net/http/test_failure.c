/* SPDX-License-Identifier: Apache-2.0 */
#include "net/http/failure.h"

#include <string.h>

#include "base/cleanup.h"
#include "net/http/limits.h"
#include "unit/unit.h"

static const struct failure_try usual = {
    .host = "a.example",
    .peer = "192.0.2.1 port 443",
    .detail = "",
    .ca_file = "/no-ca.pem",
    .try_timeout = 60 * 1000,
    .connect_timeout = 1500,
};

static void
each_failure_is_said_in_words(void **state)
{
    static const struct {
        CURLcode result;
        const char *detail;
        bool connected;
        bool refused;
        struct failure failure;
        const char *reason;
    } cases[] = {
        { CURLE_COULDNT_RESOLVE_HOST,
          "Could not resolve host: a.example",
          false,
          false,
          { HTTP_FAILURE_RESOLVE, true },
          "could not resolve host a.example" },
        { CURLE_COULDNT_RESOLVE_PROXY,
          "Could not resolve proxy: p.example",
          false,
          false,
          { HTTP_FAILURE_RESOLVE, true },
          "could not resolve proxy p.example" },
        { CURLE_COULDNT_CONNECT,
          "Failed to connect",
          false,
          true,
          { HTTP_FAILURE_CONNECT, true },
          "connection refused by 192.0.2.1 port 443" },
        { CURLE_COULDNT_CONNECT,
          "No route to host",
          false,
          false,
          { HTTP_FAILURE_CONNECT, true },
          "could not connect to a.example: No route to host" },
        { CURLE_OPERATION_TIMEDOUT,
          "",
          true,
          false,
          { HTTP_FAILURE_TIMEOUT, true },
          "no answer within 60 s" },
        { CURLE_OPERATION_TIMEDOUT,
          "",
          false,
          false,
          { HTTP_FAILURE_TIMEOUT, true },
          "no connection within 1500 ms" },
        { CURLE_PEER_FAILED_VERIFICATION,
          "SSL certificate problem: self-signed certificate",
          false,
          false,
          { HTTP_FAILURE_TLS, false },
          "certificate verify failed: self-signed certificate "
          "(a.example)" },
        { CURLE_PEER_FAILED_VERIFICATION,
          "SSL: no alternative certificate subject name matches target host "
          "name 'a.example'",
          false,
          false,
          { HTTP_FAILURE_TLS, false },
          "certificate verify failed: no alternative certificate subject "
          "name matches target host name 'a.example' (a.example)" },
        { CURLE_SSL_CACERT_BADFILE,
          "",
          false,
          false,
          { HTTP_FAILURE_TLS, false },
          "cannot read certificates from /no-ca.pem: No such file or "
          "directory" },
        { CURLE_SSL_CONNECT_ERROR,
          "OpenSSL SSL_connect: reset",
          false,
          false,
          { HTTP_FAILURE_TLS, true },
          "TLS handshake with a.example failed: reset" },
        { CURLE_GOT_NOTHING,
          "Empty reply from server",
          true,
          false,
          { HTTP_FAILURE_BROKEN, true },
          "a.example closed the connection without an answer" },
        { CURLE_PARTIAL_FILE,
          "",
          true,
          false,
          { HTTP_FAILURE_BROKEN, true },
          "answer of a.example was cut off" },
        { CURLE_RECV_ERROR,
          "Recv failure: Connection reset by peer",
          true,
          false,
          { HTTP_FAILURE_BROKEN, true },
          "connection to a.example broke: "
          "Recv failure: Connection reset by peer" },
        { CURLE_OUT_OF_MEMORY,
          "",
          true,
          false,
          { HTTP_FAILURE_INTERNAL, false },
          "out of memory" },
        { CURLE_BAD_FUNCTION_ARGUMENT,
          "odd",
          true,
          false,
          { HTTP_FAILURE_INTERNAL, false },
          "request to a.example failed: odd" },
    };

    (void) state;
    for (size_t i = 0; i < ARRAY_LENGTH(cases); i++) {
        AUTOERROR reason = ERROR_INIT;
        struct failure_try try = usual;
        try.result = cases[i].result;
        try.detail = cases[i].detail;
        try.connected = cases[i].connected;
        try.refused = cases[i].refused;
        const struct failure failure = failure_judge(&try, &reason);
        assert_string_equal(error_message(&reason), cases[i].reason);
        assert_int_equal(failure.kind, cases[i].failure.kind);
        assert_int_equal(failure.retriable, cases[i].failure.retriable);
    }
}

/* libcurl says "aborted by callback" of all of these. */
static void
what_was_ended_says_why(void **state)
{
    static const struct {
        enum failure_overflow overflow;
        bool connected;
        struct failure failure;
        const char *reason;
    } cases[] = {
        { FAILURE_OVERFLOW_TIME,
          true,
          { HTTP_FAILURE_TIMEOUT, true },
          "no answer within 60 s" },
        { FAILURE_OVERFLOW_TIME,
          false,
          { HTTP_FAILURE_TIMEOUT, true },
          "no connection within 1500 ms" },
        { FAILURE_OVERFLOW_TURN,
          true,
          { HTTP_FAILURE_CANCELLED, false },
          "interrupted" },
        { FAILURE_OVERFLOW_ENCODING,
          true,
          { HTTP_FAILURE_BROKEN, false },
          "answer of a.example is encoded in a way that is not accepted: it "
          "may be packed once, with gzip or deflate" },
    };

    (void) state;
    for (size_t i = 0; i < ARRAY_LENGTH(cases); i++) {
        AUTOERROR reason = ERROR_INIT;
        struct failure_try try = usual;
        try.result = CURLE_ABORTED_BY_CALLBACK;
        try.overflow = cases[i].overflow;
        try.connected = cases[i].connected;
        const struct failure failure = failure_judge(&try, &reason);
        assert_string_equal(error_message(&reason), cases[i].reason);
        assert_int_equal(failure.kind, cases[i].failure.kind);
        assert_int_equal(failure.retriable, cases[i].failure.retriable);
    }
}

static void
a_ca_file_that_cannot_be_read_says_why(void **state)
{
    static const struct {
        const char *file;
        const char *reason;
    } cases[] = {
        { "/etc/passwd",
          "cannot read certificates from /etc/passwd: it holds no "
          "certificates" },
        { "/dev/zero", "cannot read certificates from /dev/zero: it is not a "
                       "regular file" },
        { "/proc/self/status", "cannot read certificates from "
                               "/proc/self/status: it is empty" },
        { "/", "cannot read certificates from /: it is a directory" },
        { NULL, "cannot read certificates from the system's store: there is "
                "none" },
    };

    (void) state;
    for (size_t i = 0; i < ARRAY_LENGTH(cases); i++) {
        AUTOERROR reason = ERROR_INIT;
        struct failure_try try = usual;
        try.result = CURLE_SSL_CACERT_BADFILE;
        try.ca_file = cases[i].file;
        (void) failure_judge(&try, &reason);
        assert_string_equal(error_message(&reason), cases[i].reason);
        assert_non_null(strstr(reason.advice, "--ca-file"));
    }
}

static void
a_failed_connection_names_the_proxy(void **state)
{
    static const struct {
        const char *detail;
        bool refused;
        const char *reason;
    } cases[] = {
        { "Failed to connect to p.example port 8080 after 0 ms: Couldn't "
          "connect to server",
          true, "connection refused by proxy p.example port 8080" },
        { "Failed to connect to p.example port 8080: No route", false,
          "could not connect to proxy p.example port 8080: Failed to connect "
          "to p.example port 8080: No route" },
        { "Failed to connect to a.example port 443 after 0 ms", true,
          "connection refused by 192.0.2.1 port 443" },
    };

    (void) state;
    for (size_t i = 0; i < ARRAY_LENGTH(cases); i++) {
        AUTOERROR reason = ERROR_INIT;
        struct failure_try try = usual;
        try.result = CURLE_COULDNT_CONNECT;
        try.detail = cases[i].detail;
        try.refused = cases[i].refused;
        try.proxy = "p.example port 8080";
        (void) failure_judge(&try, &reason);
        assert_string_equal(error_message(&reason), cases[i].reason);
        assert_string_equal(reason.advice,
                            "check the address, the network and the proxy "
                            "settings (HTTPS_PROXY, NO_PROXY)");
    }
}

static void
our_own_ceilings_are_final(void **state)
{
    static const struct {
        CURLcode result;
        enum failure_overflow overflow;
        bool in_headers;
        enum http_failure kind;
        const char *reason;
    } cases[] = {
        { CURLE_WRITE_ERROR, FAILURE_OVERFLOW_BODY, false,
          HTTP_FAILURE_TOO_LARGE, "answer larger than 8 MiB" },
        { CURLE_WRITE_ERROR, FAILURE_OVERFLOW_HEADERS, true,
          HTTP_FAILURE_TOO_LARGE, "header of the answer larger than 64 KiB" },
        { CURLE_OUT_OF_MEMORY, FAILURE_OVERFLOW_NONE, true,
          HTTP_FAILURE_TOO_LARGE, "header of the answer larger than 64 KiB" },
        { CURLE_WRITE_ERROR, FAILURE_OVERFLOW_MEMORY, false,
          HTTP_FAILURE_INTERNAL, "out of memory" },
    };

    (void) state;
    for (size_t i = 0; i < ARRAY_LENGTH(cases); i++) {
        AUTOERROR reason = ERROR_INIT;
        struct failure_try try = usual;
        try.result = cases[i].result;
        try.overflow = cases[i].overflow;
        try.in_headers = cases[i].in_headers;
        const struct failure failure = failure_judge(&try, &reason);
        assert_int_equal(failure.kind, cases[i].kind);
        assert_false(failure.retriable);
        assert_string_equal(error_message(&reason), cases[i].reason);
    }
}

/* libcurl quotes what it cannot read. */
static void
a_proxy_and_its_password_are_not_repeated(void **state)
{
    static const struct {
        CURLcode result;
        const char *detail;
    } cases[] = {
        { CURLE_COULDNT_RESOLVE_PROXY,
          "Unsupported proxy syntax in 'http://user:pa/ss@127.0.0.1:9'" },
        { CURLE_COULDNT_RESOLVE_PROXY, "Unsupported proxy syntax in 'pa'" },
        { CURLE_COULDNT_CONNECT,
          "Unsupported proxy scheme for 'gopher://user:pa'" },
        { CURLE_NOT_BUILT_IN,
          "Unsupported proxy 'https://user:pa@p.example', libcurl is built "
          "without the HTTPS-proxy support." },
        { CURLE_COULDNT_RESOLVE_PROXY, "" },
        { CURLE_COULDNT_RESOLVE_PROXY, "Could not resolve proxy: " },
        { CURLE_COULDNT_RESOLVE_PROXY, "Could not resolve proxy: user:pa@p" },
    };

    (void) state;
    for (size_t i = 0; i < ARRAY_LENGTH(cases); i++) {
        AUTOERROR reason = ERROR_INIT;
        struct failure_try try = usual;
        try.result = cases[i].result;
        try.detail = cases[i].detail;
        const struct failure failure = failure_judge(&try, &reason);
        assert_string_equal(error_message(&reason),
                            "HTTPS_PROXY is not a usable URL");
        assert_non_null(strstr(reason.advice, "@ is %40"));
        assert_int_equal(failure.kind, HTTP_FAILURE_RESOLVE);
        assert_false(failure.retriable);
    }
}

static void
words_with_a_user_are_not_repeated(void **state)
{
    static const CURLcode results[] = {
        CURLE_COULDNT_CONNECT,       CURLE_RECV_ERROR,
        CURLE_SSL_CONNECT_ERROR,     CURLE_PEER_FAILED_VERIFICATION,
        CURLE_BAD_FUNCTION_ARGUMENT, CURLE_PROXY,
    };

    (void) state;
    for (size_t i = 0; i < ARRAY_LENGTH(results); i++) {
        AUTOERROR reason = ERROR_INIT;
        struct failure_try try = usual;
        try.result = results[i];
        try.detail = "no way to user:secret@p.example";
        (void) failure_judge(&try, &reason);
        assert_null(strstr(error_message(&reason), "secret"));
        assert_non_null(
            strstr(error_message(&reason), curl_easy_strerror(results[i])));
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_failure_is_said_in_words),
        cmocka_unit_test(our_own_ceilings_are_final),
        cmocka_unit_test(what_was_ended_says_why),
        cmocka_unit_test(a_ca_file_that_cannot_be_read_says_why),
        cmocka_unit_test(a_failed_connection_names_the_proxy),
        cmocka_unit_test(a_proxy_and_its_password_are_not_repeated),
        cmocka_unit_test(words_with_a_user_are_not_repeated),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
