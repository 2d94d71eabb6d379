/* SPDX-License-Identifier: Apache-2.0 */
/* The proof that a client has the key of its certificate. */
#include "identity/certificate/client_assertion.h"

#include <jansson.h>
#include <openssl/err.h>
#include <openssl/rsa.h>
#include <openssl/sha.h>
#include <string.h>

#include "base/cleanup.h"
#include "base/random.h"
#include "identity/token/base64.h"
#include "identity/certificate/certificate_file.h"

/* Of the largest key that OpenSSL takes. */
enum { SIGNATURE_CEILING = OPENSSL_RSA_MAX_MODULUS_BITS / 8 };

static void
context_clear(EVP_MD_CTX **context)
{
    EVP_MD_CTX_free(*context);
}

/* x5t#S256: the SHA-256 of the certificate (RFC 7515, 4.1.8). The documents
 * and MSAL for JavaScript write it in base64url; MSAL for Go pads it. */
static json_t *
thumbprint_make(const X509 *leaf)
{
    AUTOBUFFER text = BUFFER_INIT(2 * SHA256_DIGEST_LENGTH);
    unsigned char digest[SHA256_DIGEST_LENGTH];

    if (X509_digest(leaf, EVP_sha256(), digest, NULL) != 1
        || base64_encode_url(&text, (const char *) digest, sizeof(digest)) < 0)
        return NULL;
    return json_string(buffer_text(&text));
}

/* x5c: in standard base64, padded, the signer's first (RFC 7515, 4.1.6). */
static json_t *
chain_text(const X509 *certificate)
{
    AUTOBUFFER text = BUFFER_INIT(2 * CERTIFICATE_FILE_CEILING);
    unsigned char *der = NULL;
    const int length = i2d_X509(certificate, &der);
    json_t *value = NULL;

    if (length > 0
        && base64_encode(&text, (const char *) der, (size_t) length) == 0)
        value = json_string(buffer_text(&text));
    OPENSSL_free(der);
    return value;
}

static json_t *
chain_make(STACK_OF(X509) * chain)
{
    json_auto_t *list = json_array();

    for (int i = 0; i < sk_X509_num(chain); i++)
        if (json_array_append_new(list, chain_text(sk_X509_value(chain, i)))
            < 0)
            return NULL;
    return take_pointer(list);
}

static json_t *
header_make(const struct client_certificate *certificate, bool send_chain)
{
    json_auto_t *header =
        json_pack("{s:s, s:s, s:o}", "alg", "PS256", "typ", "JWT", "x5t#S256",
                  thumbprint_make(client_certificate_leaf(certificate)));

    if (send_chain
        && json_object_set_new(header, "x5c", chain_make(certificate->chain))
               < 0)
        return NULL;
    return take_pointer(header);
}

static json_t *
claims_make(const struct client_assertion_request *request)
{
    const json_int_t now = request->now / 1000;
    char unique[RANDOM_UUID_SIZE];

    return json_pack("{s:s, s:s, s:s, s:s, s:I, s:I, s:I}", "aud",
                     request->audience, "iss", request->client, "sub",
                     request->client, "jti", random_uuid(unique), "iat", now,
                     "nbf", now, "exp", now + CLIENT_ASSERTION_SECONDS);
}

/* Appends a part, in base64url; value is released. */
static int
part_append(struct buffer *target, json_t *value)
{
    json_auto_t *part = value;
    AUTOFREE char *text = json_dumps(part, JSON_COMPACT);

    if (text == NULL)
        return -1;
    return base64_encode_url(target, text, strlen(text));
}

/* RSASSA-PSS with SHA-256 and a salt as long as the hash (RFC 7518, 3.5);
 * OpenSSL's own choice is the longest salt that fits. */
static int
signature_append(struct buffer *target, EVP_PKEY *key)
{
    CLEANUP(context_clear) EVP_MD_CTX *context = EVP_MD_CTX_new();
    EVP_PKEY_CTX *way = NULL;
    unsigned char signature[SIGNATURE_CEILING];
    size_t length = sizeof(signature);

    if (context == NULL
        || EVP_DigestSignInit(context, &way, EVP_sha256(), NULL, key) != 1
        || EVP_PKEY_CTX_set_rsa_padding(way, RSA_PKCS1_PSS_PADDING) != 1
        || EVP_PKEY_CTX_set_rsa_pss_saltlen(way, RSA_PSS_SALTLEN_DIGEST) != 1
        || EVP_DigestSign(context, signature, &length,
                          (const unsigned char *) buffer_text(target),
                          target->length)
               != 1)
        return -1;
    buffer_append_byte(target, '.');
    return base64_encode_url(target, (const char *) signature, length);
}

int
client_assertion_make(struct buffer *target,
                      const struct client_certificate *certificate,
                      const struct client_assertion_request *request,
                      struct error *err)
{
    if (part_append(target, header_make(certificate, request->send_chain)) < 0
        || buffer_append_byte(target, '.') < 0
        || part_append(target, claims_make(request)) < 0)
        return error_set(err, "the assertion is too large, or memory ran out");
    if (signature_append(target, certificate->key) < 0) {
        ERR_clear_error();
        error_set(err, "the certificate's key cannot sign");
        return error_advise(err, "Entra takes RSA keys of 2048 bits or more");
    }
    return 0;
}
