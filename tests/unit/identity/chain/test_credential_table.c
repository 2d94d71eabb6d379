/* SPDX-License-Identifier: Apache-2.0 */
/* Which credentials a word chooses. */
#include <stdio.h>
#include <string.h>

#include "base/buffer.h"
#include "base/cleanup.h"
#include "identity/chain/credential_table.h"
#include "unit/unit.h"

/* The names of these groups, in the table's order, joined; until the next
 * call. Which kinds there are is test_credential_order's matter. */
static const char *
names_of(bool all, enum credential_group group, const char *separator)
{
    static char text[1024];
    AUTOBUFFER names = BUFFER_INIT(sizeof(text) - 1);

    for (size_t i = 0; i < credential_table_length; i++) {
        const struct credential_type *type = credential_table[i];
        if (all ? group == CREDENTIAL_BY_NAME
                      || type->group != CREDENTIAL_BY_NAME
                : type->group == group)
            buffer_printf(&names, "%s%s", names.length > 0 ? separator : "",
                          type->name);
    }
    assert_false(buffer_failed(&names));
    (void) snprintf(text, sizeof(text), "%s", buffer_text(&names));
    return text;
}

static void
test_names(void **state)
{
    static const struct {
        const char *word, *name;
    } words[] = {
        { "AzureCliCredential", "AzureCliCredential" },
        { "AzureCLICredential", "AzureCliCredential" },
        { "azurecli", "AzureCliCredential" },
        { " Environment ", "EnvironmentCredential" },
        { "ACCESSTOKENCREDENTIAL", "AccessTokenCredential" },
        { "githuboidc", "GitHubOidcCredential" },
        { "AzurePipelinesCredential", "AzurePipelinesCredential" },
        { "AzureCliCred", NULL },
        { "Credential", NULL },
        { "prod", NULL },
        { "", NULL },
        { " ", NULL },
        { "\x1b[2J", NULL },
    };

    (void) state;
    for (size_t i = 0; i < ARRAY_LENGTH(words); i++) {
        AUTOERROR err = ERROR_INIT;
        const struct credential_type *type =
            credential_by_name(words[i].word, "--credential", &err);
        if (words[i].name == NULL) {
            assert_null(type);
            assert_null(strchr(error_message(&err), '\x1b'));
            continue;
        }
        assert_non_null(type);
        assert_string_equal(type->name, words[i].name);
    }
}

static void
test_unknown_name(void **state)
{
    AUTOERROR err = ERROR_INIT;

    (void) state;
    assert_null(
        credential_by_name("AzureCliCredentail", "--credential", &err));
    assert_non_null(strstr(error_message(&err),
                           "--credential: 'AzureCliCredentail' is not one of "
                           "AccessTokenCredential, "));
    assert_non_null(strstr(error_message(&err), "AzureCliCredential"));
    assert_string_equal(err.advice, "did you mean AzureCliCredential?");
}

/* The names that both words choose, joined by blanks; NULL where it fails. */
static const char *
chosen(const char *name, const char *selection, struct error *err)
{
    static struct buffer names = BUFFER_INIT(1024);
    const struct credential_type *types[32];
    size_t count = 0;

    buffer_done(&names);
    if (credential_select(name, selection, types, &count, err) < 0)
        return NULL;
    for (size_t i = 0; i < count; i++)
        assert_int_equal(
            buffer_printf(&names, "%s%s", i > 0 ? " " : "", types[i]->name),
            0);
    return buffer_text(&names);
}

static void
test_select(void **state)
{
    static const struct {
        const char *name, *selection, *chosen;
    } selections[] = {
        { NULL, "managedidentity", "ManagedIdentityCredential" },
        { NULL, "azurecliCREDENTIAL", "AzureCliCredential" },
        { NULL, "AccessTokenCredential", "AccessTokenCredential" },
        { NULL, "GitHubOidcCredential", "GitHubOidcCredential" },
        { "azurecli", NULL, "AzureCliCredential" },
        { "azurepipelines", "prod", "AzurePipelinesCredential" },
        { "azurecli", "prod", "AzureCliCredential" },
        /* The option speaks; a bad variable does not matter then. */
        { "Environment", "nonsense", "EnvironmentCredential" },
        { NULL, "nonsense", NULL },
        { NULL, "production", NULL },
        { "nonsense", NULL, NULL },
        { "", NULL, NULL },
        { "prod", NULL, NULL },
    };

    (void) state;
    for (size_t i = 0; i < ARRAY_LENGTH(selections); i++) {
        AUTOERROR err = ERROR_INIT;
        const char *names =
            chosen(selections[i].name, selections[i].selection, &err);
        if (selections[i].chosen == NULL) {
            assert_null(names);
            assert_non_null(err.message);
            continue;
        }
        if (names == NULL)
            fail_msg("%s", error_message(&err));
        assert_string_equal(names, selections[i].chosen);
    }
    (void) chosen("x", NULL, NULL); /* releases the text */
}

static void
test_select_groups(void **state)
{
    static const struct {
        const char *selection;
        bool all;
        enum credential_group group;
    } selections[] = {
        { NULL, true, CREDENTIAL_STATIC },
        { "", true, CREDENTIAL_STATIC },
        { "  ", true, CREDENTIAL_STATIC },
        { "prod", false, CREDENTIAL_PRODUCTION },
        { " PROD\n", false, CREDENTIAL_PRODUCTION },
        { "dev", false, CREDENTIAL_DEVELOPMENT },
        { "Dev", false, CREDENTIAL_DEVELOPMENT },
    };

    (void) state;
    for (size_t i = 0; i < ARRAY_LENGTH(selections); i++)
        assert_string_equal(
            chosen(NULL, selections[i].selection, NULL),
            names_of(selections[i].all, selections[i].group, " "));
    (void) chosen("x", NULL, NULL); /* releases the text */
}

static void
test_unknown_selection(void **state)
{
    AUTOERROR err = ERROR_INIT;

    (void) state;
    assert_null(chosen(NULL, "develop", &err));
    assert_non_null(strstr(error_message(&err),
                           "AZURE_TOKEN_CREDENTIALS: 'develop' is not one of "
                           "prod, dev, "));
    assert_non_null(
        strstr(error_message(&err), names_of(true, CREDENTIAL_BY_NAME, ", ")));
}

static void
test_unsupported(void **state)
{
    static const char *const words[] = { "InteractiveBrowserCredential",
                                         " interactivebrowser ",
                                         "INTERACTIVEBROWSERCREDENTIAL" };

    (void) state;
    for (size_t i = 0; i < ARRAY_LENGTH(words); i++) {
        AUTOERROR err = ERROR_INIT;
        AUTOERROR named = ERROR_INIT;
        assert_null(chosen(NULL, words[i], &err));
        assert_string_equal(
            error_message(&err),
            "AZURE_TOKEN_CREDENTIALS: "
            "InteractiveBrowserCredential is not supported yet");
        assert_non_null(strstr(err.advice, "use one of prod, dev, "));
        assert_non_null(
            strstr(err.advice, names_of(true, CREDENTIAL_BY_NAME, ", ")));
        assert_null(credential_by_name(words[i], "--credential", &named));
        assert_string_equal(
            error_message(&named),
            "--credential: InteractiveBrowserCredential is not "
            "supported yet");
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_names),
        cmocka_unit_test(test_unsupported),
        cmocka_unit_test(test_unknown_name),
        cmocka_unit_test(test_select),
        cmocka_unit_test(test_select_groups),
        cmocka_unit_test(test_unknown_selection),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
