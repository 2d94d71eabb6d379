/* SPDX-License-Identifier: Apache-2.0 */
/* Answers that hold a token, good and hostile. */
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/buffer.h"
#include "base/cleanup.h"
#include "identity/token/access_token.h"
#include "identity/token/token_response.h"
#include "unit/unit.h"

#define NOW INT64_C(1800000000000) /* 2027-01-15T08:00:00Z */

struct sample {
    const char *bytes;
    int64_t expires_at; /* 0: refused */
    int64_t refresh_at;
    const char *complaint; /* a part of the error */
};

static const struct sample oauth_samples[] = {
    /* As Entra and the instance metadata service write it. */
    { "{\"token_type\":\"Bearer\",\"expires_in\":3599,"
      "\"ext_expires_in\":3599,\"access_token\":\"T\"}",
      NOW + 3599000, 0, NULL },
    { "{\"access_token\":\"T\",\"expires_in\":\"3599\","
      "\"expires_on\":\"1800007200\",\"token_type\":\"bearer\"}",
      INT64_C(1800007200000), 0, NULL },
    { "{\"access_token\":\"T\",\"expires_on\":1800007200}",
      INT64_C(1800007200000), 0, NULL },
    { "{\"access_token\":\"T\",\"expires_in\":3600.9}", NOW + 3600000, 0,
      NULL },
    { "{\"access_token\":\"T\",\"expires_in\":86400,\"refresh_in\":43200}",
      NOW + 86400000, NOW + 43200000, NULL },
    { "{\"access_token\":\"T\",\"expires_in\":86400,"
      "\"refresh_in\":\"43200\"}",
      NOW + 86400000, NOW + 43200000, NULL },
    /* A refresh at or after the end is no word at all. */
    { "{\"access_token\":\"T\",\"expires_in\":100,\"refresh_in\":100}",
      NOW + 100000, 0, NULL },
    { "{\"access_token\":\"T\",\"expires_in\":100,\"refresh_in\":-5}",
      NOW + 100000, 0, NULL },
    /* App Service has been seen to write dates. */
    { "{\"access_token\":\"T\",\"expires_on\":\"01/15/2027 09:00:00\"}",
      NOW + 3600000, 0, NULL },
    { "{\"access_token\":\"T\",\"expires_on\":\"01/15/2027 09:00:00 "
      "+00:00\"}",
      NOW + 3600000, 0, NULL },
    { "{\"access_token\":\"T\",\"expires_on\":\"1/15/2027 9:00:00 AM "
      "+00:00\"}",
      NOW + 3600000, 0, NULL },
    { "{\"access_token\":\"T\",\"expires_on\":\"1/15/2027 9:00:00 PM "
      "+00:00\"}",
      NOW + 46800000, 0, NULL },
    { "{\"access_token\":\"T\",\"expires_on\":\"1/16/2027 12:00:00 AM\"}",
      NOW + 57600000, 0, NULL },
    { "{\"access_token\":\"T\",\"expires_on\":\"1/15/2027 13:00:00 PM\"}", 0,
      0, "when its token ends" },
    { "{\"access_token\":\"T\",\"expires_on\":\"2027-01-15 09:00:00\"}",
      NOW + 3600000, 0, NULL },
    { "{\"access_token\":\"T\",\"expires_on\":\"2027-01-15T09:00:00Z\"}",
      NOW + 3600000, 0, NULL },
    { "{\"access_token\":\"T\","
      "\"expires_on\":\"2027-01-15T11:00:00.123+02:00\"}",
      NOW + 3600000, 0, NULL },
    { "{\"access_token\":\"T\","
      "\"expires_on\":\"2027-01-15T06:30:00-02:30\"}",
      NOW + 3600000, 0, NULL },
    /* What cannot be read is passed over where the other one can. */
    { "{\"access_token\":\"T\",\"expires_on\":\"soon\",\"expires_in\":60}",
      NOW + 60000, 0, NULL },
    { "{\"access_token\":\"T\",\"expires_on\":0,\"expires_in\":60}",
      NOW + 60000, 0, NULL },
    { "\xef\xbb\xbf{\"access_token\":\"T\",\"expires_in\":60}", NOW + 60000, 0,
      NULL },
    { "{\"access_token\":\"T\",\"expires_in\":60,\"note\":\"\xff\"}",
      NOW + 60000, 0, NULL },
    /* Refused. */
    { "", 0, 0, "not a JSON object" },
    { "<html>", 0, 0, "not a JSON object" },
    { "[]", 0, 0, "not a JSON object" },
    { "{\"access_token\":\"T\",\"expires_in\":60}x", 0, 0,
      "not a JSON object" },
    { "{\"access_token\":\"T\",\"expires_in\":60", 0, 0, "not a JSON object" },
    { "{\"expires_in\":60}", 0, 0, "holds no access_token" },
    { "{\"access_token\":7,\"expires_in\":60}", 0, 0,
      "holds no access_token" },
    { "{\"access_token\":\"\",\"expires_in\":60}", 0, 0,
      "characters that a token may not have" },
    { "{\"access_token\":\"T\\r\\nX-Evil: 1\",\"expires_in\":60}", 0, 0,
      "characters that a token may not have" },
    { "{\"access_token\":\"T \",\"expires_in\":60}", 0, 0,
      "characters that a token may not have" },
    { "{\"access_token\":\"T\\u00e9\",\"expires_in\":60}", 0, 0,
      "characters that a token may not have" },
    { "{\"access_token\":\"T\"}", 0, 0, "when its token ends" },
    { "{\"access_token\":\"T\",\"expires_in\":0}", 0, 0,
      "when its token ends" },
    { "{\"access_token\":\"T\",\"expires_in\":-1}", 0, 0,
      "when its token ends" },
    { "{\"access_token\":\"T\",\"expires_in\":2147483648}", 0, 0,
      "when its token ends" },
    { "{\"access_token\":\"T\",\"expires_in\":1e300}", 0, 0,
      "when its token ends" },
    { "{\"access_token\":\"T\",\"expires_in\":\"60s\"}", 0, 0,
      "when its token ends" },
    { "{\"access_token\":\"T\",\"expires_on\":253402300800}", 0, 0,
      "when its token ends" },
    { "{\"access_token\":\"T\",\"expires_in\":60,\"token_type\":\"pop\"}", 0,
      0, "not a bearer token" },
    { "{\"access_token\":\"T\",\"expires_in\":60,\"token_type\":1}", 0, 0,
      "not a bearer token" },
};

