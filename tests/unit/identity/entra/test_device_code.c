/* SPDX-License-Identifier: Apache-2.0 */
/* What begins a sign-in on another device. */
#include <string.h>

#include "base/cleanup.h"
#include "identity/entra/device_code.h"
#include "unit/unit.h"

#define CODES                                       \
    "\"user_code\":\"ABCD\",\"device_code\":\"x\"," \
    "\"verification_uri\":\"https://microsoft.com/devicelogin\""

static void
test_good(void **state)
{
    static const struct {
        const char *bytes;
        int64_t interval, remaining;
    } samples[] = {
        { "{" CODES ",\"expires_in\":900,\"interval\":5,\"message\":\"x\"}",
          5000, 900000 },
        { "{" CODES ",\"expires_in\":900}", 5000, 900000 },
        { "{" CODES ",\"expires_in\":900,\"interval\":\"x\"}", 5000, 900000 },
        { "{" CODES ",\"expires_in\":60,\"interval\":0}", 1000, 60000 },
        { "{" CODES ",\"expires_in\":60,\"interval\":-5}", 1000, 60000 },
        { "{" CODES ",\"expires_in\":9999999999,\"interval\":9999999999}",
          300000, 86400000 },
    };

    (void) state;
    for (size_t i = 0; i < ARRAY_LENGTH(samples); i++) {
        struct device_code code;
        AUTOERROR err = ERROR_INIT;
        if (device_code_parse(samples[i].bytes, strlen(samples[i].bytes),
                              &code, &err)
            < 0)
            fail_msg("%s", error_message(&err));
        assert_string_equal(code.value, "x");
        assert_string_equal(code.user_code, "ABCD");
        assert_string_equal(code.url, "https://microsoft.com/devicelogin");
        assert_int_equal(code.interval, samples[i].interval);
        assert_int_equal(code.remaining, samples[i].remaining);
        device_code_done(&code);
    }
}

#define URL "\"verification_uri\":\"https://x\","
#define END "\"expires_in\":900}"

static void
test_bad(void **state)
{
    static const char *const samples[] = {
        "",
        "[]",
        "{}",
        "{" CODES "}",
        "{" CODES ",\"expires_in\":0}",
        "{" CODES ",\"expires_in\":\"900\"}",
        "{\"device_code\":\"x\"," URL END,
        "{\"user_code\":\"A\"," URL END,
        "{\"user_code\":\"A\",\"device_code\":\"x\"," END,
        "{\"user_code\":\"A B\",\"device_code\":\"x\"," URL END,
        "{\"user_code\":\"A\\u001b\",\"device_code\":\"x\"," URL END,
        "{\"user_code\":\"A\\u202e\",\"device_code\":\"x\"," URL END,
        "{\"user_code\":\"A\",\"device_code\":\"x\","
        "\"verification_uri\":\"http://x\"," END,
        "{\"user_code\":\"A\",\"device_code\":\"x\","
        "\"verification_uri\":\"https://x\\ny\"," END,
        "{\"user_code\":\"A\",\"device_code\":\"x\","
        "\"verification_uri\":\"https://microsoft.com@x/\"," END,
        "{\"user_code\":\"A\",\"device_code\":\"x\","
        "\"verification_uri\":\"https://x\\\\@microsoft.com\"," END,
        "{\"user_code\":\"A\",\"device_code\":\"x\","
        "\"verification_uri\":\"https:///x\"," END,
    };

    (void) state;
    for (size_t i = 0; i < ARRAY_LENGTH(samples); i++) {
        struct device_code code;
        AUTOERROR err = ERROR_INIT;
        assert_int_equal(
            device_code_parse(samples[i], strlen(samples[i]), &code, &err),
            -1);
        assert_non_null(err.message);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_good),
        cmocka_unit_test(test_bad),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
