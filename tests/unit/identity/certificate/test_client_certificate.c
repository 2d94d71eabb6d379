/* SPDX-License-Identifier: Apache-2.0 */
/* Files with a certificate and its key, in every form that people have. */
#include <openssl/err.h>
#include <openssl/pkcs12.h>
#include <openssl/rsa.h>
#include <openssl/x509v3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/cleanup.h"
#include "base/clock.h"
#include "base/file.h"
#include "unit/identity/certificate_fixture.h"
#include "identity/certificate/certificate_file.h"
#include "identity/certificate/client_certificate.h"
#include "identity/certificate/key_derivation.h"
#include "unit/unit.h"

#define PASSWORD "geheim \xc3\xa9\xe2\x82\xac"
#define OTHER "an0ther"
#define DAY (24 * 60 * 60L)

static EVP_PKEY *key, *root_key, *middle_key, *elliptic_key;
static X509 *root, *middle, *leaf, *alone;

static X509 *
make(const char *name, EVP_PKEY *of, X509 *issuer, EVP_PKEY *issuer_key)
{
    const struct certificate_plan plan = { name,       of,   issuer,
                                           issuer_key, -DAY, DAY };

    return certificate_make(&plan);
}

static int
all_make(void **state)
{
    (void) state;
    key = EVP_RSA_gen(2048);
    root_key = EVP_RSA_gen(2048);
    middle_key = EVP_RSA_gen(2048);
    elliptic_key = EVP_EC_gen("P-256");
    root = make("Root", root_key, NULL, NULL);
    middle = make("Middle", middle_key, root, root_key);
    leaf = make("piket", key, middle, middle_key);
    alone = make("piket", key, NULL, NULL);
    return 0;
}

static int
all_free(void **state)
{
    (void) state;
    EVP_PKEY_free(key);
    EVP_PKEY_free(root_key);
    EVP_PKEY_free(middle_key);
    EVP_PKEY_free(elliptic_key);
    X509_free(root);
    X509_free(middle);
    X509_free(leaf);
    X509_free(alone);
    return 0;
}

static int
parse(struct client_certificate *certificate, const struct buffer *bytes,
      const char *password, struct error *err)
{
    const int result =
        client_certificate_parse(certificate, buffer_text(bytes),
                                 bytes->length, password, clock_now(), err);

    /* Nothing is left behind for whoever uses OpenSSL next, and no secret is
     * told. */
    assert_int_equal(ERR_peek_error(), 0);
    assert_null(strstr(error_message(err), PASSWORD));
    assert_null(strstr(error_message(err), OTHER));
    return result;
}

/* The file holds this certificate with the key, and a chain of this length. */
static void
expect(const struct buffer *bytes, const char *password, X509 *certificate,
       int chain)
{
    AUTOCLIENTCERTIFICATE found = CLIENT_CERTIFICATE_INIT;
    AUTOERROR err = ERROR_INIT;

    if (parse(&found, bytes, password, &err) < 0)
        fail_msg("%s", error_message(&err));
    assert_int_equal(X509_cmp(client_certificate_leaf(&found), certificate),
                     0);
    assert_int_equal(EVP_PKEY_eq(found.key, key), 1);
    assert_int_equal(sk_X509_num(found.chain), chain);
}

static void
expect_refused(const struct buffer *bytes, const char *password,
               const char *message)
{
    AUTOCLIENTCERTIFICATE found = CLIENT_CERTIFICATE_INIT;
    AUTOERROR err = ERROR_INIT;

    assert_int_equal(parse(&found, bytes, password, &err), -1);
    assert_string_equal(error_message(&err), message);
    assert_non_null(err.advice);
    assert_null(found.key);
    assert_null(found.chain);
}

#define TEXT(name) AUTOBUFFER name = BUFFER_INIT(CERTIFICATE_FILE_CEILING)

