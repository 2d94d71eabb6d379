/* SPDX-License-Identifier: Apache-2.0 */
#include "azure/arm/cloud.h"

#include <string.h>

#include "base/cleanup.h"
#include "net/http/url.h"
#include "unit/unit.h"

static void
finds_clouds_by_name_and_alias(void **state)
{
    AUTOERROR err = ERROR_INIT;

    (void) state;
    assert_string_equal(cloud_default()->name, "AzureCloud");
    assert_string_equal(cloud_by_name("azureusgovernment", &err)->endpoint,
                        "https://management.usgovcloudapi.net");
    assert_string_equal(cloud_by_name("AzureChina", &err)->name,
                        "AzureChinaCloud");
    assert_null(cloud_by_name("AzureMoon", &err));
    assert_string_equal(error_message(&err),
                        "there is no cloud named 'AzureMoon'");
    assert_non_null(strstr(err.advice, "AzureUSGovernment"));
}

/* What is written here goes into URLs unchecked. */
static void
every_address_is_usable(void **state)
{
    (void) state;
    for (size_t i = 0; i < cloud_table_length; i++) {
        const struct cloud *cloud = &cloud_table[i];
        assert_true(url_same_origin(cloud->endpoint, cloud->endpoint));
        assert_true(url_same_origin(cloud->authority, cloud->authority));
        const size_t length = strlen(cloud->audience);
        assert_int_equal(cloud->audience[length - 1], '/');
        assert_int_not_equal(cloud->endpoint[strlen(cloud->endpoint) - 1],
                             '/');
    }
}

/* Whoever controls a variable must not receive the token. */
static void
only_known_endpoints_need_no_word(void **state)
{
    static const struct {
        const char *url, *endpoint; /* NULL: refused */
    } cases[] = {
        { "https://management.azure.com", "https://management.azure.com" },
        { "https://MANAGEMENT.azure.com:443/",
          "https://MANAGEMENT.azure.com:443" },
        { "https://management.chinacloudapi.cn/",
          "https://management.chinacloudapi.cn" },
        { "https://127.0.0.1:8443", "https://127.0.0.1:8443" },
        { "https://127.1.2.3", "https://127.1.2.3" },
        { "https://localhost:1/", "https://localhost:1" },
        { "https://[::1]:1", "https://[::1]:1" },
        { "https://management.azure.com.evil.example", NULL },
        { "https://evil.example/management.azure.com", NULL },
        { "https://management.azure.com:8443", NULL },
        { "https://127.0.0.1.evil.example", NULL },
        { "https://10.0.0.1", NULL },
        { "https://login.microsoftonline.com", NULL },
        { "http://127.0.0.1:8443", NULL },
        { "https://user@management.azure.com", NULL },
    };

    (void) state;
    for (size_t i = 0; i < ARRAY_LENGTH(cases); i++) {
        AUTOERROR err = ERROR_INIT;
        AUTOFREE char *endpoint =
            cloud_check_endpoint(cases[i].url, "VARIABLE", false, &err);
        if (cases[i].endpoint == NULL && endpoint != NULL)
            fail_msg("%s is taken", cases[i].url);
        else if (cases[i].endpoint == NULL)
            assert_non_null(strstr(error_message(&err), "VARIABLE: "));
        else
            assert_string_equal(endpoint, cases[i].endpoint);
    }
    AUTOFREE char *trusted = cloud_check_endpoint(
        "https://evil.example/", "--arm-endpoint", true, NULL);
    assert_string_equal(trusted, "https://evil.example");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(finds_clouds_by_name_and_alias),
        cmocka_unit_test(every_address_is_usable),
        cmocka_unit_test(only_known_endpoints_need_no_word),
    };

    return cmocka_run_group_tests_name("cloud", tests, NULL, NULL);
}
