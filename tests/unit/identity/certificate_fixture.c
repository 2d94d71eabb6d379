/* SPDX-License-Identifier: Apache-2.0 */
/* Keys, certificates and the files that hold them. */
#include "unit/identity/certificate_fixture.h"
#include "unit/unit.h"

#include <openssl/pem.h>
#include <openssl/pkcs12.h>
#include <openssl/provider.h>
#include <openssl/x509v3.h>
#include <string.h>

/* Issuers must be allowed to be that. */
static void
extension_add(X509 *certificate)
{
    X509_EXTENSION *extension = X509V3_EXT_conf_nid(
        NULL, NULL, NID_basic_constraints, "critical,CA:TRUE");

    assert_non_null(extension);
    assert_int_equal(X509_add_ext(certificate, extension, -1), 1);
    X509_EXTENSION_free(extension);
}

X509 *
certificate_make(const struct certificate_plan *plan)
{
    static long serial;
    X509 *certificate = X509_new();
    X509 *issuer = plan->issuer != NULL ? plan->issuer : certificate;
    EVP_PKEY *signer = plan->issuer != NULL ? plan->issuer_key : plan->key;

    assert_non_null(certificate);
    assert_int_equal(X509_set_version(certificate, X509_VERSION_3), 1);
    assert_int_equal(
        ASN1_INTEGER_set(X509_get_serialNumber(certificate), ++serial), 1);
    assert_non_null(
        X509_gmtime_adj(X509_getm_notBefore(certificate), plan->begin));
    assert_non_null(
        X509_gmtime_adj(X509_getm_notAfter(certificate), plan->end));
    assert_int_equal(X509_NAME_add_entry_by_txt(
                         X509_get_subject_name(certificate), "CN",
                         MBSTRING_UTF8, (const unsigned char *) plan->name, -1,
                         -1, 0),
                     1);
    assert_int_equal(
        X509_set_issuer_name(certificate, X509_get_subject_name(issuer)), 1);
    assert_int_equal(X509_set_pubkey(certificate, plan->key), 1);
    extension_add(certificate);
    assert_true(X509_sign(certificate, signer, EVP_sha256()) > 0);
    return certificate;
}

/* Moves what was written. */
static void
bio_append(struct buffer *target, BIO *bio)
{
    char *data;
    const long length = BIO_get_mem_data(bio, &data);

    assert_true(length > 0);
    assert_int_equal(buffer_append(target, data, (size_t) length), 0);
    BIO_free(bio);
}

void
pem_append_certificate(struct buffer *target, X509 *certificate)
{
    BIO *bio = BIO_new(BIO_s_mem());

    assert_int_equal(PEM_write_bio_X509(bio, certificate), 1);
    bio_append(target, bio);
}

void
pem_append_key(struct buffer *target, EVP_PKEY *key, const char *password)
{
    BIO *bio = BIO_new(BIO_s_mem());

    assert_int_equal(
        PEM_write_bio_PKCS8PrivateKey(
            bio, key, password != NULL ? EVP_aes_256_cbc() : NULL, password,
            password != NULL ? (int) strlen(password) : 0, NULL, NULL),
        1);
    bio_append(target, bio);
}

void
pem_append_traditional_key(struct buffer *target, EVP_PKEY *key,
                           const char *password)
{
    BIO *bio = BIO_new(BIO_s_mem());

    assert_int_equal(PEM_write_bio_PrivateKey_traditional(
                         bio, key, password != NULL ? EVP_aes_128_cbc() : NULL,
                         (const unsigned char *) password,
                         password != NULL ? (int) strlen(password) : 0, NULL,
                         NULL),
                     1);
    bio_append(target, bio);
}

/* While there is one of these, old algorithms are everybody's. */
struct old_days {
    OSSL_PROVIDER *legacy, *usual;
};

static void
old_days_begin(struct old_days *days)
{
    days->legacy = OSSL_PROVIDER_load(NULL, "legacy");
    days->usual = OSSL_PROVIDER_load(NULL, "default");
    assert_non_null(days->legacy);
    assert_non_null(days->usual);
}

static void
old_days_end(struct old_days *days)
{
    assert_int_equal(OSSL_PROVIDER_unload(days->legacy), 1);
    assert_int_equal(OSSL_PROVIDER_unload(days->usual), 1);
}

void
pem_append_old_key(struct buffer *target, EVP_PKEY *key, const char *password)
{
    BIO *bio = BIO_new(BIO_s_mem());
    struct old_days days;

    old_days_begin(&days);
    assert_int_equal(PEM_write_bio_PKCS8PrivateKey_nid(
                         bio, key, NID_pbe_WithSHA1And40BitRC2_CBC, password,
                         (int) strlen(password), NULL, NULL),
                     1);
    old_days_end(&days);
    bio_append(target, bio);
}

void
pem_append_old_traditional_key(struct buffer *target, EVP_PKEY *key,
                               const char *password)
{
    BIO *bio = BIO_new(BIO_s_mem());
    struct old_days days;

    old_days_begin(&days);
    assert_int_equal(PEM_write_bio_PrivateKey_traditional(
                         bio, key, EVP_des_cbc(),
                         (const unsigned char *) password,
                         (int) strlen(password), NULL, NULL),
                     1);
    old_days_end(&days);
    bio_append(target, bio);
}

void
pkcs12_append(struct buffer *target, const struct pkcs12_plan *plan)
{
    OSSL_LIB_CTX *library = OSSL_LIB_CTX_new();
    OSSL_PROVIDER *legacy = OSSL_PROVIDER_load(library, "legacy");
    OSSL_PROVIDER *usual = OSSL_PROVIDER_load(library, "default");
    STACK_OF(X509) *others = sk_X509_new_null();
    BIO *bio = BIO_new(BIO_s_mem());

    assert_non_null(legacy);
    assert_non_null(usual);
    if (plan->other != NULL)
        assert_true(sk_X509_push(others, plan->other) > 0);
    PKCS12 *pkcs12 = PKCS12_create_ex(
        plan->password, "piket", plan->key, plan->certificate, others,
        plan->key_algorithm, plan->certificate_algorithm, plan->iterations,
        plan->mac_iterations, 0, library, NULL);
    assert_non_null(pkcs12);
    assert_int_equal(i2d_PKCS12_bio(bio, pkcs12), 1);
    bio_append(target, bio);
    PKCS12_free(pkcs12);
    sk_X509_free(others);
    OSSL_PROVIDER_unload(usual);
    OSSL_PROVIDER_unload(legacy);
    OSSL_LIB_CTX_free(library);
}
