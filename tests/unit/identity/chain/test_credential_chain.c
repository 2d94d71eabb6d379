/* SPDX-License-Identifier: Apache-2.0 */
/* The chain, over every combination of what its credentials can answer. */
#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "base/cleanup.h"
#include "base/secret.h"
#include "identity/chain/credential_chain.h"
#include "unit/unit.h"

enum { KINDS = 3, OUTCOMES = 3 };

/* What each fake answers, and what was asked of it. */
static struct {
    enum credential_outcome outcome;
    bool later;        /* answers when told to */
    bool uncreateable; /* memory runs out */
    unsigned created, asked, freed;
    const char *claims;
    credential_answer *answer;
    void *data;
} fakes[KINDS];

struct credential {
    size_t index;
};

static void
fake_answer(size_t index)
{
    struct access_token token = { NULL, INT64_MAX, 0 };
    AUTOERROR err = ERROR_INIT;
    AUTOBUFFER text = BUFFER_INIT(64);

    buffer_printf(&text, "T%zu", index);
    if (fakes[index].outcome == CREDENTIAL_TOKEN) {
        token.value = secret_copy(buffer_text(&text));
        fakes[index].answer(CREDENTIAL_TOKEN, &token, NULL, fakes[index].data);
        return;
    }
    error_set(&err, "why %zu", index);
    error_advise(&err, "advice %zu", index);
    fakes[index].answer(fakes[index].outcome, NULL, &err, fakes[index].data);
}

static int
fake_create(size_t index, struct credential **ret_credential,
            const struct credential_context *context, struct error *err)
{
    struct credential *credential = calloc(1, sizeof(*credential));

    assert_string_equal(context->tenant, "contoso.nl");
    fakes[index].created++;
    if (fakes[index].uncreateable) {
        free(credential);
        return error_set_memory(err);
    }
    credential->index = index;
    *ret_credential = credential;
    return 0;
}

static void
fake_request(struct credential *credential, const char *claims,
             credential_answer *answer, void *data)
{
    const size_t index = credential->index;

    fakes[index].asked++;
    fakes[index].claims = claims;
    fakes[index].answer = answer;
    fakes[index].data = data;
    if (!fakes[index].later)
        fake_answer(index);
}

static void
fake_free(struct credential *credential)
{
    if (credential == NULL)
        return;
    fakes[credential->index].freed++;
    free(credential);
}

#define FAKE(index_, group_)                                                  \
    static int fake_create_##index_(struct credential **ret_credential,       \
                                    const struct credential_context *context, \
                                    struct error *err)                        \
    {                                                                         \
        return fake_create(index_, ret_credential, context, err);             \
    }                                                                         \
    static const struct credential_type fake_##index_ = {                     \
        "Fake" #index_,       (group_),     "a thing",                        \
        fake_create_##index_, fake_request, fake_free                         \
    };

FAKE(0, CREDENTIAL_PRODUCTION)
FAKE(1, CREDENTIAL_DEVELOPMENT)
FAKE(2, CREDENTIAL_PRODUCTION)

static const struct credential_type *const types[] = { &fake_0, &fake_1,
                                                       &fake_2 };

/* The last answer of the chain. */
static struct {
    unsigned count;
    enum credential_outcome outcome;
    struct access_token token;
    struct error err;
} last;

static void
on_answer(enum credential_outcome outcome, struct access_token *token,
          struct error *err, void *data)
{
    assert_ptr_equal(data, &last);
    last.count++;
    last.outcome = outcome;
    access_token_done(&last.token);
    error_done(&last.err);
    if (outcome == CREDENTIAL_TOKEN)
        last.token = *token;
    else
        error_move(&last.err, err);
}

static struct credential_chain *
chain_make(size_t count)
{
    const struct credential_context context = { .tenant = "contoso.nl" };
    struct credential_chain *chain = NULL;

    assert_int_equal(
        credential_chain_new(&chain, types, count, &context, NULL), 0);
    return chain;
}

static int
setup(void **state)
{
    (void) state;
    memset(fakes, 0, sizeof(fakes));
    memset(&last, 0, sizeof(last));
    return 0;
}

static int
teardown(void **state)
{
    (void) state;
    access_token_done(&last.token);
    error_done(&last.err);
    for (size_t i = 0; i < KINDS; i++)
        if (!fakes[i].uncreateable)
            assert_int_equal(fakes[i].created, fakes[i].freed);
    return 0;
}

/* What the rule says, told in another way than the product does: the first
 * that is neither passed over decides. The fake with index 1 is a
 * developer's tool, whose refusal stops nothing. */