static void
test_pem(void **state)
{
    TEXT(file);
    TEXT(turned);
    TEXT(older);

    (void) state;
    buffer_append_text(&file, "Bag Attributes\n    friendlyName: piket\n");
    pem_append_certificate(&file, alone);
    pem_append_key(&file, key, NULL);
    expect(&file, NULL, alone, 1);
    expect(&file, PASSWORD, alone, 1); /* which nothing needs */

    pem_append_key(&turned, key, NULL);
    pem_append_certificate(&turned, alone);
    expect(&turned, NULL, alone, 1);

    pem_append_traditional_key(&older, key, NULL);
    pem_append_certificate(&older, alone);
    expect(&older, NULL, alone, 1);
}

static void
test_encrypted_pem(void **state)
{
    (void) state;
    for (int i = 0; i < 2; i++) {
        TEXT(file);
        pem_append_certificate(&file, alone);
        if (i == 0)
            pem_append_key(&file, key, PASSWORD);
        else
            pem_append_traditional_key(&file, key, PASSWORD);
        expect(&file, PASSWORD, alone, 1);
        expect_refused(&file, OTHER, "the password does not open it");
        expect_refused(&file, NULL,
                       "the key is encrypted, and there is no password");
    }
}

/* In whatever order, the key's own is found and its issuers follow it; what
 * is of another chain stays out. */
static void
test_chain(void **state)
{
    X509 *const orders[][4] = { { leaf, middle, root, NULL },
                                { root, middle, leaf, NULL },
                                { middle, root, leaf, leaf } };
    X509 *stranger = make("Stranger", middle_key, NULL, NULL);

    (void) state;
    for (size_t i = 0; i < ARRAY_LENGTH(orders); i++) {
        AUTOCLIENTCERTIFICATE found = CLIENT_CERTIFICATE_INIT;
        AUTOERROR err = ERROR_INIT;
        TEXT(file);
        pem_append_certificate(&file, stranger);
        for (size_t j = 0; j < 4 && orders[i][j] != NULL; j++)
            pem_append_certificate(&file, orders[i][j]);
        pem_append_key(&file, key, NULL);
        assert_int_equal(parse(&found, &file, NULL, &err), 0);
        assert_int_equal(sk_X509_num(found.chain), 3);
        assert_int_equal(X509_cmp(sk_X509_value(found.chain, 0), leaf), 0);
        assert_int_equal(X509_cmp(sk_X509_value(found.chain, 1), middle), 0);
        assert_int_equal(X509_cmp(sk_X509_value(found.chain, 2), root), 0);
    }
    X509_free(stranger);
}

/* Two that issued each other make no chain without end. */
static void
test_circle(void **state)
{
    X509 *first = make("First", key, NULL, NULL);
    const struct certificate_plan second_plan = { "Second", middle_key, first,
                                                  key,      -DAY,       DAY };
    X509 *second = certificate_make(&second_plan);
    const struct certificate_plan again_plan = { "First",    key,  second,
                                                 middle_key, -DAY, 2 * DAY };
    X509 *again = certificate_make(&again_plan);
    TEXT(file);

    (void) state;
    pem_append_certificate(&file, again);
    pem_append_certificate(&file, second);
    pem_append_key(&file, key, NULL);
    expect(&file, NULL, again, 2);
    X509_free(first);
    X509_free(second);
    X509_free(again);
}

/* Of two with the same key, as after a renewal, the one that ends last. */
static void
test_renewed(void **state)
{
    const struct certificate_plan plan = { "piket", key,  NULL,
                                           NULL,    -DAY, 9 * DAY };
    const struct certificate_plan old_plan = { "piket", key,      NULL,
                                               NULL,    -2 * DAY, -1 * DAY };
    X509 *renewed = certificate_make(&plan);
    X509 *old = certificate_make(&old_plan);
    TEXT(file);

    (void) state;
    pem_append_certificate(&file, old);
    pem_append_certificate(&file, renewed);
    pem_append_certificate(&file, alone);
    pem_append_key(&file, key, NULL);
    expect(&file, NULL, renewed, 1);
    X509_free(renewed);
    X509_free(old);
}

