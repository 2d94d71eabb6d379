/* SPDX-License-Identifier: Apache-2.0 */
/* What becomes of a token that ARM refuses. */
#include <string.h>

#include "base/buffer.h"
#include "unit/identity/cache_fixture.h"
#include "unit/unit.h"

/* Many answers refuse the same token; it is replaced once. */
static void
test_rejected(void **state)
{
    (void) state;
    const unsigned first = expect(READY, "T1");
    fake.value = "T2";
    reject(first, "Bearer error=\"invalid_token\"", NULL);
    reject(first, NULL, NULL);
    const unsigned second = expect(READY, "T2");
    assert_int_not_equal(first, second);
    reject(first, NULL, NULL); /* an answer that was long under way */
    assert_int_equal(expect(READY, "T2"), second);
    assert_int_equal(fake.asked, 2);
    assert_string_equal(fake.claims, "");
}

#define CHALLENGE \
    "Bearer error=\"insufficient_claims\", claims=\"eyJhIjoxfQ==\""

static void
test_claims(void **state)
{
    (void) state;
    const unsigned first = expect(READY, "T1");
    fake.value = "T2";
    reject(first, "Basic realm=\"x\"", CHALLENGE);
    const unsigned second = expect(READY, "T2");
    assert_string_equal(fake.claims, "{\"a\":1}");
    /* Once answered, they are not asked for again. */
    fake.value = "T3";
    reject(second, NULL, NULL);
    expect(READY, "T3");
    assert_string_equal(fake.claims, "");
}

/* Claims that come while a refresh without them is under way. */
static void
test_claims_meanwhile(void **state)
{
    (void) state;
    const unsigned first = expect(READY, "T1");
    elapsed = 56 * MINUTE;
    fake.later = true;
    fake.value = "T2";
    expect(READY, "T1");
    reject(first, CHALLENGE, NULL);
    expect(WAIT, NULL);
    fake_answer();
    assert_int_equal(fake.asked, 3);
    assert_string_equal(fake.claims, "{\"a\":1}");
    expect(WAIT, NULL);
    fake.value = "T3";
    fake_answer();
    timer_fire();
    expect(READY, "T3");
}

/* az gives its cached token again: asking it for each 401 is vain. */
static void
test_same_token_again(void **state)
{
    (void) state;
    reject(expect(READY, "T1"), NULL, NULL);
    reject(expect(READY, "T1"), NULL, NULL);
    reject(expect(READY, "T1"), NULL, NULL);
    assert_int_equal(fake.asked, 2);
    /* Claims are another matter. */
    fake.value = "T2";
    reject(expect(READY, "T1"), CHALLENGE, NULL);
    expect(READY, "T2");
    assert_int_equal(fake.asked, 3);
}

static void
test_no_endless_replacing(void **state)
{
    static const char *const values[] = { "A", "B" };

    (void) state;
    for (unsigned i = 0; i < 20; i++) {
        fake.value = values[i % 2];
        AUTOBUFFER header = BUFFER_SECRET_INIT(1024);
        unsigned generation = 0;
        assert_int_equal(token_cache_authorize(&header, &generation, cache),
                         READY);
        reject(generation, i % 3 == 0 ? CHALLENGE : NULL, NULL);
    }
    assert_int_equal(fake.asked, 6);
    /* A token that has lived for a while is replaced again. */
    elapsed += 30 * SECOND;
    fake.value = "C";
    AUTOBUFFER header = BUFFER_SECRET_INIT(1024);
    unsigned generation = 0;
    assert_int_equal(token_cache_authorize(&header, &generation, cache),
                     READY);
    reject(generation, NULL, NULL);
    expect(READY, "C");
}

static void
test_static(void **state)
{
    (void) state;
    const unsigned generation = expect(READY, "T1");
    elapsed = 59 * MINUTE; /* it is not refreshed */
    expect(READY, "T1");
    assert_int_equal(fake.asked, 1);
    reject(generation, NULL, NULL);
    expect(REFUSED, "Azure Resource Manager refused the token of "
                    "StaticCredential (HTTP 401)");
    elapsed += HOUR;
    expect(REFUSED, "Azure Resource Manager refused the token of "
                    "StaticCredential (HTTP 401)");
    assert_int_equal(fake.asked, 1);
}

