/* SPDX-License-Identifier: Apache-2.0 */
/* Certificates and their key in PKCS#12: .pfx, .p12. */
#include <openssl/err.h>
#include <openssl/pkcs12.h>
#include <openssl/pkcs7.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "base/cleanup.h"
#include "identity/certificate/certificate_file.h"
#include "identity/certificate/key_derivation.h"

static void
pkcs12_clear(PKCS12 **pkcs12)
{
    PKCS12_free(*pkcs12);
}

static void
safes_clear(STACK_OF(PKCS7) * *safes)
{
    sk_PKCS7_pop_free(*safes, PKCS7_free);
}

static void
bags_clear(STACK_OF(PKCS12_SAFEBAG) * *bags)
{
    sk_PKCS12_SAFEBAG_pop_free(*bags, PKCS12_SAFEBAG_free);
}

static void
certificates_clear(STACK_OF(X509) * *certificates)
{
    sk_X509_pop_free(*certificates, X509_free);
}

static void
certificate_clear(X509 **certificate)
{
    X509_free(*certificate);
}

/* DER that is no PKCS#12: most likely the certificate alone. */
static int
other_explain(const struct certificate_source *source, struct error *err)
{
    const unsigned char *next = (const unsigned char *) source->bytes;
    CLEANUP(certificate_clear)
    X509 *certificate = d2i_X509(NULL, &next, (long) source->length);

    if (certificate == NULL)
        error_set(err, "it is neither PEM nor PKCS#12");
    else
        error_set(err, "it holds a certificate without its private key");
    return error_advise(err, "give a PEM or PFX file with the certificate "
                             "and its private key");
}

/* The keys among these bags that are encrypted. Bags may hold bags. */
static int
bags_check(const STACK_OF(PKCS12_SAFEBAG) * bags, int64_t *sum,
           struct error *err)
{
    for (int i = 0; i < sk_PKCS12_SAFEBAG_num(bags); i++) {
        const PKCS12_SAFEBAG *bag = sk_PKCS12_SAFEBAG_value(bags, i);
        const X509_ALGOR *algorithm = NULL;
        const int kind = PKCS12_SAFEBAG_get_nid(bag);
        if (kind == NID_safeContentsBag
            && bags_check(PKCS12_SAFEBAG_get0_safes(bag), sum, err) < 0)
            return -1;
        if (kind != NID_pkcs8ShroudedKeyBag)
            continue;
        X509_SIG_get0(PKCS12_SAFEBAG_get0_pkcs8(bag), &algorithm, NULL);
        if (key_derivation_check(algorithm, sum, err) < 0)
            return -1;
    }
    return 0;
}

/* One part of the file. What lies within an encrypted one is looked at, too,
 * once it is known what it takes to open it. */
static int
safe_check(PKCS7 *safe, const char *password, int64_t *sum, struct error *err)
{
    CLEANUP(bags_clear) STACK_OF(PKCS12_SAFEBAG) *bags = NULL;

    if (PKCS7_type_is_data(safe)) {
        bags = PKCS12_unpack_p7data(safe);
    } else if (PKCS7_type_is_encrypted(safe) && safe->d.encrypted != NULL
               && safe->d.encrypted->enc_data != NULL
               && safe->d.encrypted->enc_data->algorithm != NULL) {
        if (key_derivation_check(safe->d.encrypted->enc_data->algorithm, sum,
                                 err)
            < 0)
            return -1;
        bags = PKCS12_unpack_p7encdata(
            safe, password, password != NULL ? (int) strlen(password) : 0);
    }
    return bags_check(bags, sum, err);
}

/* The costs of all that the password opens, which are bounded together. As
 * PKCS12_parse does, nothing is opened by a password that the file's own
 * proof refuses, and none may be written in two ways. */
static int
costs_check(PKCS12 *pkcs12, const char *password, struct error *err)
{
    const ASN1_INTEGER *count = NULL;
    CLEANUP(safes_clear) STACK_OF(PKCS7) *safes = NULL;
    int64_t sum = 0;

    PKCS12_get0_mac(NULL, NULL, NULL, &count, pkcs12);
    if (key_derivation_check_count(count, &sum, err) < 0)
        return -1;
    const bool proved = PKCS12_mac_present(pkcs12) == 1;
    if (password == NULL || *password == '\0')
        password =
            proved && PKCS12_verify_mac(pkcs12, NULL, 0) != 1 ? "" : NULL;
    if (proved && password != NULL
        && PKCS12_verify_mac(pkcs12, password, -1) != 1)
        return 0;
    safes = PKCS12_unpack_authsafes(pkcs12);
    for (int i = 0; i < sk_PKCS7_num(safes); i++)
        if (safe_check(sk_PKCS7_value(safes, i), password, &sum, err) < 0)
            return -1;
    return 0;
}

/* PKCS12_parse said no. What was missing is left in OpenSSL's queue. */
static int
refusal_explain(const struct certificate_source *source, struct error *err)
{
    const unsigned long code = ERR_peek_last_error();

    if (ERR_GET_LIB(code) == ERR_LIB_PKCS12
        && ERR_GET_REASON(code) == PKCS12_R_MAC_VERIFY_FAILURE)
        return certificate_file_refuse_password(source, err);
    error_set(err, "its contents cannot be read");
    return error_advise(err, "see what openssl pkcs12 -info -noout -in says "
                             "of it");
}

static int
contents_take(struct certificate_file *file, X509 **leaf,
              STACK_OF(X509) * others, struct error *err)
{
    if (*leaf != NULL
        && certificate_file_add(file, take_pointer(*leaf), err) < 0)
        return -1;
    for (X509 *other; (other = sk_X509_shift(others)) != NULL;)
        if (certificate_file_add(file, other, err) < 0)
            return -1;
    return 0;
}

int
certificate_file_read_pkcs12(struct certificate_file *file,
                             const struct certificate_source *source,
                             struct error *err)
{
    const unsigned char *next = (const unsigned char *) source->bytes;
    CLEANUP(pkcs12_clear)
    PKCS12 *pkcs12 = PKCS12_init_ex(NID_pkcs7_data, source->library, NULL);
    CLEANUP(certificate_clear) X509 *leaf = NULL;
    CLEANUP(certificates_clear) STACK_OF(X509) *others = NULL;

    if (pkcs12 == NULL)
        return error_set_memory(err);
    if (d2i_PKCS12(&pkcs12, &next, (long) source->length) == NULL)
        return other_explain(source, err);
    if (costs_check(pkcs12, source->password, err) < 0)
        return -1;
    ERR_clear_error();
    if (PKCS12_parse(pkcs12, source->password, &file->key, &leaf, &others)
        != 1)
        return refusal_explain(source, err);
    return contents_take(file, &leaf, others, err);
}