static void
test_lifetime(void **state)
{
    const struct certificate_plan ended = { "piket", key,      NULL,
                                            NULL,    -2 * DAY, -DAY };
    const struct certificate_plan begins = { "piket", key, NULL,
                                             NULL,    DAY, 2 * DAY };
    const struct {
        const struct certificate_plan *plan;
        const char *message;
    } lifetimes[] = { { &ended, "the certificate ended at 2" },
                      { &begins, "the certificate begins at 2" } };

    (void) state;
    for (size_t i = 0; i < ARRAY_LENGTH(lifetimes); i++) {
        AUTOCLIENTCERTIFICATE found = CLIENT_CERTIFICATE_INIT;
        AUTOERROR err = ERROR_INIT;
        TEXT(file);
        X509 *certificate = certificate_make(lifetimes[i].plan);
        pem_append_certificate(&file, certificate);
        pem_append_key(&file, key, NULL);
        assert_int_equal(parse(&found, &file, NULL, &err), -1);
        if (strstr(error_message(&err), lifetimes[i].message)
            != error_message(&err))
            fail_msg("%s", error_message(&err));
        assert_non_null(err.advice);
        X509_free(certificate);
    }
}

/* AES as OpenSSL 3 writes; 3DES, and RC2 with it, as Windows wrote, which
 * only OpenSSL's legacy provider opens; with a password, an empty one, and
 * none. */
static void
test_pkcs12(void **state)
{
    static const struct {
        int key_algorithm, certificate_algorithm;
    } algorithms[] = {
        { 0, 0 },
        { NID_pbe_WithSHA1And3_Key_TripleDES_CBC,
          NID_pbe_WithSHA1And3_Key_TripleDES_CBC },
        { NID_pbe_WithSHA1And3_Key_TripleDES_CBC,
          NID_pbe_WithSHA1And40BitRC2_CBC },
    };
    static const char *const passwords[] = { PASSWORD, "", NULL };

    (void) state;
    for (size_t i = 0; i < ARRAY_LENGTH(algorithms); i++)
        for (size_t j = 0; j < ARRAY_LENGTH(passwords); j++) {
            const struct pkcs12_plan plan = {
                .key = key,
                .certificate = leaf,
                .other = middle,
                .password = passwords[j],
                .key_algorithm = algorithms[i].key_algorithm,
                .certificate_algorithm = algorithms[i].certificate_algorithm,
            };
            TEXT(file);
            pkcs12_append(&file, &plan);
            /* The environment knows no empty text: it is none. */
            expect(&file, j == 0 ? PASSWORD : NULL, leaf, 2);
            expect_refused(&file, OTHER, "the password does not open it");
            if (j == 0)
                expect_refused(&file, NULL,
                               "the key is encrypted, and there is no "
                               "password");
        }
}

static void
test_old_pem(void **state)
{
    TEXT(file);
    TEXT(traditional);

    (void) state;
    pem_append_certificate(&file, alone);
    pem_append_old_key(&file, key, PASSWORD);
    expect(&file, PASSWORD, alone, 1);
    expect_refused(&file, OTHER, "the password does not open it");
    pem_append_certificate(&traditional, alone);
    pem_append_old_traditional_key(&traditional, key, PASSWORD);
    expect_refused(&traditional, PASSWORD,
                   "the private key in it is encrypted with an algorithm "
                   "that is too old");
}

/* What opened an old file is not there for anything else. */
static void
test_legacy_stays_apart(void **state)
{
    const struct pkcs12_plan plan = {
        .key = key,
        .certificate = alone,
        .password = PASSWORD,
        .certificate_algorithm = NID_pbe_WithSHA1And40BitRC2_CBC,
    };
    TEXT(file);

    (void) state;
    pkcs12_append(&file, &plan);
    expect(&file, PASSWORD, alone, 1);
    assert_null(EVP_CIPHER_fetch(NULL, "RC2-40-CBC", NULL));
    ERR_clear_error();
}

static void
expect_cost(X509_ALGOR *algorithm, int result)
{
    AUTOERROR err = ERROR_INIT;
    int64_t sum = 0;

    assert_non_null(algorithm);
    assert_int_equal(key_derivation_check(algorithm, &sum, &err), result);
    X509_ALGOR_free(algorithm);
}

