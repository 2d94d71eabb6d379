/* SPDX-License-Identifier: Apache-2.0 */
/* A token cache among fakes. */
#include "unit/identity/cache_fixture.h"

#include <string.h>

#include "base/buffer.h"
#include "base/clock.h"
#include "base/secret.h"
#include "identity/chain/credential_chain.h"
#include "unit/unit.h"

#define START INT64_C(1800000000000)

int64_t elapsed;
unsigned woken;
struct token_cache *cache;
struct fake_credential fake;

static struct credential_chain *chain;
static loop_callback *timer_callback; /* NULL while no timer runs */
static void *timer_data;

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
}

void
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

void
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
    assert_null(timer_callback);
    memset(&fake, 0, sizeof(fake));
    fake.value = "T1";
    fake.lifetime = HOUR;
    assert_int_equal(credential_chain_new(&chain, &type, 1, &context, NULL),
                     0);
    assert_int_equal(
        token_cache_new(&cache, NULL, chain, on_ready, &woken, NULL), 0);
}

int
setup(void **state)
{
    (void) state;
    cache_make(&fake_type);
    return 0;
}

int
setup_static(void **state)
{
    (void) state;
    cache_make(&static_type);
    return 0;
}

int
teardown(void **state)
{
    (void) state;
    token_cache_free(cache);
    credential_chain_free(chain);
    return 0;
}

unsigned
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

void
reject(unsigned generation, const char *first, const char *second)
{
    const char *const headers[] = { first, second, NULL };
    const struct http_response response = { .status = 401,
                                            .authorization = generation,
                                            .headers = headers };

    token_cache_rejected(&response, cache);
}
