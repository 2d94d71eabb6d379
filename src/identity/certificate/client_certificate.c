/* SPDX-License-Identifier: Apache-2.0 */
/* The certificate by which an application signs in. */
#include "identity/certificate/client_certificate.h"

#include <openssl/err.h>
#include <openssl/x509v3.h>
#include <stdbool.h>
#include <time.h>

#include "base/buffer.h"
#include "base/cleanup.h"
#include "base/clock.h"
#include "base/file.h"
#include "base/text.h"
#include "identity/certificate/certificate_formats.h"

void
client_certificate_done(struct client_certificate *certificate)
{
    EVP_PKEY_free(certificate->key);
    sk_X509_pop_free(certificate->chain, X509_free);
    *certificate = (struct client_certificate) CLIENT_CERTIFICATE_INIT;
}

X509 *
client_certificate_leaf(const struct client_certificate *certificate)
{
    return sk_X509_value(certificate->chain, 0);
}

static int
key_check(const EVP_PKEY *key, struct error *err)
{
    if (key == NULL) {
        error_set(err, "it holds no private key");
        return error_advise(err, "put the private key into the same file, "
                                 "beside the certificate");
    }
    if (!EVP_PKEY_is_a(key, "RSA")) {
        error_set(err, "its key is %s, and Entra takes only RSA",
                  EVP_PKEY_get0_type_name(key) != NULL
                      ? EVP_PKEY_get0_type_name(key)
                      : "of an unknown kind");
        return error_advise(err, "make a certificate with an RSA key, and "
                                 "upload it to the app registration");
    }
    return 0;
}

/* The key's certificate: of several, as after a renewal, the one that ends
 * last. */
static X509 *
leaf_find(const struct certificate_file *file)
{
    X509 *found = NULL;

    for (int i = 0; i < sk_X509_num(file->certificates); i++) {
        X509 *one = sk_X509_value(file->certificates, i);
        if (X509_check_private_key(one, file->key) == 1
            && (found == NULL
                || ASN1_TIME_compare(X509_get0_notAfter(one),
                                     X509_get0_notAfter(found))
                       > 0))
            found = one;
    }
    return found;
}

static X509 *
issuer_find(const struct certificate_file *file, X509 *subject)
{
    for (int i = 0; i < sk_X509_num(file->certificates); i++) {
        X509 *one = sk_X509_value(file->certificates, i);
        if (X509_cmp(one, subject) != 0
            && X509_check_issued(one, subject) == X509_V_OK)
            return one;
    }
    return NULL;
}

/* Entra looks at the first only where the rest follows in order. What
 * belongs to another chain is left out. */
static int
chain_make(struct client_certificate *certificate,
           const struct certificate_file *file, X509 *leaf, struct error *err)
{
    X509 *next = leaf;

    certificate->chain = sk_X509_new_null();
    if (certificate->chain == NULL)
        return error_set_memory(err);
    /* Two that vouch for each other would go on for ever. */
    for (int i = 0; i < sk_X509_num(file->certificates) && next != NULL; i++) {
        if (X509_up_ref(next) != 1)
            return error_set_memory(err);
        if (sk_X509_push(certificate->chain, next) == 0) {
            X509_free(next);
            return error_set_memory(err);
        }
        next = X509_self_signed(next, 0) == 1 ? NULL : issuer_find(file, next);
    }
    return 0;
}

/* Milliseconds since 1970; -1 where the certificate says no such time. */
static int64_t
moment_of(const ASN1_TIME *time)
{
    struct tm parts;

    if (ASN1_TIME_to_tm(time, &parts) != 1)
        return -1;
    return (int64_t) timegm(&parts) * 1000;
}

/* The portal shows SHA-1. */
int
client_certificate_describe(const struct client_certificate *certificate,
                            struct buffer *target)
{
    const X509 *leaf = client_certificate_leaf(certificate);
    unsigned char digest[EVP_MAX_MD_SIZE];
    unsigned length = 0;
    char text[CLOCK_TEXT_SIZE];

    if (X509_digest(leaf, EVP_sha1(), digest, &length) != 1)
        return -1;
    buffer_append_text(target, "thumbprint ");
    for (unsigned i = 0; i < length; i++)
        buffer_printf(target, "%02X", digest[i]);
    return buffer_printf(
        target, ", ends %s",
        clock_format(moment_of(X509_get0_notAfter(leaf)), text));
}

static int
lifetime_check(const X509 *leaf, int64_t now, struct error *err)
{
    const int64_t begin = moment_of(X509_get0_notBefore(leaf));
    const int64_t end = moment_of(X509_get0_notAfter(leaf));
    char text[CLOCK_TEXT_SIZE];

    if (begin < 0 || end < 0)
        return error_set(err, "the certificate does not say how long it "
                              "holds");
    if (now > end) {
        error_set(err, "the certificate ended at %s", clock_format(end, text));
        return error_advise(err, "make a new one, and upload it to the app "
                                 "registration's Certificates & secrets");
    }
    if (now >= begin)
        return 0;
    error_set(err, "the certificate begins at %s", clock_format(begin, text));
    return error_advise(err, "wait until then, or check this machine's clock");
}

static int
certificate_take(struct client_certificate *ret_certificate,
                 struct certificate_file *file, int64_t now, struct error *err)
{
    AUTOCLIENTCERTIFICATE made = CLIENT_CERTIFICATE_INIT;

    if (key_check(file->key, err) < 0)
        return -1;
    X509 *leaf = leaf_find(file);
    if (leaf == NULL) {
        if (sk_X509_num(file->certificates) > 0)
            error_set(err, "none of its certificates is of its key");
        else
            error_set(err, "it holds no certificate");
        return error_advise(err, "put the certificate that is registered "
                                 "into the same file, beside its key");
    }
    if (lifetime_check(leaf, now, err) < 0
        || chain_make(&made, file, leaf, err) < 0)
        return -1;
    made.key = take_pointer(file->key);
    *ret_certificate = made;
    made = (struct client_certificate) CLIENT_CERTIFICATE_INIT;
    return 0;
}

int
client_certificate_parse(struct client_certificate *ret_certificate,
                         const char *bytes, size_t length,
                         const char *password, int64_t now, struct error *err)
{
    AUTOCERTIFICATEFILE file = CERTIFICATE_FILE_INIT;
    const struct certificate_source source = { bytes, length, password, NULL };
    int result = -1;

    if (length > CERTIFICATE_FILE_CEILING)
        return error_set(err, "it is larger than %d bytes",
                         CERTIFICATE_FILE_CEILING);
    if (certificate_formats_read(&file, &source, err) == 0)
        result = certificate_take(ret_certificate, &file, now, err);
    /* A comparison that says no leaves its reason in OpenSSL's queue, where
     * libcurl would take it for its own. */
    ERR_clear_error();
    return result;
}

int
client_certificate_read(struct client_certificate *ret_certificate,
                        const char *path, const char *password, int64_t now,
                        struct error *err)
{
    AUTOBUFFER bytes = BUFFER_SECRET_INIT(CERTIFICATE_FILE_CEILING);

    if (file_read(path, &bytes, err) < 0)
        return error_advise(err, "AZURE_CLIENT_CERTIFICATE_PATH names a PEM "
                                 "or PFX file that piket may read");
    if (client_certificate_parse(ret_certificate, buffer_text(&bytes),
                                 bytes.length, password, now, err)
        < 0)
        return error_wrap(err, "%s", path);
    return 0;
}
