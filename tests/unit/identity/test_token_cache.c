/* SPDX-License-Identifier: Apache-2.0 */
/* When tokens are fetched, refreshed, kept and dropped. Time stands still
 * but for what a test adds to it, and answers' headers are the test's: this
 * program brings its own clock and its own http_response_header_at. */
#include <stdarg.h>
#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#include "base/cleanup.h"
#include "base/clock.h"
#include "base/secret.h"
#include "identity/token_cache.h"

#define START INT64_C(1800000000000)

enum { SECOND = 1000, MINUTE = 60 * SECOND, HOUR = 60 * MINUTE };

static int64_t elapsed;

int64_t
clock_now(void)
{
    return START + elapsed;
}

int64_t
clock_monotonic(void)
{
    return elapsed;
}

char *
clock_format(int64_t milliseconds, char text[CLOCK_TEXT_SIZE])
{
    (void) milliseconds;
    memcpy(text, "then", sizeof("then"));
    return text;
}

/* The timer that the cache starts to wake those who wait. */
static loop_callback *timer_callback;
static void *timer_data;
static int timer_cancelled;

struct loop_timer *
loop_timer_start(struct loop *loop, int64_t milliseconds,
                 loop_callback *callback, void *data)
{
    (void) loop;
    assert_int_equal(milliseconds, 0);
    assert_null(timer_callback);
    timer_callback = callback;
    timer_data = data;
    return (struct loop_timer *) &timer_data;
}

void
loop_timer_cancel(struct loop *loop, struct loop_timer *timer)
{
    (void) loop;
    if (timer == NULL)
        return;
    timer_callback = NULL;
    timer_cancelled++;
}

static void
timer_fire(void)
{
    loop_callback *callback = timer_callback;

    timer_callback = NULL;
    if (callback != NULL)
        callback(timer_data);
}

const char *
http_response_header_at(const struct http_response *response, const char *name,
                        size_t index)
{
    const char *const *values = response->headers;

    assert_string_equal(name, "WWW-Authenticate");
    if (values == NULL)
        return NULL;
    for (size_t i = 0; i < index; i++)
        if (values[i] == NULL)
            return NULL;
    return values[index];
}

/* A credential that answers as the test says. */
static struct {
    const char *value; /* NULL: it fails */
    int64_t lifetime, refresh_in;
    bool later;
    unsigned asked;
    char claims[128]; /* of the last request; "" for none */
    credential_answer *answer;
    void *data;
} fake;

static void
fake_answer(void)
{
    struct access_token token = { NULL, 0, 0 };
    AUTOERROR err = ERROR_INIT;

    if (fake.value == NULL) {
        error_set(&err, "no token today");
        error_advise(&err, "come back tomorrow");
        fake.answer(CREDENTIAL_FAILED, NULL, &err, fake.data);
        return;
    }
    token.value = secret_copy(fake.value);
    token.expires_at =
        fake.lifetime == INT64_MAX ? INT64_MAX : clock_now() + fake.lifetime;
    if (fake.refresh_in > 0)
        token.refresh_at = clock_now() + fake.refresh_in;
    fake.answer(CREDENTIAL_TOKEN, &token, NULL, fake.data);
}

static int
fake_create(struct credential **ret_credential,
            const struct credential_context *context, struct error *err)
{
    (void) context;
    (void) err;
    *ret_credential = (struct credential *) &fake;
    return 0;
}

static void
fake_request(struct credential *credential, const char *claims,
             credential_answer *answer, void *data)
{
    (void) credential;
    fake.asked++;
    fake.claims[0] = '\0';
    if (claims != NULL)
        strncpy(fake.claims, claims, sizeof(fake.claims) - 1);
    fake.answer = answer;
    fake.data = data;
    if (!fake.later)
        fake_answer();
}

static void
fake_free(struct credential *credential)
{
    (void) credential;
}

static const struct credential_type fake_type = {
    "FakeCredential", CREDENTIAL_PRODUCTION, "",
    fake_create,      fake_request,          fake_free,
};
static const struct credential_type static_type = {
    "StaticCredential", CREDENTIAL_STATIC, "",
    fake_create,        fake_request,      fake_free,
};

static struct credential_chain *chain;
static struct token_cache *cache;
static unsigned woken;

static void
on_ready(void *data)
{
    assert_ptr_equal(data, &woken);
    woken++;
}

static void
cache_make(const struct credential_type *type)
{
    const struct credential_context context = { .tenant = NULL };

    elapsed = 0;
    woken = 0;
    timer_callback = NULL;
    timer_cancelled = 0;
    memset(&fake, 0, sizeof(fake));
    fake.value = "T1";
    fake.lifetime = HOUR;
    assert_int_equal(credential_chain_new(&chain, &type, 1, &context, NULL),
                     0);
    assert_int_equal(
        token_cache_new(&cache, NULL, chain, on_ready, &woken, NULL), 0);
}

static int
setup(void **state)
{
    (void) state;
    cache_make(&fake_type);
    return 0;
}

static int
setup_static(void **state)
{
    (void) state;
    cache_make(&static_type);
    return 0;
}

static int
teardown(void **state)
{
    (void) state;
    token_cache_free(cache);
    credential_chain_free(chain);
    return 0;
}

/* Asks for a header. What comes is compared with "Bearer " and token, or,
 * where it is refused, with the reason. */
static unsigned
expect(enum http_authorization expected, const char *text)
{
    AUTOBUFFER header = BUFFER_SECRET_INIT(1024);
    unsigned generation = 0;

    const enum http_authorization result =
        token_cache_authorize(&header, &generation, cache);
    assert_int_equal(result, expected);
    if (expected == HTTP_AUTHORIZATION_READY) {
        assert_memory_equal(buffer_text(&header), "Authorization: Bearer ",
                            22);
        assert_string_equal(buffer_text(&header) + 22, text);
        assert_null(token_cache_error(cache));
    } else if (expected == HTTP_AUTHORIZATION_REFUSED) {
        assert_string_equal(buffer_text(&header), text);
        assert_string_equal(error_message(token_cache_error(cache)), text);
    } else {
        assert_int_equal(header.length, 0);
        assert_null(token_cache_error(cache));
    }
    return generation;
}

#define READY HTTP_AUTHORIZATION_READY
#define WAIT HTTP_AUTHORIZATION_WAIT
#define REFUSED HTTP_AUTHORIZATION_REFUSED

static void
reject(unsigned generation, const char *first, const char *second)
{
    const char *const headers[] = { first, second, NULL };
    const struct http_response response = { .status = 401,
                                            .authorization = generation,
                                            .headers = headers };

    token_cache_rejected(&response, cache);
}

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
    assert_int_equal(timer_cancelled, 1);
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
        TEST(test_rejected),
        TEST(test_claims),
        TEST(test_claims_meanwhile),
        TEST(test_same_token_again),
        TEST(test_no_endless_replacing),
        TEST(test_ended_already),
        cmocka_unit_test_setup_teardown(test_static, setup_static, teardown),
        cmocka_unit_test_setup_teardown(test_static_ends, setup_static,
                                        teardown),
        TEST(test_freed_under_way),
        TEST(test_claim),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
