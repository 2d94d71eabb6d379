/* SPDX-License-Identifier: Apache-2.0 */
/* When a device code is asked about: every interval, longer where Entra
 * wishes so, until its end. The clock, the timer and Entra are fakes. */
#include <stdlib.h>
#include <string.h>

#include "base/cleanup.h"
#include "base/clock.h"
#include "base/secret.h"
#include "identity/credential/device_code_credential.h"
#include "identity/entra/entra.h"
#include "unit/unit.h"

enum { SECOND = 1000 };

static int64_t now;

/* The timer that runs, if any. */
static struct {
    loop_callback *callback; /* NULL: none */
    void *data;
    int64_t due;
} timer;

/* The request under way, and what the next token request brings along. */
static struct {
    char grant[64];
    char claims[32];
    entra_answer *answer;
    entra_device_answer *device_answer;
    void *data;
    unsigned tokens, codes;
    const char *refresh_token;
} sent;

static struct {
    unsigned count;
    enum credential_outcome outcome;
    struct access_token token;
    struct error err;
} last;

static char shown[64];

int64_t
clock_monotonic(void)
{
    return now;
}

struct loop_timer *
loop_timer_start(struct loop *loop, int64_t milliseconds,
                 loop_callback *callback, void *data)
{
    (void) loop;
    assert_null(timer.callback);
    timer.callback = callback;
    timer.data = data;
    timer.due = now + milliseconds;
    return (struct loop_timer *) &timer;
}

void
loop_timer_cancel(struct loop *loop, struct loop_timer *started)
{
    (void) loop;
    if (started != NULL)
        timer.callback = NULL;
}

struct entra {
    int nothing;
};

static struct entra the_entra;

int
entra_new(struct entra **ret_entra, const struct credential_context *context,
          struct error *err)
{
    (void) context;
    (void) err;
    *ret_entra = &the_entra;
    return 0;
}

void
entra_free(struct entra *entra)
{
    (void) entra;
}

void
entra_ask_refresh_token(struct entra *entra)
{
    assert_ptr_equal(entra, &the_entra);
}

char *
entra_take_refresh_token(struct entra *entra)
{
    char *taken = secret_copy(sent.refresh_token);

    (void) entra;
    sent.refresh_token = NULL;
    return taken;
}

static void
request_note(const struct entra_request *request, void *data)
{
    (void) snprintf(sent.grant, sizeof(sent.grant), "%s",
                    request->fields[0].value);
    (void) snprintf(sent.claims, sizeof(sent.claims), "%s",
                    request->claims != NULL ? request->claims : "");
    sent.data = data;
}

void
entra_request_send(struct entra *entra, const struct entra_request *request,
                   entra_answer *answer, void *data)
{
    (void) entra;
    request_note(request, data);
    sent.answer = answer;
    sent.tokens++;
}

void
entra_device_code_send(struct entra *entra,
                       const struct entra_request *request,
                       entra_device_answer *answer, void *data)
{
    (void) entra;
    request_note(request, data);
    sent.device_answer = answer;
    sent.codes++;
}

static void
on_show(const struct credential_prompt *prompt, void *data)
{
    assert_ptr_equal(data, &shown);
    (void) snprintf(shown, sizeof(shown), "%s %s %s", prompt->url,
                    prompt->code, prompt->tenant);
}

static void
on_answer(enum credential_outcome outcome, struct access_token *token,
          struct error *err, void *data)
{
    (void) data;
    last.count++;
    last.outcome = outcome;
    access_token_done(&last.token);
    error_done(&last.err);
    if (token != NULL)
        last.token = *token;
    else
        error_move(&last.err, err);
}

static const struct credential_context context = {
    .authority = "https://login.example",
    .show = on_show,
    .show_data = &shown,
};
static struct credential *credential;

static int
setup(void **state)
{
    (void) state;
    (void) unsetenv("AZURE_TENANT_ID");
    (void) unsetenv("AZURE_CLIENT_ID");
    memset(&sent, 0, sizeof(sent));
    memset(&timer, 0, sizeof(timer));
    now = 5 * SECOND;
    return device_code_credential.create(&credential, &context, NULL);
}

static int
teardown(void **state)
{
    (void) state;
    device_code_credential.free(credential);
    assert_null(timer.callback);
    access_token_done(&last.token);
    error_done(&last.err);
    memset(&last, 0, sizeof(last));
    return 0;
}

static void
ask(const char *claims)
{
    device_code_credential.request(credential, claims, on_answer, NULL);
}

static void
codes_come(int64_t interval, int64_t remaining)
{
    struct device_code code = { secret_copy("x"), strdup("ABCD"),
                                strdup("https://page"), interval, remaining };

    sent.device_answer(&code, NULL, sent.data);
}

/* Lets the timer run out, which must be due after so long. */
static void
wait_for(int64_t milliseconds)
{
    loop_callback *callback = timer.callback;

    assert_non_null(callback);
    assert_int_equal(timer.due - now, milliseconds);
    now = timer.due;
    timer.callback = NULL;
    callback(timer.data);
}

