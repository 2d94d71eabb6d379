/* SPDX-License-Identifier: Apache-2.0 */
/* The proof that a client has its key: verified here with OpenSSL alone. */
#include <jansson.h>
#include <openssl/rsa.h>
#include <openssl/sha.h>
#include <stdlib.h>
#include <string.h>

#include "base/cleanup.h"
#include "base/text.h"
#include "unit/identity/certificate_fixture.h"
#include "identity/token/base64.h"
#include "identity/certificate/client_assertion.h"
#include "unit/unit.h"

#define CLIENT "11111111-2222-4333-8444-555555555555"
#define URL "https://login.microsoftonline.com/contoso.nl/oauth2/v2.0/token"
#define NOW INT64_C(1800000000)
#define DAY (24 * 60 * 60L)

static struct client_certificate certificate;

static int
certificate_prepare(void **state)
{
    struct certificate_plan plan = { "Root", EVP_RSA_gen(2048),
                                     NULL,   NULL,
                                     -DAY,   DAY };
    X509 *root = certificate_make(&plan);
    EVP_PKEY *root_key = plan.key;

    (void) state;
    plan = (struct certificate_plan){ "piket", EVP_RSA_gen(2048),
                                      root,    root_key,
                                      -DAY,    DAY };
    certificate.key = plan.key;
    certificate.chain = sk_X509_new_null();
    (void) sk_X509_push(certificate.chain, certificate_make(&plan));
    (void) sk_X509_push(certificate.chain, root);
    EVP_PKEY_free(root_key);
    return 0;
}

static int
certificate_forget(void **state)
{
    (void) state;
    client_certificate_done(&certificate);
    return 0;
}

struct parts {
    json_t *header, *claims;
    struct buffer signature;
    size_t signed_length;
};

static json_t *
part_read(const char *text, size_t length)
{
    AUTOBUFFER bytes = BUFFER_INIT(CLIENT_ASSERTION_CEILING);

    assert_int_equal(strspn(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                  "abcdefghijklmnopqrstuvwxyz0123456789-_"),
                     length);
    assert_int_equal(base64_decode(&bytes, text, length), 0);
    json_t *part = json_loadb(bytes.data, bytes.length, 0, NULL);
    assert_non_null(part);
    return part;
}

static void
parts_read(struct parts *parts, const char *text)
{
    const char *first = strchr(text, '.');
    const char *second = first != NULL ? strchr(first + 1, '.') : NULL;

    assert_non_null(second);
    *parts = (struct parts){ .signature = BUFFER_INIT(1024) };
    parts->header = part_read(text, (size_t) (first - text));
    parts->claims = part_read(first + 1, (size_t) (second - first - 1));
    parts->signed_length = (size_t) (second - text);
    assert_int_equal(
        base64_decode(&parts->signature, second + 1, strlen(second + 1)), 0);
    assert_null(strchr(second, '='));
}

static void
parts_done(struct parts *parts)
{
    json_decref(parts->header);
    json_decref(parts->claims);
    buffer_done(&parts->signature);
}

/* PS256: PSS, SHA-256, and a salt of exactly 32 bytes. */
static void
expect_signed(const struct parts *parts, const char *text)
{
    EVP_MD_CTX *context = EVP_MD_CTX_new();
    EVP_PKEY_CTX *way = NULL;
    EVP_PKEY *key = X509_get0_pubkey(client_certificate_leaf(&certificate));

    assert_int_equal(
        EVP_DigestVerifyInit(context, &way, EVP_sha256(), NULL, key), 1);
    assert_int_equal(EVP_PKEY_CTX_set_rsa_padding(way, RSA_PKCS1_PSS_PADDING),
                     1);
    assert_int_equal(EVP_PKEY_CTX_set_rsa_pss_saltlen(way, 32), 1);
    assert_int_equal(
        EVP_DigestVerify(context,
                         (const unsigned char *) parts->signature.data,
                         parts->signature.length, (const unsigned char *) text,
                         parts->signed_length),
        1);
    EVP_MD_CTX_free(context);
}

static void
expect_text(const json_t *object, const char *name, const char *value)
{
    const char *text = json_string_value(json_object_get(object, name));

    assert_non_null(text);
    assert_string_equal(text, value);
}

static void
assertion_make(struct buffer *text, bool send_chain)
{
    const struct client_assertion_request request = { CLIENT, URL,
                                                      NOW * 1000 + 999,
                                                      send_chain };
    AUTOERROR err = ERROR_INIT;

    if (client_assertion_make(text, &certificate, &request, &err) < 0)
        fail_msg("%s", error_message(&err));
}

