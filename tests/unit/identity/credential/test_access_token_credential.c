/* SPDX-License-Identifier: Apache-2.0 */
/* AZURE_ACCESS_TOKEN, and what its claims say. */
#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "base/cleanup.h"
#include "identity/credential/access_token_credential.h"
#include "identity/token/base64.h"
#include "unit/unit.h"

#define TENANT "7c0ffee0-0000-4000-8000-00000000abcd"
#define OTHER "11111111-2222-4333-8444-555555555555"
#define CORE "https://management.core.windows.net/"

struct answer {
    unsigned count;
    enum credential_outcome outcome;
    struct access_token token;
    struct error err;
};

static void
on_answer(enum credential_outcome outcome, struct access_token *token,
          struct error *err, void *data)
{
    struct answer *answer = data;

    answer->count++;
    answer->outcome = outcome;
    if (outcome == CREDENTIAL_TOKEN)
        answer->token = *token;
    else
        error_move(&answer->err, err);
}

static struct answer
ask(const char *variable, const char *tenant, const char *claims)
{
    const struct credential_context context = { .tenant = tenant,
                                                .audience = CORE };
    struct answer answer = { 0 };
    struct credential *credential = NULL;

    if (variable != NULL)
        (void) setenv("AZURE_ACCESS_TOKEN", variable, 1);
    else
        (void) unsetenv("AZURE_ACCESS_TOKEN");
    assert_int_equal(
        access_token_credential.create(&credential, &context, NULL), 0);
    access_token_credential.request(credential, claims, on_answer, &answer);
    assert_int_equal(answer.count, 1);
    access_token_credential.free(credential);
    return answer;
}

static void
answer_done(struct answer *answer)
{
    access_token_done(&answer->token);
    error_done(&answer->err);
}

/* A token whose middle part is this JSON. */
static void
jwt_make(struct buffer *jwt, const char *payload)
{
    buffer_append_text(jwt, "e30.");
    (void) base64_encode(jwt, payload, strlen(payload));
    while (jwt->data[jwt->length - 1] == '=')
        jwt->data[--jwt->length] = '\0';
    assert_int_equal(buffer_append_text(jwt, ".c2ln"), 0);
}

static void
test_claims_of_token(void **state)
{
    static const struct {
        const char *payload, *tenant;
        const char *complaint; /* NULL: taken */
        int64_t expires_at;
    } samples[] = {
        { "{\"aud\":\"" CORE "\",\"exp\":4102444800,\"tid\":\"" TENANT "\"}",
          TENANT, NULL, INT64_C(4102444800000) },
        { "{\"aud\":\"https://management.azure.com\",\"exp\":4102444800}",
          NULL, NULL, INT64_C(4102444800000) },
        { "{\"aud\":\"https://management.azure.com/\"}", NULL, NULL,
          INT64_MAX },
        { "{\"aud\":\"797f4846-ba00-4fd7-ba43-dac1f8f63013\"}", NULL, NULL,
          INT64_MAX },
        { "{\"aud\":[\"x\",\"" CORE "\"]}", NULL, NULL, INT64_MAX },
        { "{\"tid\":\"" OTHER "\"}", "contoso.nl", NULL, INT64_MAX },
        { "{\"tid\":\"7C0FFEE0-0000-4000-8000-00000000ABCD\"}", TENANT, NULL,
          INT64_MAX },
        { "{\"exp\":\"soon\"}", NULL, NULL, INT64_MAX },
        { "{\"exp\":1e300}", NULL, NULL, INT64_MAX },
        { "{\"exp\":1600000000}", NULL, "ended at 2020-09-13T12:26:40Z", 0 },
        { "{\"aud\":\"https://graph.microsoft.com\"}", NULL,
          "is for https://graph.microsoft.com", 0 },
        { "{\"aud\":\"https://management.usgovcloudapi.net\"}", NULL,
          "is for https://management.usgovcloudapi.net", 0 },
        { "{\"aud\":\"https://management.azure.com.evil\"}", NULL, "is for",
          0 },
        { "{\"aud\":\"\\u001b[2J\"}", NULL, "is for \xef\xbf\xbd[2J", 0 },
        { "{\"aud\":[\"x\",7]}", NULL, "for other services", 0 },
        { "{\"tid\":\"" OTHER "\"}", TENANT,
          "is of tenant " OTHER ", not " TENANT, 0 },
    };

    (void) state;
    for (size_t i = 0; i < ARRAY_LENGTH(samples); i++) {
        AUTOBUFFER jwt = BUFFER_INIT(1024);
        jwt_make(&jwt, samples[i].payload);
        struct answer answer = ask(jwt.data, samples[i].tenant, NULL);
        if (samples[i].complaint == NULL) {
            if (answer.outcome != CREDENTIAL_TOKEN)
                fail_msg("%s", error_message(&answer.err));
            assert_string_equal(answer.token.value, jwt.data);
            assert_int_equal(answer.token.expires_at, samples[i].expires_at);
        } else {
            assert_int_equal(answer.outcome, CREDENTIAL_FAILED);
            if (strstr(error_message(&answer.err), samples[i].complaint)
                == NULL)
                fail_msg("%s", error_message(&answer.err));
            assert_null(strstr(error_message(&answer.err), jwt.data));
        }
        answer_done(&answer);
    }
}

