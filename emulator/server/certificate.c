/* SPDX-License-Identifier: Apache-2.0 */
/* The certificate authority and the server's certificate. */
#include "server/certificate.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include <openssl/bio.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/rsa.h>
#include <openssl/x509v3.h>

#include "base/cleanup.h"

enum { DAYS = 365, SECONDS_PER_DAY = 24 * 60 * 60, CLIENT_KEY_BITS = 2048 };

struct extension {
    int nid;
    const char *value;
};

static const struct extension authority_extensions[] = {
    { NID_basic_constraints, "critical,CA:TRUE,pathlen:0" },
    { NID_key_usage, "critical,keyCertSign,cRLSign" },
    { NID_subject_key_identifier, "hash" },
};

static const struct extension leaf_extensions[] = {
    { NID_basic_constraints, "critical,CA:FALSE" },
    { NID_key_usage, "critical,digitalSignature" },
    { NID_ext_key_usage, "serverAuth" },
    { NID_subject_key_identifier, "hash" },
    { NID_authority_key_identifier, "keyid:always" },
    { NID_subject_alt_name,
      "DNS:localhost,IP:127.0.0.1,IP:::1,DNS:management.azure.com,"
      "DNS:login.microsoftonline.com" },
};

static const struct extension client_extensions[] = {
    { NID_basic_constraints, "critical,CA:FALSE" },
    { NID_key_usage, "critical,digitalSignature" },
    { NID_ext_key_usage, "clientAuth" },
    { NID_subject_key_identifier, "hash" },
};

static void
key_clear(EVP_PKEY **key)
{
    EVP_PKEY_free(*key);
}

static void
x509_clear(X509 **certificate)
{
    X509_free(*certificate);
}

static void
bio_clear(BIO **bio)
{
    BIO_free(*bio);
}

static bool
set_serial(X509 *certificate)
{
    unsigned char bytes[16];
    BIGNUM *number = NULL;

    if (RAND_bytes(bytes, sizeof(bytes)) != 1)
        return false;
    bytes[0] &= 0x7f;
    number = BN_bin2bn(bytes, sizeof(bytes), NULL);
    const bool done =
        number != NULL
        && BN_to_ASN1_INTEGER(number, X509_get_serialNumber(certificate))
               != NULL;
    BN_free(number);
    return done;
}

static bool
set_extensions(X509 *certificate, X509 *issuer,
               const struct extension *extensions, size_t count)
{
    X509V3_CTX context;

    X509V3_set_ctx(&context, issuer, certificate, NULL, NULL, 0);
    for (size_t i = 0; i < count; i++) {
        X509_EXTENSION *extension = X509V3_EXT_conf_nid(
            NULL, &context, extensions[i].nid, extensions[i].value);
        if (extension == NULL)
            return false;
        const int done = X509_add_ext(certificate, extension, -1);
        X509_EXTENSION_free(extension);
        if (done != 1)
            return false;
    }
    return true;
}

static bool
set_name(X509 *certificate, const char *name)
{
    const unsigned char *bytes = (const unsigned char *) name;

    return X509_NAME_add_entry_by_txt(X509_get_subject_name(certificate), "CN",
                                      MBSTRING_UTF8, bytes, -1, -1, 0)
           == 1;
}

/* Everything but extensions and signature. */
static X509 *
draft(const char *name, EVP_PKEY *key)
{
    CLEANUP(x509_clear) X509 *certificate = X509_new();

    if (certificate == NULL
        || X509_set_version(certificate, X509_VERSION_3) != 1
        || !set_serial(certificate) || !set_name(certificate, name)
        || X509_gmtime_adj(X509_getm_notBefore(certificate), -SECONDS_PER_DAY)
               == NULL
        || X509_gmtime_adj(X509_getm_notAfter(certificate),
                           (long) DAYS * SECONDS_PER_DAY)
               == NULL
        || X509_set_pubkey(certificate, key) != 1)
        return NULL;
    return take_pointer(certificate);
}

static bool
finish(X509 *certificate, X509 *issuer, EVP_PKEY *issuer_key,
       const struct extension *extensions, size_t count)
{
    return X509_set_issuer_name(certificate, X509_get_subject_name(issuer))
               == 1
           && set_extensions(certificate, issuer, extensions, count)
           && X509_sign(certificate, issuer_key, EVP_sha256()) > 0;
}

static char *
text_of(BIO *bio)
{
    char *data;
    const long length = BIO_get_mem_data(bio, &data);

    return length > 0 ? strndup(data, (size_t) length) : NULL;
}

static char *
certificate_text(X509 *certificate)
{
    CLEANUP(bio_clear) BIO *bio = BIO_new(BIO_s_mem());

    if (bio == NULL || PEM_write_bio_X509(bio, certificate) != 1)
        return NULL;
    return text_of(bio);
}

static char *
key_text(EVP_PKEY *key)
{
    CLEANUP(bio_clear) BIO *bio = BIO_new(BIO_s_mem());

    if (bio == NULL
        || PEM_write_bio_PrivateKey(bio, key, NULL, NULL, 0, NULL, NULL) != 1)
        return NULL;
    return text_of(bio);
}

int
certificate_make(struct certificate *ret_certificate, struct error *err)
{
    CLEANUP(key_clear) EVP_PKEY *authority_key = EVP_EC_gen("P-256");
    CLEANUP(key_clear) EVP_PKEY *leaf_key = EVP_EC_gen("P-256");
    CLEANUP(x509_clear)
    X509 *authority = draft("piket-emulator test CA", authority_key);
    CLEANUP(x509_clear) X509 *leaf = draft("localhost", leaf_key);
    CLEANUP(certificate_done) struct certificate made = { NULL, NULL, NULL };

    if (authority == NULL || leaf == NULL
        || !finish(authority, authority, authority_key, authority_extensions,
                   ARRAY_LENGTH(authority_extensions))
        || !finish(leaf, authority, authority_key, leaf_extensions,
                   ARRAY_LENGTH(leaf_extensions)))
        return error_set(err, "cannot make a certificate");
    made.authority = certificate_text(authority);
    made.leaf = certificate_text(leaf);
    made.key = key_text(leaf_key);
    if (made.authority == NULL || made.leaf == NULL || made.key == NULL)
        return error_set_memory(err);
    *ret_certificate = made;
    made = (struct certificate){ NULL, NULL, NULL };
    return 0;
}

int
certificate_make_client(struct certificate *ret_certificate, struct error *err)
{
    CLEANUP(key_clear) EVP_PKEY *key = EVP_RSA_gen(CLIENT_KEY_BITS);
    CLEANUP(x509_clear) X509 *leaf = draft("piket-audit", key);
    CLEANUP(certificate_done) struct certificate made = { NULL, NULL, NULL };

    if (leaf == NULL
        || !finish(leaf, leaf, key, client_extensions,
                   ARRAY_LENGTH(client_extensions)))
        return error_set(err, "cannot make a client's certificate");
    made.leaf = certificate_text(leaf);
    made.key = key_text(key);
    if (made.leaf == NULL || made.key == NULL)
        return error_set_memory(err);
    *ret_certificate = made;
    made = (struct certificate){ NULL, NULL, NULL };
    return 0;
}

void
certificate_done(struct certificate *certificate)
{
    free(certificate->authority);
    free(certificate->leaf);
    free(certificate->key);
    *certificate = (struct certificate){ NULL, NULL, NULL };
}