static void
refuse(const char *code)
{
    AUTOERROR err = ERROR_INIT;

    error_set(&err, "Entra refused: %s", code);
    error_advise(&err, "set AZURE_CLIENT_SECRET");
    sent.answer(NULL, code, &err, sent.data);
}

static void
grant(const char *refresh_token)
{
    struct access_token token = { secret_copy("T"), INT64_MAX, 0 };

    sent.refresh_token = refresh_token;
    sent.answer(&token, NULL, NULL, sent.data);
}

static void
test_polling(void **state)
{
    (void) state;
    ask("{}");
    assert_string_equal(sent.claims, "{}");
    codes_come(5 * SECOND, 900 * SECOND);
    assert_string_equal(shown, "https://page ABCD organizations");
    assert_int_equal(sent.tokens, 0); /* nobody is that fast */
    wait_for(5 * SECOND);
    assert_string_equal(sent.grant,
                        "urn:ietf:params:oauth:grant-type:device_code");
    assert_string_equal(sent.claims, "{}");
    refuse("authorization_pending");
    wait_for(5 * SECOND);
    refuse("slow_down");
    wait_for(10 * SECOND);
    refuse("authorization_pending");
    wait_for(10 * SECOND);
    refuse("slow_down");
    wait_for(15 * SECOND);
    assert_int_equal(last.count, 0);
    grant(NULL);
    assert_int_equal(last.count, 1);
    assert_string_equal(last.token.value, "T");
}

static void
test_end(void **state)
{
    (void) state;
    ask(NULL);
    codes_come(5 * SECOND, 12 * SECOND);
    wait_for(5 * SECOND);
    refuse("authorization_pending");
    wait_for(5 * SECOND);
    refuse("authorization_pending");
    /* The next question would come too late. */
    assert_int_equal(last.count, 1);
    assert_int_equal(last.outcome, CREDENTIAL_FAILED);
    assert_string_equal(error_message(&last.err),
                        "nobody entered the code ABCD in time");
    assert_null(timer.callback);
}

static void
test_refusals(void **state)
{
    static const struct {
        const char *code, *message, *advice;
    } refusals[] = {
        { "expired_token", "nobody entered the code ABCD in time",
          "run the command again, and enter the new code" },
        { "authorization_declined", "the sign-in was declined in the browser",
          NULL },
        { "bad_verification_code", "Entra refused: bad_verification_code",
          "set AZURE_CLIENT_SECRET" },
        { "invalid_client", "Entra refused: invalid_client",
          "allow public client flows in the app registration of "
          "AZURE_CLIENT_ID, or unset it to sign in as with az login" },
    };

    (void) state;
    (void) setenv("AZURE_CLIENT_ID", "c11e4715", 1);
    for (size_t i = 0; i < ARRAY_LENGTH(refusals); i++) {
        ask(NULL);
        codes_come(SECOND, 900 * SECOND);
        wait_for(SECOND);
        refuse(refusals[i].code);
        assert_int_equal(last.count, i + 1);
        assert_int_equal(last.outcome, CREDENTIAL_FAILED);
        assert_string_equal(error_message(&last.err), refusals[i].message);
        if (refusals[i].advice == NULL)
            assert_null(last.err.advice);
        else
            assert_string_equal(last.err.advice, refusals[i].advice);
    }
}

/* The person is asked once; afterwards the refresh token speaks, until Entra
 * wants the person again. */
static void
test_refresh(void **state)
{
    (void) state;
    ask(NULL);
    codes_come(SECOND, 900 * SECOND);
    wait_for(SECOND);
    grant("R1");
    ask("{\"a\":1}");
    assert_string_equal(sent.grant, "refresh_token");
    assert_string_equal(sent.claims, "{\"a\":1}");
    grant(NULL); /* the one before stays good */
    ask(NULL);
    assert_string_equal(sent.grant, "refresh_token");
    refuse("temporarily_unavailable");
    assert_int_equal(last.outcome, CREDENTIAL_FAILED);
    assert_int_equal(sent.codes, 1);
    ask("{\"b\":2}");
    refuse("interaction_required");
    assert_int_equal(sent.codes, 2);
    assert_string_equal(sent.claims, "{\"b\":2}");
    codes_come(SECOND, 900 * SECOND);
    wait_for(SECOND);
    grant("R2");
    assert_int_equal(last.count, 4);
    assert_string_equal(last.token.value, "T");
}

static void
test_freed_under_way(void **state)
{
    (void) state;
    ask(NULL);
    codes_come(SECOND, 900 * SECOND);
    assert_non_null(timer.callback);
    /* teardown frees it, and sees that no timer is left */
}

static void
test_nobody_there(void **state)
{
    const struct credential_context alone = { .authority = "https://x" };
    struct credential *lonely = NULL;

    (void) state;
    assert_int_equal(device_code_credential.create(&lonely, &alone, NULL), 0);
    device_code_credential.request(lonely, NULL, on_answer, NULL);
    assert_int_equal(last.outcome, CREDENTIAL_UNAVAILABLE);
    assert_int_equal(sent.codes, 0);
    device_code_credential.free(lonely);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_polling),      TEST(test_end),
        TEST(test_refusals),     TEST(test_refresh),
        TEST(test_nobody_there), TEST(test_freed_under_way),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
