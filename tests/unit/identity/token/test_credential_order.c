/* SPDX-License-Identifier: Apache-2.0 */
/* The chain over the table of credentials as it is, with fakes in their
 * places: for every combination of what they can answer, who is asked, who
 * stops it and what comes of it. */
#include <string.h>

#include "base/cleanup.h"
#include "base/secret.h"
#include "identity/chain/credential_chain.h"
#include "identity/chain/credential_table.h"
#include "unit/unit.h"

enum { KINDS = 16 };

/* What the Azure SDKs say of each kind: which group it is in, and whether
 * its refusal ends the chain. The order is theirs, with PowerShell before
 * azd as in all of them but Go's. */
static const struct {
    const char *name;
    enum credential_group group;
} known[] = {
    { "AccessTokenCredential", CREDENTIAL_STATIC },
    { "EnvironmentCredential", CREDENTIAL_PRODUCTION },
    { "WorkloadIdentityCredential", CREDENTIAL_PRODUCTION },
    { "ManagedIdentityCredential", CREDENTIAL_PRODUCTION },
    { "AzureCliCredential", CREDENTIAL_DEVELOPMENT },
    { "AzurePowerShellCredential", CREDENTIAL_DEVELOPMENT },
    { "AzureDeveloperCliCredential", CREDENTIAL_DEVELOPMENT },
    { "GitHubOidcCredential", CREDENTIAL_BY_NAME },
    { "AzurePipelinesCredential", CREDENTIAL_BY_NAME },
    { "DeviceCodeCredential", CREDENTIAL_BY_NAME },
};

/* The fakes of one chain, in its order. */
static struct credential_type fakes[KINDS];
static const struct credential_type *types[KINDS];
static enum credential_outcome outcomes[KINDS];
static size_t count, created, asked;

struct credential {
    size_t index;
};
static struct credential credentials[KINDS];

static int
fake_create(struct credential **ret_credential,
            const struct credential_context *context, struct error *err)
{
    (void) context;
    (void) err;
    /* The chain makes each when it comes to it. */
    credentials[created].index = created;
    *ret_credential = &credentials[created++];
    return 0;
}

static void
fake_request(struct credential *credential, const char *claims,
             credential_answer *answer, void *data)
{
    struct access_token token = { NULL, INT64_MAX, 0 };
    AUTOERROR err = ERROR_INIT;
    const enum credential_outcome outcome = outcomes[credential->index];

    (void) claims;
    asked++;
    if (outcome == CREDENTIAL_TOKEN)
        token.value = secret_copy("T");
    else
        error_set(&err, "no");
    answer(outcome, outcome == CREDENTIAL_TOKEN ? &token : NULL, &err, data);
}

static void
fake_free(struct credential *credential)
{
    (void) credential;
}

static enum credential_outcome result;

static void
on_answer(enum credential_outcome outcome, struct access_token *token,
          struct error *err, void *data)
{
    (void) err;
    (void) data;
    result = outcome;
    if (token != NULL)
        access_token_done(token);
}

/* Fakes for what this selection chooses. */
static void
chain_prepare(const char *selection)
{
    const struct credential_type *chosen[KINDS];

    assert_true(credential_table_length <= KINDS);
    assert_int_equal(credential_select(NULL, selection, chosen, &count, NULL),
                     0);
    for (size_t i = 0; i < count; i++) {
        fakes[i] = (struct credential_type){
            .name = chosen[i]->name,
            .group = chosen[i]->group,
            .needs = chosen[i]->needs,
            .create = fake_create,
            .request = fake_request,
            .free = fake_free,
        };
        types[i] = &fakes[i];
    }
}

static enum credential_group
group_of(const char *name)
{
    for (size_t i = 0; i < ARRAY_LENGTH(known); i++)
        if (strcmp(known[i].name, name) == 0)
            return known[i].group;
    fail_msg("%s is not known to this test", name);
    return CREDENTIAL_BY_NAME;
}

/* The rule, told from the SDKs' documentation: a credential that is not
 * configured is passed over; one that is and is refused ends the matter,
 * unless it is a developer's tool; the first token ends it, too. */
static void
combination_check(void)
{
    const struct credential_context context = { .tenant = NULL };
    struct credential_chain *chain = NULL;
    enum credential_outcome expected = CREDENTIAL_UNAVAILABLE;
    size_t last = 0;

    for (; last < count; last++) {
        const bool tool =
            group_of(types[last]->name) == CREDENTIAL_DEVELOPMENT;
        if (outcomes[last] != CREDENTIAL_UNAVAILABLE)
            expected = outcomes[last];
        if (outcomes[last] == CREDENTIAL_TOKEN
            || (outcomes[last] == CREDENTIAL_FAILED && !tool))
            break;
    }
    created = asked = 0;
    assert_int_equal(
        credential_chain_new(&chain, types, count, &context, NULL), 0);
    credential_chain_request(chain, NULL, on_answer, NULL);
    assert_int_equal(asked, last < count ? last + 1 : count);
    assert_int_equal(result, expected);
    const struct credential_type *chosen = credential_chain_chosen(chain);
    if (expected == CREDENTIAL_TOKEN)
        assert_string_equal(chosen->name, types[last]->name);
    else
        assert_null(chosen);
    credential_chain_free(chain);
}

static void
every_combination_check(const char *selection)
{
    size_t combinations = 1;

    chain_prepare(selection);
    for (size_t i = 0; i < count; i++)
        combinations *= 3;
    for (size_t number = 0; number < combinations; number++) {
        size_t rest = number;
        for (size_t i = 0; i < count; i++, rest /= 3)
            outcomes[i] = (enum credential_outcome)(rest % 3);
        combination_check();
    }
}

static void
test_combinations(void **state)
{
    (void) state;
    every_combination_check(NULL);
    every_combination_check("prod");
    every_combination_check("dev");
    for (size_t i = 0; i < credential_table_length; i++) {
        every_combination_check(credential_table[i]->name);
        assert_int_equal(count, 1);
    }
}

static void
test_order(void **state)
{
    size_t next = 0;

    (void) state;
    for (size_t i = 0; i < credential_table_length; i++) {
        const struct credential_type *type = credential_table[i];
        assert_non_null(type->needs);
        assert_non_null(type->create);
        assert_non_null(type->request);
        assert_non_null(type->free);
        assert_int_equal(type->group, group_of(type->name));
        while (next < ARRAY_LENGTH(known)
               && strcmp(known[next].name, type->name) != 0)
            next++;
        if (next == ARRAY_LENGTH(known))
            fail_msg("%s stands too late in the table", type->name);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_order),
        cmocka_unit_test(test_combinations),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