/* 2027-01-15 09:00:00 in Amsterdam is an hour earlier in UTC, in summer two
 * hours. */
static const struct sample azure_cli_samples[] = {
    { "{\"accessToken\":\"T\",\"expiresOn\":\"2020-01-01 00:00:00.000000\","
      "\"expires_on\":1800007200,\"tokenType\":\"Bearer\"}",
      INT64_C(1800007200000), 0, NULL },
    { "{\"accessToken\":\"T\",\"expires_on\":\"1800007200\"}",
      INT64_C(1800007200000), 0, NULL },
    { "{\"accessToken\":\"T\",\"expiresOn\":\"2027-01-15 09:00:00.000000\"}",
      NOW, 0, NULL },
    { "{\"accessToken\":\"T\",\"expiresOn\":\"2027-07-15 10:00:00.5\"}",
      NOW + INT64_C(181) * 86400000, 0, NULL },
    { "{\"accessToken\":\"T\",\"expires_on\":0,"
      "\"expiresOn\":\"2027-01-15 09:00:00\"}",
      NOW, 0, NULL },
    { "Using extension {preview} of az.\n{ }\n"
      "{\"accessToken\":\"T\",\"expires_on\":1800007200}\nBye }\n",
      INT64_C(1800007200000), 0, NULL },
    { "{\"accessToken\":\"T\",\"expiresOn\":\"2027-01-15 09:00:00.\"}", 0, 0,
      "when its token ends" },
    { "{\"accessToken\":\"T\",\"expiresOn\":\"2027-01-15 09:00:00Z\"}", 0, 0,
      "when its token ends" },
    { "{\"accessToken\":\"T\",\"expires_on\":null}", 0, 0,
      "when its token ends" },
    { "{\"accessToken\":\"T\\n\",\"expires_on\":1800007200}", 0, 0,
      "characters that a token may not have" },
    { "{\"accessToken\":\"T\",\"tokenType\":\"pop\","
      "\"expires_on\":1800007200}",
      0, 0, "not a bearer token" },
    { "{{{{{{{{{{{{{{{{{{{{", 0, 0, "holds no accessToken" },
    { "", 0, 0, "holds no accessToken" },
};

static void
sample_check(const struct sample *sample, int result,
             struct access_token *token, struct error *err)
{
    if (sample->expires_at == 0) {
        if (result == 0)
            fail_msg("%s was taken", sample->bytes);
        assert_non_null(strstr(error_message(err), sample->complaint));
        assert_null(token->value);
        return;
    }
    if (result < 0)
        fail_msg("%s: %s", sample->bytes, error_message(err));
    assert_null(err->message);
    assert_string_equal(token->value, "T");
    assert_int_equal(token->expires_at, sample->expires_at);
    assert_int_equal(token->refresh_at, sample->refresh_at);
    access_token_done(token);
    assert_null(token->value);
}