/* One 401 among answers that took the token is about its own request. */
static void
test_static_accepted(void **state)
{
    (void) state;
    const unsigned generation = expect(READY, "T1");
    token_cache_accepted(generation, cache);
    reject(generation, NULL, NULL);
    reject(generation, CHALLENGE, NULL);
    assert_int_equal(expect(READY, "T1"), generation);
    assert_int_equal(fake.asked, 1);
}

/* The same where the 401 comes before the answers that took it. */
static void
test_static_accepted_later(void **state)
{
    (void) state;
    const unsigned generation = expect(READY, "T1");
    reject(generation, NULL, NULL);
    expect(REFUSED, "Azure Resource Manager refused the token of "
                    "StaticCredential (HTTP 401)");
    token_cache_accepted(generation + 1, cache);
    expect(REFUSED, "Azure Resource Manager refused the token of "
                    "StaticCredential (HTTP 401)");
    token_cache_accepted(generation, cache);
    assert_int_equal(expect(READY, "T1"), generation);
}

/* As az answers a challenge. The token that others took comes back. */
static void
test_challenge_in_vain(void **state)
{
    (void) state;
    const unsigned generation = expect(READY, "T1");
    token_cache_accepted(generation, cache);
    fake.value = NULL;
    reject(generation, CHALLENGE, NULL);
    assert_int_equal(expect(READY, "T1"), generation);
    assert_string_equal(fake.claims, "{\"a\":1}");
    assert_int_equal(fake.asked, 2);
    /* A second subscription of that tenant costs nothing. */
    reject(generation, CHALLENGE, NULL);
    assert_int_equal(expect(READY, "T1"), generation);
    assert_int_equal(fake.asked, 2);
    /* The next refresh does not ask for what cannot be had. */
    fake.value = "T2";
    elapsed = 56 * MINUTE;
    expect(READY, "T2");
    assert_string_equal(fake.claims, "");
}

static void
test_challenge_in_vain_at_first(void **state)
{
    (void) state;
    const unsigned generation = expect(READY, "T1");
    fake.value = NULL;
    reject(generation, CHALLENGE, NULL);
    expect(REFUSED, "FakeCredential: no token today");
}

/* Whether a token was accepted is forgotten with it. */
static void
test_accepted_once(void **state)
{
    (void) state;
    token_cache_accepted(0, cache);
    const unsigned first = expect(READY, "T1");
    token_cache_accepted(first, cache);
    fake.value = "T2";
    reject(first, NULL, NULL);
    const unsigned second = expect(READY, "T2");
    token_cache_accepted(first, cache);
    fake.value = NULL;
    reject(second, NULL, NULL);
    expect(REFUSED, "FakeCredential: no token today");
}

/* A token that has ended meanwhile does not come back. */
static void
test_spare_ended(void **state)
{
    (void) state;
    const unsigned generation = expect(READY, "T1");
    token_cache_accepted(generation, cache);
    fake.value = NULL;
    fake.later = true;
    reject(generation, NULL, NULL);
    expect(WAIT, NULL);
    elapsed = 2 * HOUR;
    fake_answer();
    timer_fire();
    expect(REFUSED, "FakeCredential: no token today");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_rejected),
        TEST(test_claims),
        TEST(test_claims_meanwhile),
        TEST(test_same_token_again),
        TEST(test_no_endless_replacing),
        cmocka_unit_test_setup_teardown(test_static, setup_static, teardown),
        cmocka_unit_test_setup_teardown(test_static_accepted, setup_static,
                                        teardown),
        cmocka_unit_test_setup_teardown(test_static_accepted_later,
                                        setup_static, teardown),
        TEST(test_challenge_in_vain),
        TEST(test_challenge_in_vain_at_first),
        TEST(test_accepted_once),
        TEST(test_spare_ended),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