static void
combination_check(const enum credential_outcome outcomes[KINDS])
{
    AUTOBUFFER message = BUFFER_INIT(256);
    AUTOBUFFER unset = BUFFER_INIT(256);
    struct credential_chain *chain = chain_make(KINDS);
    size_t end = KINDS;
    bool refused = false;

    for (size_t i = 0; i < KINDS && end == KINDS; i++) {
        struct buffer *text =
            outcomes[i] == CREDENTIAL_FAILED ? &message : &unset;
        buffer_printf(text, "Fake%zu: why %zu\n", i, i);
        refused = refused || outcomes[i] == CREDENTIAL_FAILED;
        if (outcomes[i] == CREDENTIAL_TOKEN
            || (outcomes[i] == CREDENTIAL_FAILED && i != 1))
            end = i;
    }
    for (size_t i = 0; i < KINDS; i++)
        fakes[i].outcome = outcomes[i];
    credential_chain_request(chain, NULL, on_answer, &last);

    assert_int_equal(last.count, 1);
    for (size_t i = 0; i < KINDS; i++)
        assert_int_equal(fakes[i].asked, i <= end ? 1 : 0);
    if (end < KINDS && outcomes[end] == CREDENTIAL_TOKEN) {
        assert_int_equal(last.outcome, CREDENTIAL_TOKEN);
        assert_int_equal(last.token.value[1] - '0', end);
        assert_ptr_equal(credential_chain_chosen(chain), types[end]);
    } else {
        assert_int_equal(last.outcome,
                         refused ? CREDENTIAL_FAILED : CREDENTIAL_UNAVAILABLE);
        /* What was configured comes first. */
        buffer_append_text(&message, buffer_text(&unset));
        assert_int_equal(strlen(error_message(&last.err)) + 1, message.length);
        assert_memory_equal(error_message(&last.err), buffer_text(&message),
                            message.length - 1);
        assert_null(credential_chain_chosen(chain));
    }
    credential_chain_free(chain);
}

static void
test_every_combination(void **state)
{
    for (int i = 0; i < OUTCOMES * OUTCOMES * OUTCOMES; i++) {
        const enum credential_outcome outcomes[] = {
            (enum credential_outcome)(i / 9),
            (enum credential_outcome)(i / 3 % 3),
            (enum credential_outcome)(i % 3),
        };
        setup(state);
        combination_check(outcomes);
        teardown(state);
    }
    memset(&last, 0, sizeof(last));
}

/* The one that succeeded is asked again, and no other, whatever it says. */
static void
test_first_success_stays(void **state)
{
    struct credential_chain *chain = chain_make(KINDS);

    (void) state;
    fakes[0].outcome = CREDENTIAL_UNAVAILABLE;
    fakes[1].outcome = CREDENTIAL_TOKEN;
    credential_chain_request(chain, NULL, on_answer, &last);
    assert_string_equal(credential_chain_reason(chain, 0), "why 0");
    assert_null(credential_chain_reason(chain, 1));
    assert_null(credential_chain_reason(chain, KINDS));

    fakes[0].outcome = CREDENTIAL_TOKEN;
    fakes[1].outcome = CREDENTIAL_FAILED;
    credential_chain_request(chain, "{}", on_answer, &last);
    assert_int_equal(last.count, 2);
    assert_int_equal(last.outcome, CREDENTIAL_FAILED);
    assert_string_equal(error_message(&last.err), "Fake1: why 1");
    assert_string_equal(last.err.advice, "advice 1");
    assert_int_equal(fakes[0].asked, 1);
    assert_int_equal(fakes[1].asked, 2);
    assert_int_equal(fakes[2].asked, 0);
    assert_int_equal(fakes[1].created, 1);
    credential_chain_free(chain);
}

/* The advice of the first that was configured; a general one where none
 * was. */
static void
test_advice(void **state)
{
    struct credential_chain *chain = chain_make(KINDS);

    (void) state;
    fakes[0].outcome = CREDENTIAL_UNAVAILABLE;
    fakes[1].outcome = CREDENTIAL_FAILED;
    fakes[2].outcome = CREDENTIAL_FAILED;
    credential_chain_request(chain, NULL, on_answer, &last);
    assert_string_equal(last.err.advice, "advice 1");

    fakes[1].outcome = CREDENTIAL_UNAVAILABLE;
    fakes[2].outcome = CREDENTIAL_UNAVAILABLE;
    credential_chain_request(chain, NULL, on_answer, &last);
    assert_int_equal(last.outcome, CREDENTIAL_UNAVAILABLE);
    assert_string_equal(last.err.advice,
                        "run az login, or set AZURE_TENANT_ID, "
                        "AZURE_CLIENT_ID and AZURE_CLIENT_SECRET");
    credential_chain_free(chain);
}

/* What is half configured was meant, more than a tool that refuses, but less
 * than what gives a token. */
