/* SPDX-License-Identifier: Apache-2.0 */
/* Which hosts may be sent a secret. */
#include <string.h>

#include "base/cleanup.h"
#include "identity/entra/authority.h"
#include "unit/unit.h"

static const struct {
    const char *host;
    const char *untrusted; /* NULL: refused */
    const char *trusted;
} hosts[] = {
    { "https://login.microsoftonline.com", "https://login.microsoftonline.com",
      "https://login.microsoftonline.com" },
    { "https://login.microsoftonline.com/",
      "https://login.microsoftonline.com",
      "https://login.microsoftonline.com" },
    { "https://LOGIN.MicrosoftOnline.com:443",
      "https://LOGIN.MicrosoftOnline.com:443",
      "https://LOGIN.MicrosoftOnline.com:443" },
    { "https://login.microsoftonline.us/", "https://login.microsoftonline.us",
      "https://login.microsoftonline.us" },
    { "https://login.chinacloudapi.cn", "https://login.chinacloudapi.cn",
      "https://login.chinacloudapi.cn" },
    { "https://localhost:8443", "https://localhost:8443",
      "https://localhost:8443" },
    { "https://127.0.0.1:8443/", "https://127.0.0.1:8443",
      "https://127.0.0.1:8443" },
    { "https://[::1]:8443", "https://[::1]:8443", "https://[::1]:8443" },
    { "https://adfs.contoso.nl/adfs", NULL, "https://adfs.contoso.nl/adfs" },
    /* Look-alikes. */
    { "https://login.microsoftonline.com.evil.example", NULL,
      "https://login.microsoftonline.com.evil.example" },
    { "https://evil.example/login.microsoftonline.com", NULL,
      "https://evil.example/login.microsoftonline.com" },
    { "https://login-microsoftonline.com", NULL,
      "https://login-microsoftonline.com" },
    { "https://xlogin.microsoftonline.com", NULL,
      "https://xlogin.microsoftonline.com" },
    { "https://login.microsoftonline.com:8443", NULL,
      "https://login.microsoftonline.com:8443" },
    { "https://127.0.0.1.evil.example", NULL,
      "https://127.0.0.1.evil.example" },
    { "https://localhost.evil.example", NULL,
      "https://localhost.evil.example" },
    { "https://10.0.0.1", NULL, "https://10.0.0.1" },
    /* Never, whoever says so. */
    { "https://login.microsoftonline.com@evil.example", NULL, NULL },
    { "https://evil.example:x@login.microsoftonline.com", NULL, NULL },
    { "http://login.microsoftonline.com", NULL, NULL },
    { "http://127.0.0.1", NULL, NULL },
    { "ftp://login.microsoftonline.com", NULL, NULL },
    { "login.microsoftonline.com", NULL, NULL },
    { "https://login.microsoftonline.com?x=1", NULL, NULL },
    { "https://login.microsoftonline.com#x", NULL, NULL },
    { "https://", NULL, NULL },
    { "", NULL, NULL },
};

static void
host_check(const char *host, bool trusted, const char *expected)
{
    AUTOERROR err = ERROR_INIT;
    AUTOFREE char *authority =
        authority_check(host, "AZURE_AUTHORITY_HOST", trusted, &err);

    if (expected == NULL) {
        if (authority != NULL)
            fail_msg("%s was taken as %s", host, authority);
        assert_non_null(strstr(error_message(&err), "AZURE_AUTHORITY_HOST"));
        return;
    }
    if (authority == NULL)
        fail_msg("%s: %s", host, error_message(&err));
    assert_int_equal(strcasecmp(authority, expected), 0);
}

static void
test_hosts(void **state)
{
    (void) state;
    for (size_t i = 0; i < ARRAY_LENGTH(hosts); i++) {
        host_check(hosts[i].host, false, hosts[i].untrusted);
        host_check(hosts[i].host, true, hosts[i].trusted);
    }
}

static void
test_advice(void **state)
{
    AUTOERROR err = ERROR_INIT;

    (void) state;
    assert_null(authority_check("https://login.example", "X", false, &err));
    assert_string_equal(err.advice,
                        "unset X; only if you know the address to be yours, "
                        "give it with --authority-host");
}

static void
test_tenants(void **state)
{
    static const struct {
        const char *tenant;
        bool valid;
    } tenants[] = {
        { "7c0ffee0-0000-4000-8000-00000000abcd", true },
        { "contoso.onmicrosoft.com", true },
        { "organizations", true },
        { "", false },
        { NULL, false },
        { ".", false },
        { "..", false },
        { "../evil", false },
        { "a/b", false },
        { "a%2fb", false },
        { "a?b", false },
        { "a#b", false },
        { "a b", false },
        { "--debug", false },
        { "contoso.nl\r\n", false },
    };

    (void) state;
    for (size_t i = 0; i < ARRAY_LENGTH(tenants); i++)
        if (authority_valid_tenant(tenants[i].tenant) != tenants[i].valid)
            fail_msg("tenant %s", tenants[i].tenant);

    char longest[255];
    memset(longest, 'a', sizeof(longest));
    longest[254] = '\0';
    assert_false(authority_valid_tenant(longest));
    longest[253] = '\0';
    assert_true(authority_valid_tenant(longest));
}

static void
test_token_url(void **state)
{
    AUTOERROR err = ERROR_INIT;
    AUTOFREE char *url = authority_token_url(
        "https://login.microsoftonline.com", "contoso.nl", &err);
    AUTOFREE char *none =
        authority_token_url("https://login.microsoftonline.com", "..", &err);

    (void) state;
    assert_string_equal(url, "https://login.microsoftonline.com/contoso.nl/"
                             "oauth2/v2.0/token");
    assert_null(none);
    assert_non_null(strstr(error_message(&err), "'..' is not a tenant"));
    assert_non_null(strstr(err.advice, "AZURE_TENANT_ID takes an id or a"));
}

static void
test_scope(void **state)
{
    AUTOFREE char *slash =
        authority_scope("https://management.core.windows.net/");
    AUTOFREE char *bare = authority_scope("https://management.azure.com");

    (void) state;
    assert_string_equal(slash,
                        "https://management.core.windows.net//.default");
    assert_string_equal(bare, "https://management.azure.com/.default");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_hosts),   cmocka_unit_test(test_advice),
        cmocka_unit_test(test_tenants), cmocka_unit_test(test_token_url),
        cmocka_unit_test(test_scope),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
