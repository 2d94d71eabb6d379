/* SPDX-License-Identifier: Apache-2.0 */
/* The formats of a file that holds a certificate with its key. */
#include "identity/certificate/certificate_formats.h"

#include <openssl/err.h>
#include <openssl/provider.h>
#include <stdbool.h>
#include <string.h>

#include "base/cleanup.h"

/* A PFX as Key Vault hands it out, in base64: DER of this length begins so. */
static bool
is_base64(const struct certificate_source *source)
{
    static const char start[] = "MII";

    return source->length >= strlen(start)
           && memcmp(source->bytes, start, strlen(start)) == 0;
}

static int
format_refuse(const struct certificate_source *source, struct error *err)
{
    if (source->length == 0)
        error_set(err, "it is empty");
    else
        error_set(err, "it is neither PEM nor PKCS#12");
    if (is_base64(source))
        return error_advise(err, "it looks like PKCS#12 in base64: decode it "
                                 "with base64 -d");
    return error_advise(err, "give a PEM or PFX file with the certificate "
                             "and its private key");
}

static int
format_read(struct certificate_file *file,
            const struct certificate_source *source, struct error *err)
{
    static const char pem[] = "-----BEGIN ";
    static const char sequence = 0x30; /* what all of PKCS#12 stands in */

    if (memmem(source->bytes, source->length, pem, strlen(pem)) != NULL)
        return certificate_file_read_pem(file, source, err);
    if (source->length > 0 && source->bytes[0] == sequence)
        return certificate_file_read_pkcs12(file, source, err);
    return format_refuse(source, err);
}

/* Whether an algorithm was missing; empties OpenSSL's queue of errors. */
static bool
algorithm_was_missing(void)
{
    bool missing = false;
    unsigned long code;

    while ((code = ERR_get_error()) != 0)
        missing = missing || ERR_GET_REASON(code) == ERR_R_UNSUPPORTED;
    return missing;
}

static void
library_clear(OSSL_LIB_CTX **library)
{
    OSSL_LIB_CTX_free(*library);
}

static void
provider_clear(OSSL_PROVIDER **provider)
{
    if (*provider != NULL)
        (void) OSSL_PROVIDER_unload(*provider);
}

/* The same key, as the usual library knows it. */
static EVP_PKEY *
key_move(EVP_PKEY *key)
{
    unsigned char *der = NULL;
    const int length = i2d_PrivateKey(key, &der);
    const unsigned char *next = der;
    EVP_PKEY *moved =
        length > 0 ? d2i_AutoPrivateKey(NULL, &next, length) : NULL;

    if (length > 0)
        OPENSSL_clear_free(der, (size_t) length);
    return moved;
}

static X509 *
certificate_move(const X509 *certificate)
{
    unsigned char *der = NULL;
    const int length = i2d_X509(certificate, &der);
    const unsigned char *next = der;
    X509 *moved = length > 0 ? d2i_X509(NULL, &next, length) : NULL;

    OPENSSL_free(der);
    return moved;
}

/* Into the usual library: the other one is about to go. */
static int
file_move(struct certificate_file *target,
          const struct certificate_file *source, struct error *err)
{
    target->key = source->key != NULL ? key_move(source->key) : NULL;
    if (source->key != NULL && target->key == NULL)
        return error_set(err, "its key cannot be used");
    for (int i = 0; i < sk_X509_num(source->certificates); i++) {
        X509 *moved = certificate_move(sk_X509_value(source->certificates, i));
        if (moved == NULL)
            return error_set_memory(err);
        if (certificate_file_add(target, moved, err) < 0)
            return -1;
    }
    return 0;
}

static int
legacy_read(struct certificate_file *file,
            const struct certificate_source *source, struct error *err)
{
    CLEANUP(library_clear) OSSL_LIB_CTX *library = OSSL_LIB_CTX_new();
    CLEANUP(provider_clear) OSSL_PROVIDER *legacy = NULL;
    CLEANUP(provider_clear) OSSL_PROVIDER *usual = NULL;
    AUTOCERTIFICATEFILE found = CERTIFICATE_FILE_INIT;
    struct certificate_source again = *source;

    if (library == NULL)
        return error_set_memory(err);
    legacy = OSSL_PROVIDER_load(library, "legacy");
    usual = OSSL_PROVIDER_load(library, "default");
    if (legacy == NULL || usual == NULL) {
        error_set(err, "it is encrypted with an old algorithm, and "
                       "OpenSSL's legacy provider cannot be loaded");
        return error_advise(err, "export it again with AES, as openssl "
                                 "pkcs12 -export does");
    }
    again.library = library;
    if (format_read(&found, &again, err) < 0)
        return -1;
    return file_move(file, &found, err);
}

int
certificate_formats_read(struct certificate_file *ret_file,
                         const struct certificate_source *source,
                         struct error *err)
{
    AUTOCERTIFICATEFILE file = CERTIFICATE_FILE_INIT;

    ERR_clear_error();
    int result = format_read(&file, source, err);
    if (result < 0 && algorithm_was_missing()) {
        certificate_file_done(&file);
        error_done(err);
        result = legacy_read(&file, source, err);
    }
    ERR_clear_error();
    if (result < 0)
        return -1;
    *ret_file = file;
    file = (struct certificate_file) CERTIFICATE_FILE_INIT;
    return 0;
}