static void
test_derivations(void **state)
{
    const int most = KEY_DERIVATION_CEILING;
    const int old = NID_pbe_WithSHA1And3_Key_TripleDES_CBC;

    (void) state;
    expect_cost(PKCS5_pbe2_set(EVP_aes_256_cbc(), most, NULL, 0), 0);
    expect_cost(PKCS5_pbe2_set(EVP_aes_256_cbc(), most + 1, NULL, 0), -1);
    expect_cost(PKCS5_pbe2_set(EVP_aes_256_cbc(), INT32_MAX, NULL, 0), -1);
    expect_cost(PKCS5_pbe_set(old, most, NULL, 0), 0);
    expect_cost(PKCS5_pbe_set(old, most + 1, NULL, 0), -1);
    /* scrypt as OpenSSL makes it, and for an hour in little memory. */
    expect_cost(
        PKCS5_pbe2_set_scrypt(EVP_aes_256_cbc(), NULL, 0, NULL, 16384, 8, 1),
        0);
    expect_cost(PKCS5_pbe2_set_scrypt(EVP_aes_256_cbc(), NULL, 0, NULL,
                                      1 << 15, 1, 1 << 15),
                -1);
}

/* It says that its password is hashed for an hour; nobody waits for that. */
static void
test_costly_file(void **state)
{
    const struct pkcs12_plan plan = { .key = key,
                                      .certificate = alone,
                                      .password = PASSWORD };
    const ASN1_INTEGER *count = NULL;
    TEXT(file);
    TEXT(costly);
    unsigned char *der = NULL;

    (void) state;
    pkcs12_append(&file, &plan);
    const unsigned char *next = (const unsigned char *) file.data;
    PKCS12 *pkcs12 = d2i_PKCS12(NULL, &next, (long) file.length);
    PKCS12_get0_mac(NULL, NULL, NULL, &count, pkcs12);
    assert_int_equal(
        ASN1_INTEGER_set((ASN1_INTEGER *) (uintptr_t) count, INT32_MAX), 1);
    const int length = i2d_PKCS12(pkcs12, &der);
    buffer_append(&costly, der, (size_t) length);
    OPENSSL_free(der);
    PKCS12_free(pkcs12);
    expect_refused(&costly, PASSWORD,
                   "its password is hashed more than 1000000 times");
}

/* A key whose encryption says the same. */
static PKCS12_SAFEBAG *
make_costly_bag(void)
{
    PKCS8_PRIV_KEY_INFO *information = EVP_PKEY2PKCS8(key);
    X509_SIG *encrypted = PKCS8_encrypt(-1, EVP_aes_256_cbc(), PASSWORD, -1,
                                        NULL, 0, 1, information);
    X509_ALGOR *costly = PKCS5_pbe2_set(EVP_aes_256_cbc(), INT32_MAX, NULL, 0);
    X509_ALGOR *algorithm = NULL;

    X509_SIG_getm(encrypted, &algorithm, NULL);
    assert_int_equal(X509_ALGOR_copy(algorithm, costly), 1);
    X509_ALGOR_free(costly);
    PKCS8_PRIV_KEY_INFO_free(information);
    return PKCS12_SAFEBAG_create0_pkcs8(encrypted);
}

/* A bag that holds this one, which is released: safeContentsBag. */
static PKCS12_SAFEBAG *
make_outer_bag(PKCS12_SAFEBAG *inner)
{
    static const unsigned char kind[] = { 0x06, 0x0b, 0x2a, 0x86, 0x48,
                                          0x86, 0xf7, 0x0d, 0x01, 0x0c,
                                          0x0a, 0x01, 0x06 };
    unsigned char bytes[4096], *end = bytes;
    const unsigned char *next = bytes;
    const int length = i2d_PKCS12_SAFEBAG(inner, NULL);
    const int list = ASN1_object_size(1, length, V_ASN1_SEQUENCE);
    const int explicit = ASN1_object_size(1, list, 0);

    assert_true(length < 3 * 1024);
    ASN1_put_object(&end, 1, (int) sizeof(kind) + explicit, V_ASN1_SEQUENCE,
                    V_ASN1_UNIVERSAL);
    memcpy(end, kind, sizeof(kind));
    end += sizeof(kind);
    ASN1_put_object(&end, 1, list, 0, V_ASN1_CONTEXT_SPECIFIC);
    ASN1_put_object(&end, 1, length, V_ASN1_SEQUENCE, V_ASN1_UNIVERSAL);
    (void) i2d_PKCS12_SAFEBAG(inner, &end);
    PKCS12_SAFEBAG_free(inner);
    return d2i_PKCS12_SAFEBAG(NULL, &next, end - bytes);
}

