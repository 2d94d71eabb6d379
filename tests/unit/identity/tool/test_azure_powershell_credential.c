/* SPDX-License-Identifier: Apache-2.0 */
/* Azure PowerShell: what it is asked, and what comes of what it says. */
#include <stdlib.h>
#include <string.h>

#include "base/cleanup.h"
#include "identity/tool/azure_powershell_credential.h"
#include "unit/identity/tool_fixture.h"
#include "unit/unit.h"

#define ANSWER "echo '{\"Token\":\"T\",\"ExpiresOn\":4102444800}'"
#define END INT64_C(4102444800000)

static int
pwsh_setup(void **state)
{
    const int result = setup(state);

    tested = &azure_powershell_credential;
    return result;
}

/* The script is the same for every tenant and audience. */
static void
test_arguments(void **state)
{
    static const char recorder[] =
        "for one in \"$1\" \"$2\" \"$3\" \"$4\" \"$5\"; do echo $one; done"
        " >$DIR/args\n"
        "{ echo $#; echo \"$AZURE_IDENTITY_POWERSHELL_RESOURCE\"\n"
        "echo \"$AZURE_IDENTITY_POWERSHELL_TENANT_ID.\"; } >$DIR/place\n"
        "echo \"$6\" | base64 -d | tr -d '\\000' >$DIR/files\n" ANSWER;
    char *first;

    (void) state;
    (void) setenv("AZURE_IDENTITY_POWERSHELL_TENANT_ID", "fabrikam.nl", 1);
    tool_is("pwsh", recorder);
    ask(NULL);
    expect_token("T", END);
    assert_string_equal(written("args"),
                        "-NoProfile\n-NonInteractive\n-OutputFormat\nText\n"
                        "-EncodedCommand\n");
    assert_string_equal(written("place"), "6\n" AUDIENCE "\n.\n");
    first = strdup(written("files"));
    assert_non_null(strstr(first, "Get-AzAccessToken @request"));
    assert_null(strstr(first, AUDIENCE));

    context.tenant = "contoso.nl";
    ask(NULL);
    expect_token("T", END);
    assert_string_equal(written("place"), "6\n" AUDIENCE "\ncontoso.nl.\n");
    assert_string_equal(written("files"), first);
    free(first);
    (void) unsetenv("AZURE_IDENTITY_POWERSHELL_TENANT_ID");
}

static void
test_noise(void **state)
{
    (void) state;
    tool_is("pwsh", "echo 'WARNING: {a banner}'; " ANSWER "; echo bye");
    ask(NULL);
    expect_token("T", END);
}

static void
test_missing(void **state)
{
    (void) state;
    (void) setenv("PATH", folder, 1);
    ask(NULL);
    expect_failure(CREDENTIAL_UNAVAILABLE, "PowerShell not found on the PATH",
                   NULL);
}

static void
test_module_missing(void **state)
{
    (void) state;
    tool_is("pwsh", "echo 'piket: no module Az.Accounts of version 2.2.0 or "
                    "later' >&2; exit 1");
    ask(NULL);
    expect_failure(CREDENTIAL_UNAVAILABLE,
                   "PowerShell has no module Az.Accounts of version 2.2.0 or "
                   "later",
                   "in pwsh, run Install-Module Az.Accounts and "
                   "Connect-AzAccount, or use another credential");
}

static void
test_failures(void **state)
{
    static const struct {
        const char *script, *message, *advice;
    } failures[] = {
        { "echo 'ERROR: Run Connect-AzAccount to login.' >&2; exit 1",
          "PowerShell is not signed in: Run Connect-AzAccount to login.",
          "run Connect-AzAccount -Tenant contoso.nl" },
        { "echo 'ERROR: no such thing' >&2; exit 1",
          "Get-AzAccessToken: no such thing",
          "see what Get-AzAccessToken says" },
        /* What an object would print of itself. */
        { "echo '{\"Token\":\"System.Security.SecureString\","
          "\"ExpiresOn\":null}'",
          "Get-AzAccessToken: the answer does not say when its token ends",
          NULL },
    };

    (void) state;
    context.tenant = "contoso.nl";
    for (size_t i = 0; i < ARRAY_LENGTH(failures); i++) {
        tool_is("pwsh", failures[i].script);
        ask(NULL);
        expect_failure(CREDENTIAL_FAILED, failures[i].message,
                       failures[i].advice);
    }
}

static void
test_claims(void **state)
{
    (void) state;
    tool_is("pwsh", ANSWER);
    ask("{\"a\":1}");
    expect_failure(CREDENTIAL_FAILED,
                   "the tenant asks for another sign-in (claims challenge)",
                   "run Connect-AzAccount -ClaimsChallenge eyJhIjoxfQ==");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, pwsh_setup, teardown)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_arguments),      TEST(test_noise),    TEST(test_missing),
        TEST(test_module_missing), TEST(test_failures), TEST(test_claims),
    };

    return cmocka_run_group_tests(tests, folder_make, folder_remove);
}
