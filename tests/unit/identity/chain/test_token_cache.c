/* SPDX-License-Identifier: Apache-2.0 */
/* When tokens are fetched, refreshed and kept. */
#include <stdlib.h>
#include <string.h>

#include "base/cleanup.h"
#include "unit/identity/cache_fixture.h"
#include "unit/unit.h"

static void
test_fetched_once(void **state)
{
    (void) state;
    assert_null(token_cache_error(cache));
    assert_int_equal(fake.asked, 0);
    assert_int_equal(expect(READY, "T1"), 1);
    assert_int_equal(expect(READY, "T1"), 1);
    assert_int_equal(fake.asked, 1);
    assert_string_equal(fake.claims, "");
    timer_fire();
    assert_int_equal(woken, 0); /* nobody waited */
}

static void
test_waiting(void **state)
{
    (void) state;
    fake.later = true;
    expect(WAIT, NULL);
    expect(WAIT, NULL);
    assert_int_equal(fake.asked, 1);
    fake_answer();
    assert_int_equal(woken, 0); /* not from within the credential */
    timer_fire();
    assert_int_equal(woken, 1);
    expect(READY, "T1");
}

static void
test_waiting_in_vain(void **state)
{
    (void) state;
    fake.later = true;
    fake.value = NULL;
    expect(WAIT, NULL);
    fake_answer();
    timer_fire();
    assert_int_equal(woken, 1);
    expect(REFUSED, "FakeCredential: no token today");
    assert_string_equal(token_cache_error(cache)->advice,
                        "come back tomorrow");
    assert_int_equal(fake.asked, 1);

    /* Half a minute later it is tried again. */
    elapsed += 30 * SECOND - 1;
    expect(REFUSED, "FakeCredential: no token today");
    elapsed += 1;
    fake.value = "T1";
    expect(WAIT, NULL);
    fake_answer();
    expect(READY, "T1");
    assert_int_equal(fake.asked, 2);
}

/* lifetime, refresh_in -> when the refresh is due. */
static void
test_refresh_times(void **state)
{
    static const struct {
        int64_t lifetime, refresh_in, due;
    } times[] = {
        { HOUR, 0, 55 * MINUTE },
        { 24 * HOUR, 0, 24 * HOUR - 5 * MINUTE },
        { 24 * HOUR, 12 * HOUR, 12 * HOUR },
        { 10 * MINUTE, 0, 5 * MINUTE },
        { 8 * MINUTE, 0, 4 * MINUTE },
        { 10 * SECOND, 0, 5 * SECOND },
        { HOUR, 2 * HOUR, 55 * MINUTE },
    };

    for (size_t i = 0; i < ARRAY_LENGTH(times); i++) {
        if (i > 0)
            setup(state);
        fake.lifetime = times[i].lifetime;
        fake.refresh_in = times[i].refresh_in;
        expect(READY, "T1");
        fake.value = "T2";
        elapsed = times[i].due - 1;
        assert_int_equal(expect(READY, "T1"), 1);
        assert_int_equal(fake.asked, 1);
        elapsed = times[i].due;
        assert_int_equal(expect(READY, "T2"), 2);
        assert_int_equal(fake.asked, 2);
        if (i + 1 < ARRAY_LENGTH(times))
            teardown(state);
    }
}

static void
test_endless(void **state)
{
    (void) state;
    fake.lifetime = INT64_MAX;
    expect(READY, "T1");
    elapsed = INT64_C(1000) * 24 * HOUR;
    expect(READY, "T1");
    assert_int_equal(fake.asked, 1);
}

/* Nobody waits for a refresh while the old token lives. */
static void
test_refresh_beside(void **state)
{
    (void) state;
    expect(READY, "T1");
    elapsed = 56 * MINUTE;
    fake.later = true;
    fake.value = "T2";
    expect(READY, "T1");
    expect(READY, "T1");
    assert_int_equal(fake.asked, 2);
    elapsed = HOUR; /* it ends while the refresh is under way */
    expect(WAIT, NULL);
    fake_answer();
    timer_fire();
    assert_int_equal(woken, 1);
    expect(READY, "T2");
    assert_int_equal(fake.asked, 2);
}

static void
test_refresh_fails(void **state)
{
    (void) state;
    expect(READY, "T1");
    elapsed = 56 * MINUTE;
    fake.value = NULL;
    expect(READY, "T1");
    expect(READY, "T1");
    assert_int_equal(fake.asked, 2);
    elapsed += 30 * SECOND;
    expect(READY, "T1");
    assert_int_equal(fake.asked, 3);
    elapsed = HOUR;
    expect(REFUSED, "FakeCredential: no token today");
    assert_int_equal(fake.asked, 4);
}

/* A wrong clock must not lead to requests without end. */
static void
test_ended_already(void **state)
{
    (void) state;
    fake.lifetime = 0;
    expect(REFUSED, "the new token had ended already, at then");
    assert_non_null(strstr(token_cache_error(cache)->advice, "clock"));
    expect(REFUSED, "the new token had ended already, at then");
    assert_int_equal(fake.asked, 1);
}

static void
test_static_ends(void **state)
{
    (void) state;
    expect(READY, "T1");
    elapsed = HOUR;
    fake.value = NULL;
    expect(REFUSED, "StaticCredential: no token today");
}

static void
test_freed_under_way(void **state)
{
    fake.later = true;
    expect(WAIT, NULL);
    token_cache_free(cache); /* while the credential is busy */
    cache = NULL;
    assert_int_equal(woken, 0);

    teardown(state);
    setup(state);
    fake.later = true;
    expect(WAIT, NULL);
    fake_answer();
    token_cache_free(cache); /* while the waking is due */
    cache = NULL;
    timer_fire();
    assert_int_equal(woken, 0);
}

/* {"tid":"7c0f","n":1} */
#define PAYLOAD "eyJ0aWQiOiI3YzBmIiwibiI6MX0"

static void
test_claim(void **state)
{
    static const char *const no_tokens[] = { "opaque",  "a.b", "a.!.b",
                                             "a.W10.b", "..",  "a.e30.b" };

    assert_null(token_cache_claim(cache, "tid"));
    fake.value = "e30." PAYLOAD ".sig";
    expect(READY, fake.value);
    AUTOFREE char *tenant = token_cache_claim(cache, "tid");
    assert_string_equal(tenant, "7c0f");
    assert_null(token_cache_claim(cache, "upn"));
    assert_null(token_cache_claim(cache, "n"));
    for (size_t i = 0; i < ARRAY_LENGTH(no_tokens); i++) {
        teardown(state);
        setup(state);
        fake.value = no_tokens[i];
        expect(READY, fake.value);
        assert_null(token_cache_claim(cache, "tid"));
    }
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_fetched_once),
        TEST(test_waiting),
        TEST(test_waiting_in_vain),
        TEST(test_refresh_times),
        TEST(test_endless),
        TEST(test_refresh_beside),
        TEST(test_refresh_fails),
        TEST(test_ended_already),
        TEST(test_freed_under_way),
        TEST(test_claim),
        cmocka_unit_test_setup_teardown(test_static_ends, setup_static,
                                        teardown),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
