/* SPDX-License-Identifier: Apache-2.0 */
/* WWW-Authenticate headers, and the claims parameter made of them. */
#include <string.h>

#include "base/cleanup.h"
#include "identity/token/claims_challenge.h"
#include "identity/entra/entra_claims.h"
#include "unit/unit.h"

#define NBF "{\"access_token\":{\"nbf\":{\"essential\":true}}}"
#define NBF_BASE64 "eyJhY2Nlc3NfdG9rZW4iOnsibmJmIjp7ImVzc2VudGlhbCI6dHJ1ZX19fQ"

static const struct {
    const char *header;
    const char *claims;
} headers[] = {
    /* As ARM sends it. */
    { "Bearer authorization_uri=\"https://login.windows.net/common\", "
      "error=\"insufficient_claims\", claims=\"" NBF_BASE64 "==\"",
      NBF },
    { "Bearer realm=\"\", error=\"invalid_token\", "
      "error_description=\"a \\\"b\\\", c=d\", claims=\"" NBF_BASE64 "\"",
      NBF },
    { "bearer CLAIMS=" NBF_BASE64 ",ERROR=Insufficient_Claims", NBF },
    { "Bearer claims = \"" NBF_BASE64 "==\" , error = \"invalid_token\"",
      NBF },
    /* Among other challenges. */
    { "PoP error=\"insufficient_claims\", claims=\"e30=\", Bearer "
      "error=\"insufficient_claims\", claims=\"" NBF_BASE64 "==\"",
      NBF },
    { "Bearer error=\"insufficient_claims\", claims=\"" NBF_BASE64
      "==\", Basic realm=\"x\"",
      NBF },
    { "Negotiate YII==, Bearer error=\"invalid_token\", "
      "claims=\"" NBF_BASE64 "==\"",
      NBF },
    /* No claims. */
    { NULL, NULL },
    { "", NULL },
    { "Bearer", NULL },
    { "Bearer error=\"invalid_token\"", NULL },
    { "Bearer claims=\"" NBF_BASE64 "==\"", NULL },
    { "Bearer error=\"other\", claims=\"" NBF_BASE64 "==\"", NULL },
    { "PoP error=\"insufficient_claims\", claims=\"" NBF_BASE64 "==\"", NULL },
    { "error=\"insufficient_claims\", claims=\"" NBF_BASE64 "==\"", NULL },
    /* The claims of one challenge with the error of another. */
    { "Bearer claims=\"" NBF_BASE64 "==\", PoP error=\"insufficient_claims\"",
      NULL },
    { "PoP error=\"insufficient_claims\", Bearer claims=\"" NBF_BASE64 "==\"",
      NULL },
    { "PoP claims=\"" NBF_BASE64 "==\", Bearer error=\"invalid_token\"",
      NULL },
    /* Not base64, not JSON, not an object. */
    { "Bearer error=\"invalid_token\", claims=\"!!!\"", NULL },
    { "Bearer error=\"invalid_token\", claims=\"eyJh\"", NULL },
    { "Bearer error=\"invalid_token\", claims=\"W10=\"", NULL },
    { "Bearer error=\"invalid_token\", claims=\"\"", NULL },
    /* Cut off, and rubbish. */
    { "Bearer error=\"invalid_token\", claims=\"", NULL },
    { "Bearer error=\"invalid_token\\", NULL },
    { "Bearer =,=,==\"\"\"(;@", NULL },
    { "\xff\xfe@@@===", NULL },
};

static void
test_headers(void **state)
{
    (void) state;
    for (size_t i = 0; i < ARRAY_LENGTH(headers); i++) {
        AUTOFREE char *claims = claims_challenge_read(headers[i].header);
        if (headers[i].claims == NULL) {
            if (claims != NULL)
                fail_msg("%s: %s", headers[i].header, claims);
            continue;
        }
        if (claims == NULL)
            fail_msg("%s", headers[i].header);
        assert_string_equal(claims, headers[i].claims);
    }
}

static void
test_claims_parameter(void **state)
{
    static const struct {
        const char *challenge, *claims;
    } samples[] = {
        { NULL, "{\"access_token\":{\"xms_cc\":{\"values\":[\"CP1\"]}}}" },
        { NBF, "{\"access_token\":{\"xms_cc\":{\"values\":[\"CP1\"]},"
               "\"nbf\":{\"essential\":true}}}" },
        { "{\"id_token\":null}",
          "{\"access_token\":{\"xms_cc\":{\"values\":[\"CP1\"]}},"
          "\"id_token\":null}" },
        { "{\"access_token\":{\"xms_cc\":{\"values\":[\"cp2\"]}}}",
          "{\"access_token\":{\"xms_cc\":{\"values\":[\"cp2\"]}}}" },
    };

    (void) state;
    for (size_t i = 0; i < ARRAY_LENGTH(samples); i++) {
        AUTOERROR err = ERROR_INIT;
        AUTOFREE char *claims = entra_claims_make(samples[i].challenge, &err);
        assert_non_null(claims);
        assert_string_equal(claims, samples[i].claims);
    }

    AUTOERROR err = ERROR_INIT;
    assert_null(entra_claims_make("[]", &err));
    assert_non_null(strstr(error_message(&err), "not a JSON object"));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_headers),
        cmocka_unit_test(test_claims_parameter),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