static void
test_texts(void **state)
{
    static const struct {
        const char *text;
        enum credential_outcome outcome;
        const char *value;
    } texts[] = {
        { NULL, CREDENTIAL_UNAVAILABLE, NULL },
        { "", CREDENTIAL_UNAVAILABLE, NULL },
        { "opaque", CREDENTIAL_TOKEN, "opaque" },
        { " opaque\n", CREDENTIAL_TOKEN, "opaque" },
        { "a.!!.b", CREDENTIAL_TOKEN, "a.!!.b" },
        { "..", CREDENTIAL_TOKEN, ".." },
        { "  ", CREDENTIAL_FAILED, NULL },
        { "a\r\nX-Evil: 1", CREDENTIAL_FAILED, NULL },
        { "a b", CREDENTIAL_FAILED, NULL },
        { "\xc3\xa9", CREDENTIAL_FAILED, NULL },
    };

    (void) state;
    for (size_t i = 0; i < ARRAY_LENGTH(texts); i++) {
        struct answer answer = ask(texts[i].text, NULL, NULL);
        assert_int_equal(answer.outcome, texts[i].outcome);
        if (texts[i].value != NULL)
            assert_string_equal(answer.token.value, texts[i].value);
        else
            assert_non_null(
                strstr(error_message(&answer.err), "AZURE_ACCESS_TOKEN"));
        if (texts[i].outcome == CREDENTIAL_FAILED)
            assert_string_equal(answer.err.advice,
                                "mend or unset AZURE_ACCESS_TOKEN");
        answer_done(&answer);
    }
}

/* Nobody can make it say more. */
/* How tokens are asked for leaves more than the token. */
static void
test_wrapped(void **state)
{
    static const struct {
        const char *text, *message, *advice;
    } texts[] = {
        { "Bearer opaque", "begins with the word Bearer", "the token alone" },
        { "\"opaque\"", "in quotation marks", "--output tsv" },
        { "'opaque'", "in quotation marks", "--output tsv" },
        { "{\"accessToken\": \"opaque\"}", "or JSON", "--output tsv" },
    };

    (void) state;
    for (size_t i = 0; i < ARRAY_LENGTH(texts); i++) {
        struct answer answer = ask(texts[i].text, NULL, NULL);
        assert_int_equal(answer.outcome, CREDENTIAL_FAILED);
        assert_non_null(strstr(error_message(&answer.err), texts[i].message));
        assert_null(strstr(error_message(&answer.err), "opaque"));
        assert_non_null(strstr(answer.err.advice, texts[i].advice));
        answer_done(&answer);
    }
}

static void
test_challenge(void **state)
{
    struct answer answer = ask("opaque", NULL, "{}");

    (void) state;
    assert_int_equal(answer.outcome, CREDENTIAL_FAILED);
    assert_string_equal(answer.err.advice,
                        "put a new token into AZURE_ACCESS_TOKEN");
    answer_done(&answer);
}

static void
test_base64(void **state)
{
    static const struct {
        const char *text;
        int result;
        const char *bytes;
    } samples[] = {
        { "", 0, "" },         { "QQ==", 0, "A" },       { "QQ", 0, "A" },
        { "QUI=", 0, "AB" },   { "QUI", 0, "AB" },       { "QUJD", 0, "ABC" },
        { "Pz8_", 0, "??\?" }, { "Pz8/", 0, "??\?" },    { "Pj4-", 0, ">>>" },
        { "Pj4+", 0, ">>>" },  { "Q", -1, NULL },        { "QUJDR", -1, NULL },
        { "QQ=", -1, NULL },   { "Q===", -1, NULL },     { "====", -1, NULL },
        { "QU D", -1, NULL },  { "QQ==QQ==", -1, NULL },
    };

    (void) state;
    for (size_t i = 0; i < ARRAY_LENGTH(samples); i++) {
        AUTOBUFFER bytes = BUFFER_INIT(16);
        const int result =
            base64_decode(&bytes, samples[i].text, strlen(samples[i].text));
        if (result != samples[i].result)
            fail_msg("%s", samples[i].text);
        if (result == 0)
            assert_string_equal(buffer_text(&bytes), samples[i].bytes);
    }

    AUTOBUFFER small = BUFFER_INIT(2);
    assert_int_equal(base64_decode(&small, "QUJD", 4), -1);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_claims_of_token), cmocka_unit_test(test_texts),
        cmocka_unit_test(test_challenge),       cmocka_unit_test(test_wrapped),
        cmocka_unit_test(test_base64),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