/* However deep it lies in the file, nobody waits for it. */
static void
expect_hidden_cost(bool nested, bool encrypted)
{
    STACK_OF(PKCS12_SAFEBAG) *bags = sk_PKCS12_SAFEBAG_new_null();
    STACK_OF(PKCS7) *safes = sk_PKCS7_new_null();
    PKCS12_SAFEBAG *bag = make_costly_bag();
    unsigned char *der = NULL;
    TEXT(file);

    if (nested)
        bag = make_outer_bag(bag);
    assert_non_null(bag);
    sk_PKCS12_SAFEBAG_push(bags, bag);
    sk_PKCS7_push(safes, encrypted ? PKCS12_pack_p7encdata(
                             NID_aes_256_cbc, PASSWORD, -1, NULL, 0, 1, bags)
                                   : PKCS12_pack_p7data(bags));
    PKCS12 *pkcs12 = PKCS12_add_safes(safes, NID_pkcs7_data);
    assert_int_equal(
        PKCS12_set_mac(pkcs12, PASSWORD, -1, NULL, 0, 1, EVP_sha256()), 1);
    const int length = i2d_PKCS12(pkcs12, &der);
    buffer_append(&file, der, (size_t) length);
    OPENSSL_free(der);
    PKCS12_free(pkcs12);
    sk_PKCS7_pop_free(safes, PKCS7_free);
    sk_PKCS12_SAFEBAG_pop_free(bags, PKCS12_SAFEBAG_free);
    expect_refused(&file, PASSWORD,
                   "its password is hashed more than 1000000 times");
}

static void
test_hidden_costs(void **state)
{
    (void) state;
    expect_hidden_cost(false, false);
    expect_hidden_cost(true, false);
    expect_hidden_cost(false, true);
    expect_hidden_cost(true, true);
}

/* Many that are cheap are dear together. */
static void
test_sum_of_derivations(void **state)
{
    AUTOERROR err = ERROR_INIT;
    X509_ALGOR *half =
        PKCS5_pbe2_set(EVP_aes_256_cbc(), KEY_DERIVATION_CEILING / 2, NULL, 0);
    int64_t sum = 0;

    (void) state;
    assert_int_equal(key_derivation_check(half, &sum, &err), 0);
    assert_int_equal(key_derivation_check(half, &sum, &err), 0);
    assert_int_equal(key_derivation_check(half, &sum, &err), -1);
    X509_ALGOR_free(half);
}

static void
test_other_contents(void **state)
{
    X509 *elliptic = make("piket", elliptic_key, NULL, NULL);
    TEXT(none);
    TEXT(only_key);
    TEXT(only_certificate);
    TEXT(foreign);
    TEXT(twice);
    TEXT(curve);

    (void) state;
    expect_refused(&none, NULL, "it is empty");
    buffer_append_text(&none, "MIIKkwIBAzCCCk8GCSqGSIb3");
    expect_refused(&none, NULL, "it is neither PEM nor PKCS#12");
    pem_append_key(&only_key, key, NULL);
    expect_refused(&only_key, NULL, "it holds no certificate");
    pem_append_certificate(&only_certificate, alone);
    expect_refused(&only_certificate, NULL, "it holds no private key");
    pem_append_certificate(&foreign, root);
    pem_append_key(&foreign, key, NULL);
    expect_refused(&foreign, NULL, "none of its certificates is of its key");
    pem_append_key(&twice, key, NULL);
    pem_append_certificate(&twice, alone);
    pem_append_key(&twice, root_key, NULL);
    expect_refused(&twice, NULL, "it holds more than one private key");
    pem_append_certificate(&curve, elliptic);
    pem_append_key(&curve, elliptic_key, NULL);
    expect_refused(&curve, NULL, "its key is EC, and Entra takes only RSA");
    X509_free(elliptic);
}