static void
test_advice_of_half(void **state)
{
    struct credential_chain *chain = chain_make(KINDS);

    (void) state;
    fakes[0].outcome = CREDENTIAL_INCOMPLETE;
    fakes[1].outcome = CREDENTIAL_FAILED;
    fakes[2].outcome = CREDENTIAL_UNAVAILABLE;
    credential_chain_request(chain, NULL, on_answer, &last);
    assert_int_equal(last.outcome, CREDENTIAL_FAILED);
    assert_string_equal(last.err.advice, "advice 0");

    fakes[1].outcome = CREDENTIAL_UNAVAILABLE;
    credential_chain_request(chain, NULL, on_answer, &last);
    assert_int_equal(last.outcome, CREDENTIAL_UNAVAILABLE);
    assert_string_equal(last.err.advice, "advice 0");

    fakes[2].outcome = CREDENTIAL_TOKEN;
    credential_chain_request(chain, NULL, on_answer, &last);
    assert_int_equal(last.outcome, CREDENTIAL_TOKEN);
    credential_chain_free(chain);
}

/* Where one was selected, another is no help. */
static void
test_advice_for_one(void **state)
{
    struct credential_chain *chain = chain_make(1);

    (void) state;
    fakes[0].outcome = CREDENTIAL_UNAVAILABLE;
    credential_chain_request(chain, NULL, on_answer, &last);
    assert_string_equal(last.err.advice, "Fake0 needs a thing");

    fakes[0].outcome = CREDENTIAL_FAILED;
    credential_chain_request(chain, NULL, on_answer, &last);
    assert_string_equal(last.err.advice, "advice 0");
    credential_chain_free(chain);
}

/* What was configured and refused, for reasons that advise nothing. */
static void
test_no_advice(void **state)
{
    struct credential_chain *chain = chain_make(KINDS);

    (void) state;
    fakes[0].uncreateable = true;
    credential_chain_request(chain, NULL, on_answer, &last);
    assert_null(last.err.advice);
    credential_chain_free(chain);
}

static void
test_answers_later(void **state)
{
    struct credential_chain *chain = chain_make(KINDS);
    char claims[] = "{\"x\":1}";

    (void) state;
    fakes[0].outcome = CREDENTIAL_UNAVAILABLE;
    fakes[1].outcome = CREDENTIAL_TOKEN;
    fakes[0].later = fakes[1].later = true;
    credential_chain_request(chain, claims, on_answer, &last);
    memset(claims, 'x', sizeof(claims) - 1); /* they are not borrowed */
    fake_answer(0);
    assert_int_equal(last.count, 0);
    assert_string_equal(fakes[1].claims, "{\"x\":1}");
    fake_answer(1);
    assert_int_equal(last.count, 1);
    assert_string_equal(last.token.value, "T1");
    credential_chain_free(chain);
}

static void
test_cancel(void **state)
{
    struct credential_chain *chain = chain_make(KINDS);

    (void) state;
    credential_chain_cancel(chain);
    fakes[0].outcome = CREDENTIAL_TOKEN;
    fakes[0].later = true;
    credential_chain_request(chain, "{}", on_answer, &last);
    credential_chain_cancel(chain);
    assert_int_equal(fakes[0].freed, 1);
    assert_int_equal(last.count, 0);

    fakes[0].later = false;
    credential_chain_request(chain, NULL, on_answer, &last);
    assert_int_equal(last.count, 1);
    assert_null(fakes[0].claims);

    fakes[0].later = true; /* freed while under way */
    credential_chain_request(chain, NULL, on_answer, &last);
    credential_chain_free(chain);
    assert_int_equal(last.count, 1);
}

static void
test_no_memory(void **state)
{
    struct credential_chain *chain = chain_make(KINDS);

    (void) state;
    fakes[0].uncreateable = true;
    credential_chain_request(chain, NULL, on_answer, &last);
    assert_int_equal(last.outcome, CREDENTIAL_FAILED);
    assert_string_equal(error_message(&last.err), "Fake0: out of memory");
    credential_chain_free(chain);
}

static void
test_empty(void **state)
{
    struct credential_chain *chain = chain_make(0);

    (void) state;
    credential_chain_request(chain, NULL, on_answer, &last);
    assert_int_equal(last.outcome, CREDENTIAL_UNAVAILABLE);
    assert_string_equal(error_message(&last.err),
                        "there is no credential to try");
    credential_chain_free(chain);
    credential_chain_free(NULL);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_combination),
        cmocka_unit_test_setup_teardown(test_first_success_stays, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(test_advice, setup, teardown),
        cmocka_unit_test_setup_teardown(test_advice_of_half, setup, teardown),
        cmocka_unit_test_setup_teardown(test_advice_for_one, setup, teardown),
        cmocka_unit_test_setup_teardown(test_no_advice, setup, teardown),
        cmocka_unit_test_setup_teardown(test_answers_later, setup, teardown),
        cmocka_unit_test_setup_teardown(test_cancel, setup, teardown),
        cmocka_unit_test_setup_teardown(test_no_memory, setup, teardown),
        cmocka_unit_test_setup_teardown(test_empty, setup, teardown),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