static void
test_oauth(void **state)
{
    (void) state;
    for (size_t i = 0; i < ARRAY_LENGTH(oauth_samples); i++) {
        const struct sample *sample = &oauth_samples[i];
        struct access_token token = { NULL, 0, 0 };
        AUTOERROR err = ERROR_INIT;
        const int result = token_response_parse(
            sample->bytes, strlen(sample->bytes), NOW, &token, &err);
        sample_check(sample, result, &token, &err);
    }
}

static const struct token_form azure_cli_form = { "accessToken", "tokenType",
                                                  "expires_on", "expiresOn" };

static void
test_azure_cli(void **state)
{
    (void) state;
    assert_int_equal(setenv("TZ", "Europe/Amsterdam", 1), 0);
    tzset();
    /* The rule itself, where the machine knows no zones by name. */
    if (timezone != -3600) {
        assert_int_equal(setenv("TZ", "CET-1CEST,M3.5.0,M10.5.0/3", 1), 0);
        tzset();
    }
    for (size_t i = 0; i < ARRAY_LENGTH(azure_cli_samples); i++) {
        const struct sample *sample = &azure_cli_samples[i];
        struct access_token token = { NULL, 0, 0 };
        AUTOERROR err = ERROR_INIT;
        const int result =
            token_response_parse_tool(sample->bytes, strlen(sample->bytes),
                                      &azure_cli_form, &token, &err);
        sample_check(sample, result, &token, &err);
    }
}

/* The greatest token is taken, and one byte more is not. */
static void
test_ceilings(void **state)
{
    (void) state;
    for (size_t more = 0; more < 2; more++) {
        AUTOBUFFER body = BUFFER_INIT(2 * TOKEN_RESPONSE_CEILING);
        struct access_token token = { NULL, 0, 0 };
        AUTOERROR err = ERROR_INIT;
        buffer_append_text(&body, "{\"expires_in\":60,\"access_token\":\"");
        for (size_t i = 0; i < ACCESS_TOKEN_CEILING + more; i++)
            buffer_append_byte(&body, 'T');
        assert_int_equal(buffer_append_text(&body, "\"}"), 0);
        const int result =
            token_response_parse(body.data, body.length, NOW, &token, &err);
        assert_int_equal(result, more == 0 ? 0 : -1);
        access_token_done(&token);
    }

    AUTOBUFFER blanks = BUFFER_INIT(2 * TOKEN_RESPONSE_CEILING);
    struct access_token token = { NULL, 0, 0 };
    AUTOERROR err = ERROR_INIT;
    for (size_t i = 0; i <= TOKEN_RESPONSE_CEILING; i++)
        buffer_append_byte(&blanks, ' ');
    assert_int_equal(
        token_response_parse(blanks.data, blanks.length, NOW, &token, &err),
        -1);
    assert_non_null(strstr(error_message(&err), "longer than"));
}

/* An error may end up in a log: nothing of the answer is in it. */
static void
test_errors_keep_secrets(void **state)
{
    static const char *const bodies[] = {
        "{\"access_token\":\"SECRET",
        "{\"access_token\":\"SECRET\x01\",\"expires_in\":60}",
        "{\"access_token\":\"SECRET\"}",
        "{\"access_token\":\"SECRET\",\"expires_in\":60}SECRET",
    };

    (void) state;
    for (size_t i = 0; i < ARRAY_LENGTH(bodies); i++) {
        struct access_token token = { NULL, 0, 0 };
        AUTOERROR err = ERROR_INIT;
        assert_int_equal(token_response_parse(bodies[i], strlen(bodies[i]),
                                              NOW, &token, &err),
                         -1);
        assert_null(strstr(error_message(&err), "SECRET"));
    }
}

static void
test_zero_bytes(void **state)
{
    static const char body[] = "{\"access_token\":\"T\0X\",\"expires_in\":60}";
    struct access_token token = { NULL, 0, 0 };
    AUTOERROR err = ERROR_INIT;

    (void) state;
    assert_int_equal(
        token_response_parse(body, sizeof(body) - 1, NOW, &token, &err), -1);
    assert_int_equal(token_response_parse_tool(body, sizeof(body) - 1,
                                               &azure_cli_form, &token, &err),
                     -1);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_oauth),
        cmocka_unit_test(test_azure_cli),
        cmocka_unit_test(test_ceilings),
        cmocka_unit_test(test_errors_keep_secrets),
        cmocka_unit_test(test_zero_bytes),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
