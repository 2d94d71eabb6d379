/* SPDX-License-Identifier: Apache-2.0 */
/* The Azure Developer CLI: what it is asked, and what comes of what it
 * says. */
#include <stdlib.h>

#include "base/cleanup.h"
#include "identity/tool/azure_developer_cli_credential.h"
#include "unit/identity/tool_fixture.h"
#include "unit/unit.h"

#define ANSWER \
    "echo '{\"token\":\"T\",\"expiresOn\":\"2100-01-01T00:00:00Z\"}'"
#define END INT64_C(4102444800000)

static int
azd_setup(void **state)
{
    const int result = setup(state);

    tested = &azure_developer_cli_credential;
    return result;
}

static void
test_arguments(void **state)
{
    static const char script[] =
        "for one in \"$@\"; do echo \"$one\"; done >$DIR/args\n" ANSWER;

    (void) state;
    tool_is("azd", script);
    ask(NULL);
    expect_token("T", END);
    assert_string_equal(written("args"),
                        "auth\ntoken\n--output\njson\n--no-prompt\n--scope\n"
                        "https://management.core.windows.net//.default\n");

    /* Claims go to azd itself. */
    context.tenant = "contoso.nl";
    ask("{\"a\":1}");
    expect_token("T", END);
    assert_string_equal(written("args"),
                        "auth\ntoken\n--output\njson\n--no-prompt\n--scope\n"
                        "https://management.core.windows.net//.default\n"
                        "--tenant-id\ncontoso.nl\n"
                        "--claims\neyJhIjoxfQ==\n");
}

static void
test_missing(void **state)
{
    (void) state;
    (void) setenv("PATH", folder, 1);
    ask(NULL);
    expect_failure(CREDENTIAL_UNAVAILABLE,
                   "Azure Developer CLI not found on the PATH", NULL);
}

static void
test_failures(void **state)
{
    static const struct {
        const char *script, *message, *advice;
    } failures[] = {
        { "printf '%s\\n' "
          "'{\"type\":\"consoleMessage\",\"data\":{\"message\":\"\\n"
          "ERROR: not logged in, run `azd auth login` to login\"}}' >&2\n"
          "exit 1",
          "Azure Developer CLI is not signed in: not logged in, run "
          "`azd auth login` to login",
          "run azd auth login --tenant-id contoso.nl" },
        { "echo '{\"error\":\"AADSTS50076: more\",\"message\":\"failed\","
          "\"suggestion\":\"x\"}' >&2; exit 1",
          "azd auth token: AADSTS50076: more",
          "see what azd auth token says" },
        { "echo 'ERROR: unknown flag: --claims' >&2; exit 1",
          "the tenant asks for another sign-in (claims challenge), and this "
          "azd cannot pass that on",
          "use azd 1.18.1 or later" },
        { "echo '{\"token\":\"SECRET\"}'",
          "azd auth token: the answer does not say when its token ends",
          NULL },
        { "echo '{\"accessToken\":\"SECRET\",\"expires_on\":4102444800}'",
          "azd auth token: the answer holds no token", NULL },
    };

    (void) state;
    context.tenant = "contoso.nl";
    for (size_t i = 0; i < ARRAY_LENGTH(failures); i++) {
        tool_is("azd", failures[i].script);
        ask(NULL);
        expect_failure(CREDENTIAL_FAILED, failures[i].message,
                       failures[i].advice);
    }
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, azd_setup, teardown)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_arguments),
        TEST(test_missing),
        TEST(test_failures),
    };

    return cmocka_run_group_tests(tests, folder_make, folder_remove);
}
