/* SPDX-License-Identifier: Apache-2.0 */
#include "entra/authority.h"

#include <stdlib.h>
#include <string.h>

#include "token/base64url.h"
#include "unit/unit.h"

static const struct token_request request = {
    .tenant = "7c0ffee0-0000-4000-8000-000000000001",
    .client = "c11e4715-0000-4000-8000-000000000001",
    .object = "0b1ec750-0000-4000-8000-000000000001",
    .audience = "https://management.azure.com/",
    .now = 1000,
};

static int
set_up(void **state)
{
    *state = authority_new(60, NULL);
    return *state != NULL ? 0 : -1;
}

static int
tear_down(void **state)
{
    authority_free(*state);
    return 0;
}

static char *
issue(struct authority *authority)
{
    struct buffer text = BUFFER_INIT(TOKEN_TEXT_MAXIMUM);

    assert_int_equal(authority_issue(authority, &request, &text), 0);
    char *token = buffer_take(&text, NULL);
    assert_non_null(token);
    return token;
}

static void
believes_its_own_tokens(void **state)
{
    char *text = issue(*state);
    char hash[17];

    for (int i = 0; i < 2; i++) {
        const struct token *token = authority_verify(*state, text, hash);
        assert_non_null(token);
        assert_string_equal(token->tenant, request.tenant);
        assert_string_equal(token->client, request.client);
        assert_string_equal(token->object, request.object);
        assert_string_equal(token->audience, request.audience);
        assert_int_equal(token->expires, 1060);
        assert_int_equal(strlen(hash), 16);
    }
    free(text);
}

static void
notices_every_altered_part(void **state)
{
    char *text = issue(*state);
    char hash[17];

    for (char *part = text; part != NULL;) {
        char *at = part + 8;
        const char kept = *at;
        *at = kept == 'A' ? 'B' : 'A';
        assert_null(authority_verify(*state, text, hash));
        *at = kept;
        part = strchr(part, '.');
        if (part != NULL)
            part++;
    }
    assert_non_null(authority_verify(*state, text, hash));
    free(text);
}

static void
refuses_what_is_no_token(void **state)
{
    static const char *const texts[] = { "",    ".",     "..",
                                         "a.b", "a.b.c", "e30.e30." };
    char hash[17];

    for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
        assert_null(authority_verify(*state, texts[i], hash));
}

static void
refuses_tokens_of_others(void **state)
{
    struct authority *other = authority_new(60, NULL);
    char hash[17];

    assert_non_null(other);
    char *text = issue(other);
    assert_null(authority_verify(*state, text, hash));
    free(text);
    authority_free(other);
}

static void
forgets_what_was_revoked(void **state)
{
    char *before = issue(*state);
    char hash[17];

    assert_non_null(authority_verify(*state, before, hash));
    authority_revoke(*state);
    assert_null(authority_verify(*state, before, hash));
    char *after = issue(*state);
    assert_non_null(authority_verify(*state, after, hash));
    free(before);
    free(after);
}

static void
base64url_is_that_of_the_rfc(void **state)
{
    static const struct {
        const char *plain;
        const char *coded;
    } rows[] = {
        { "", "" },
        { "f", "Zg" },
        { "fo", "Zm8" },
        { "foo", "Zm9v" },
        { "foob", "Zm9vYg" },
        { "fooba", "Zm9vYmE" },
        { "\xff\xfe", "__4" },
    };

    (void) state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct buffer text = BUFFER_INIT(64);
        struct buffer back = BUFFER_INIT(64);
        assert_int_equal(
            base64url_encode(&text, rows[i].plain, strlen(rows[i].plain)), 0);
        assert_string_equal(buffer_text(&text), rows[i].coded);
        assert_int_equal(
            base64url_decode(&back, buffer_text(&text), text.length), 0);
        assert_string_equal(buffer_text(&back), rows[i].plain);
        buffer_done(&text);
        buffer_done(&back);
    }
    struct buffer back = BUFFER_INIT(64);
    assert_int_equal(base64url_decode(&back, "Zg==", 4), -1);
    assert_int_equal(base64url_decode(&back, "Z", 1), -1);
    buffer_done(&back);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(believes_its_own_tokens),
        cmocka_unit_test(notices_every_altered_part),
        cmocka_unit_test(refuses_what_is_no_token),
        cmocka_unit_test(refuses_tokens_of_others),
        cmocka_unit_test(forgets_what_was_revoked),
        cmocka_unit_test(base64url_is_that_of_the_rfc),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}
