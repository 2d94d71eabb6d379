/* SPDX-License-Identifier: Apache-2.0 */
/* Certificates and their key in PEM. */
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/pkcs12.h>
#include <string.h>

#include "base/cleanup.h"
#include "identity/certificate/certificate_file.h"
#include "identity/certificate/key_derivation.h"

/* What stands between two lines of dashes. */
struct block {
    char *name;
    char *header; /* Proc-Type and such (RFC 1421), "" for none */
    unsigned char *data;
    long length;
};

static void
block_done(struct block *block)
{
    OPENSSL_secure_free(block->name);
    OPENSSL_secure_free(block->header);
    OPENSSL_secure_clear_free(block->data, (size_t) block->length);
    *block = (struct block){ NULL, NULL, NULL, 0 };
}

static void
bio_clear(BIO **bio)
{
    BIO_free(*bio);
}

static void
signature_clear(X509_SIG **value)
{
    X509_SIG_free(*value);
}

static void
key_info_clear(PKCS8_PRIV_KEY_INFO **value)
{
    PKCS8_PRIV_KEY_INFO_free(*value);
}

static int
certificate_take(struct certificate_file *file, const struct block *block,
                 struct error *err)
{
    const unsigned char *next = block->data;
    X509 *certificate = d2i_X509_AUX(NULL, &next, block->length);

    if (certificate == NULL)
        return error_set(err, "a certificate in it is broken");
    return certificate_file_add(file, certificate, err);
}

/* OpenSSL would ask at the terminal, were there no such function. */
static int
password_give(char *target, int size, int writing, void *data)
{
    const struct certificate_source *source = data;
    const size_t length =
        source->password != NULL ? strlen(source->password) : 0;

    (void) writing;
    if (length == 0 || length > (size_t) size)
        return -1;
    memcpy(target, source->password, length);
    return (int) length;
}

/* PKCS#8, encrypted (RFC 5958). */
static int
encrypted_key_read(struct certificate_file *file, const struct block *block,
                   const struct certificate_source *source, struct error *err)
{
    const unsigned char *next = block->data;
    const X509_ALGOR *algorithm = NULL;
    int64_t sum = 0; /* there is one key */
    CLEANUP(signature_clear)
    X509_SIG *encrypted = d2i_X509_SIG(NULL, &next, block->length);

    if (encrypted == NULL)
        return error_set(err, "the private key in it is broken");
    X509_SIG_get0(encrypted, &algorithm, NULL);
    if (key_derivation_check(algorithm, &sum, err) < 0)
        return -1;
    if (source->password == NULL)
        return certificate_file_refuse_password(source, err);
    CLEANUP(key_info_clear)
    PKCS8_PRIV_KEY_INFO *information = PKCS8_decrypt_ex(
        encrypted, source->password, (int) strlen(source->password),
        source->library, NULL);
    if (information != NULL)
        file->key = EVP_PKCS82PKEY_ex(information, source->library, NULL);
    if (file->key == NULL)
        return certificate_file_refuse_password(source, err);
    return 0;
}

/* Of the older forms the old algorithms stay closed: there OpenSSL takes no
 * library but the usual one, which has been tried before. */
static int
old_key_refuse(const struct certificate_source *source, struct error *err)
{
    if (source->library == NULL)
        return certificate_file_refuse_password(source, err);
    error_set(err, "the private key in it is encrypted with an algorithm "
                   "that is too old");
    return error_advise(err, "encrypt it again, with openssl pkcs8 -topk8");
}

/* PKCS#8 in the clear, or the older forms, which RFC 1421 may encrypt. */
static int
key_read(struct certificate_file *file, struct block *block,
         const struct certificate_source *source, struct error *err)
{
    EVP_CIPHER_INFO cipher;
    struct certificate_source opened = *source;

    if (PEM_get_EVP_CIPHER_INFO(block->header, &cipher) != 1)
        return error_set(err, "the private key in it is encrypted with an "
                              "unknown algorithm");
    if (PEM_do_header(&cipher, block->data, &block->length, password_give,
                      &opened)
        != 1)
        return old_key_refuse(source, err);
    const unsigned char *next = block->data;
    file->key = d2i_AutoPrivateKey_ex(NULL, &next, block->length,
                                      source->library, NULL);
    if (file->key != NULL)
        return 0;
    if (cipher.cipher != NULL)
        return certificate_file_refuse_password(source, err);
    return error_set(err, "the private key in it is broken, or of an "
                          "unknown kind");
}

static int
key_take(struct certificate_file *file, struct block *block,
         const struct certificate_source *source, struct error *err)
{
    if (file->key != NULL) {
        error_set(err, "it holds more than one private key");
        return error_advise(err, "leave only the key of the certificate that "
                                 "is registered");
    }
    if (strcmp(block->name, PEM_STRING_PKCS8) == 0)
        return encrypted_key_read(file, block, source, err);
    return key_read(file, block, source, err);
}

/* Blocks of other names, such as parameters, are passed over. */
static int
block_take(struct certificate_file *file, struct block *block,
           const struct certificate_source *source, struct error *err)
{
    static const char *const certificates[] = { PEM_STRING_X509,
                                                PEM_STRING_X509_OLD,
                                                PEM_STRING_X509_TRUSTED };
    static const char *const keys[] = { PEM_STRING_PKCS8, PEM_STRING_PKCS8INF,
                                        PEM_STRING_RSA,
                                        PEM_STRING_ECPRIVATEKEY,
                                        PEM_STRING_DSA };

    for (size_t i = 0; i < ARRAY_LENGTH(certificates); i++)
        if (strcmp(block->name, certificates[i]) == 0)
            return certificate_take(file, block, err);
    for (size_t i = 0; i < ARRAY_LENGTH(keys); i++)
        if (strcmp(block->name, keys[i]) == 0)
            return key_take(file, block, source, err);
    return 0;
}

int
certificate_file_read_pem(struct certificate_file *file,
                          const struct certificate_source *source,
                          struct error *err)
{
    CLEANUP(bio_clear)
    BIO *bio = BIO_new_mem_buf(source->bytes, (int) source->length);

    if (bio == NULL)
        return error_set_memory(err);
    for (;;) {
        CLEANUP(block_done) struct block block = { NULL, NULL, NULL, 0 };
        if (PEM_read_bio_ex(bio, &block.name, &block.header, &block.data,
                            &block.length,
                            PEM_FLAG_SECURE | PEM_FLAG_EAY_COMPATIBLE)
            == 1) {
            if (block_take(file, &block, source, err) < 0)
                return -1;
            continue;
        }
        /* There is no other sign of the end. */
        if (ERR_GET_REASON(ERR_peek_last_error()) != PEM_R_NO_START_LINE) {
            error_set(err, "its PEM is broken");
            return error_advise(err, "put the whole certificate and the whole "
                                     "key into it anew");
        }
        ERR_clear_error();
        return 0;
    }
}
