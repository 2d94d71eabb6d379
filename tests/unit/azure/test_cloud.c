/* SPDX-License-Identifier: Apache-2.0 */
#include "azure/cloud.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "http/url.h"

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

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(finds_clouds_by_name_and_alias),
        cmocka_unit_test(every_address_is_usable),
    };

    return cmocka_run_group_tests_name("cloud", tests, NULL, NULL);
}
