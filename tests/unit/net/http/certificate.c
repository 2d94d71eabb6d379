/* SPDX-License-Identifier: Apache-2.0 */
/* A self-made certificate for 127.0.0.1. */
#include "unit/net/http/certificate.h"
#include "unit/unit.h"

#include <openssl/ec.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static void
add_extension(X509 *x509, int id, const char *value)
{
    X509V3_CTX context;

    X509V3_set_ctx(&context, x509, x509, NULL, NULL, 0);
    X509_EXTENSION *extension = X509V3_EXT_conf_nid(NULL, &context, id, value);
    assert_non_null(extension);
    assert_int_equal(X509_add_ext(x509, extension, -1), 1);
    X509_EXTENSION_free(extension);
}

static void
write_file(struct certificate *certificate)
{
    (void) snprintf(certificate->path, sizeof(certificate->path),
                    "/tmp/piket-test-ca-XXXXXX");
    const int descriptor = mkstemp(certificate->path);
    assert_true(descriptor >= 0);
    FILE *stream = fdopen(descriptor, "w");
    assert_non_null(stream);
    assert_int_equal(PEM_write_X509(stream, certificate->x509), 1);
    assert_int_equal(fclose(stream), 0);
}

void
certificate_make(struct certificate *certificate)
{
    X509 *x509 = X509_new();
    X509_NAME *name = X509_NAME_new();

    assert_non_null(x509);
    assert_non_null(name);
    certificate->key = EVP_EC_gen("P-256");
    assert_non_null(certificate->key);
    (void) X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC,
                                      (const unsigned char *) "piket test", -1,
                                      -1, 0);
    (void) X509_set_version(x509, X509_VERSION_3);
    (void) ASN1_INTEGER_set(X509_get_serialNumber(x509), (long) getpid());
    (void) X509_gmtime_adj(X509_getm_notBefore(x509), -3600);
    (void) X509_gmtime_adj(X509_getm_notAfter(x509), 3600);
    (void) X509_set_subject_name(x509, name);
    (void) X509_set_issuer_name(x509, name);
    (void) X509_set_pubkey(x509, certificate->key);
    add_extension(x509, NID_basic_constraints, "critical,CA:TRUE");
    add_extension(x509, NID_subject_alt_name, "IP:127.0.0.1");
    assert_true(X509_sign(x509, certificate->key, EVP_sha256()) > 0);
    X509_NAME_free(name);
    certificate->x509 = x509;
    write_file(certificate);
}

void
certificate_done(struct certificate *certificate)
{
    (void) unlink(certificate->path);
    X509_free(certificate->x509);
    EVP_PKEY_free(certificate->key);
}