static void
test_assertion(void **state)
{
    AUTOBUFFER text = BUFFER_SECRET_INIT(CLIENT_ASSERTION_CEILING);
    AUTOBUFFER thumbprint = BUFFER_INIT(64);
    unsigned char digest[SHA256_DIGEST_LENGTH];
    struct parts parts;

    (void) state;
    assertion_make(&text, false);
    parts_read(&parts, text.data);
    expect_signed(&parts, text.data);
    assert_int_equal(X509_digest(client_certificate_leaf(&certificate),
                                 EVP_sha256(), digest, NULL),
                     1);
    base64_encode_url(&thumbprint, (const char *) digest, sizeof(digest));
    assert_int_equal(thumbprint.length, 43); /* not padded */
    assert_int_equal(json_object_size(parts.header), 3);
    expect_text(parts.header, "alg", "PS256");
    expect_text(parts.header, "typ", "JWT");
    expect_text(parts.header, "x5t#S256", thumbprint.data);
    assert_int_equal(json_object_size(parts.claims), 7);
    expect_text(parts.claims, "aud", URL);
    expect_text(parts.claims, "iss", CLIENT);
    expect_text(parts.claims, "sub", CLIENT);
    assert_true(
        text_is_uuid(json_string_value(json_object_get(parts.claims, "jti"))));
    assert_int_equal(json_integer_value(json_object_get(parts.claims, "iat")),
                     NOW);
    assert_int_equal(json_integer_value(json_object_get(parts.claims, "nbf")),
                     NOW);
    assert_int_equal(json_integer_value(json_object_get(parts.claims, "exp")),
                     NOW + 600);
    parts_done(&parts);
}

static void
test_chain(void **state)
{
    AUTOBUFFER text = BUFFER_SECRET_INIT(CLIENT_ASSERTION_CEILING);
    struct parts parts;
    size_t index;
    const json_t *one;

    (void) state;
    assertion_make(&text, true);
    parts_read(&parts, text.data);
    expect_signed(&parts, text.data);
    const json_t *chain = json_object_get(parts.header, "x5c");
    assert_int_equal(json_array_size(chain), 2);
    for (index = 0; index < 2; index++) {
        AUTOBUFFER der = BUFFER_INIT(8 * 1024);
        one = json_array_get(chain, index);
        assert_int_equal(json_string_length(one) % 4, 0); /* padded */
        assert_null(strpbrk(json_string_value(one), "-_\n"));
        assert_int_equal(base64_decode(&der, json_string_value(one),
                                       json_string_length(one)),
                         0);
        const unsigned char *next = (const unsigned char *) der.data;
        X509 *sent = d2i_X509(NULL, &next, (long) der.length);
        assert_non_null(sent);
        assert_int_equal(
            X509_cmp(sent, sk_X509_value(certificate.chain, (int) index)), 0);
        X509_free(sent);
    }
    parts_done(&parts);
}

/* Each is one of its own. */
static void
test_unique(void **state)
{
    AUTOBUFFER first = BUFFER_SECRET_INIT(CLIENT_ASSERTION_CEILING);
    AUTOBUFFER second = BUFFER_SECRET_INIT(CLIENT_ASSERTION_CEILING);
    struct parts one, other;

    (void) state;
    assertion_make(&first, false);
    assertion_make(&second, false);
    parts_read(&one, first.data);
    parts_read(&other, second.data);
    assert_string_not_equal(
        json_string_value(json_object_get(one.claims, "jti")),
        json_string_value(json_object_get(other.claims, "jti")));
    parts_done(&one);
    parts_done(&other);
}

/* A key that is too small for the signature's form. */
static void
test_small_key(void **state)
{
    AUTOBUFFER text = BUFFER_SECRET_INIT(CLIENT_ASSERTION_CEILING);
    const struct client_assertion_request request = { CLIENT, URL, NOW * 1000,
                                                      false };
    struct client_certificate small = { EVP_RSA_gen(512), certificate.chain };
    AUTOERROR err = ERROR_INIT;

    (void) state;
    assert_non_null(small.key);
    assert_int_equal(client_assertion_make(&text, &small, &request, &err), -1);
    assert_string_equal(error_message(&err),
                        "the certificate's key cannot sign");
    assert_non_null(strstr(err.advice, "2048"));
    EVP_PKEY_free(small.key);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_assertion),
        cmocka_unit_test(test_chain),
        cmocka_unit_test(test_unique),
        cmocka_unit_test(test_small_key),
    };

    return cmocka_run_group_tests(tests, certificate_prepare,
                                  certificate_forget);
}