/* A certificate as the portal gives it back: DER, without a key. */
static void
test_der(void **state)
{
    unsigned char *der = NULL;
    const int length = i2d_X509(alone, &der);
    TEXT(file);

    (void) state;
    assert_true(length > 0);
    buffer_append(&file, der, (size_t) length);
    OPENSSL_free(der);
    expect_refused(&file, NULL,
                   "it holds a certificate without its private key");
    file.data[1] = 0x01;
    expect_refused(&file, NULL, "it is neither PEM nor PKCS#12");
}

static void
test_broken(void **state)
{
    AUTOCLIENTCERTIFICATE found = CLIENT_CERTIFICATE_INIT;
    TEXT(file);
    AUTOERROR cut = ERROR_INIT;
    AUTOERROR many = ERROR_INIT;

    (void) state;
    pem_append_key(&file, key, NULL);
    for (size_t length = 0; length < file.length; length += 97) {
        AUTOERROR err = ERROR_INIT;
        assert_int_equal(client_certificate_parse(&found, file.data, length,
                                                  NULL, clock_now(), &err),
                         -1);
        assert_non_null(err.message);
    }
    for (int i = 0; i <= CERTIFICATE_FILE_CERTIFICATES; i++)
        pem_append_certificate(&file, alone);
    assert_int_equal(parse(&found, &file, NULL, &many), -1);
    assert_string_equal(error_message(&many),
                        "it holds more than 32 certificates");
    assert_int_equal(client_certificate_parse(&found, file.data,
                                              CERTIFICATE_FILE_CEILING + 1,
                                              NULL, clock_now(), &cut),
                     -1);
    assert_string_equal(error_message(&cut), "it is larger than 262144 bytes");
}

static void
test_read(void **state)
{
    char path[] = "/tmp/piket-certificate.XXXXXX";
    AUTOCLOSE int descriptor = mkstemp(path);
    AUTOCLIENTCERTIFICATE found = CLIENT_CERTIFICATE_INIT;
    AUTOCLIENTCERTIFICATE none = CLIENT_CERTIFICATE_INIT;
    AUTOBUFFER message = BUFFER_INIT(256);
    AUTOERROR err = ERROR_INIT;
    AUTOERROR absent = ERROR_INIT;
    TEXT(file);

    (void) state;
    pem_append_certificate(&file, alone);
    pem_append_key(&file, key, PASSWORD);
    assert_int_equal(file_write_all(descriptor, file.data, file.length), 0);
    assert_int_equal(
        client_certificate_read(&found, path, PASSWORD, clock_now(), &err), 0);
    assert_int_equal(
        client_certificate_read(&none, path, OTHER, clock_now(), &err), -1);
    buffer_printf(&message, "%s: the password does not open it", path);
    assert_string_equal(error_message(&err), buffer_text(&message));
    assert_int_equal(unlink(path), 0);
    assert_int_equal(
        client_certificate_read(&none, path, NULL, clock_now(), &absent), -1);
    buffer_clear(&message);
    buffer_printf(&message, "%s: No such file or directory", path);
    assert_string_equal(error_message(&absent), buffer_text(&message));
    assert_non_null(strstr(absent.advice, "AZURE_CLIENT_CERTIFICATE_PATH"));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_pem),
        cmocka_unit_test(test_encrypted_pem),
        cmocka_unit_test(test_chain),
        cmocka_unit_test(test_circle),
        cmocka_unit_test(test_renewed),
        cmocka_unit_test(test_lifetime),
        cmocka_unit_test(test_pkcs12),
        cmocka_unit_test(test_old_pem),
        cmocka_unit_test(test_legacy_stays_apart),
        cmocka_unit_test(test_derivations),
        cmocka_unit_test(test_costly_file),
        cmocka_unit_test(test_hidden_costs),
        cmocka_unit_test(test_sum_of_derivations),
        cmocka_unit_test(test_other_contents),
        cmocka_unit_test(test_der),
        cmocka_unit_test(test_broken),
        cmocka_unit_test(test_read),
    };

    return cmocka_run_group_tests(tests, all_make, all_free);
}
