/* SPDX-License-Identifier: Apache-2.0 */
/* A client's own assertion. */
#include <string.h>

#include <openssl/sha.h>
#include <openssl/x509.h>

#include "base/cleanup.h"
#include "base/text.h"
#include "entra/assertion.h"
#include "token/base64url.h"
#include "entra/certificate_chain.h"
#include "entra/entra_error.h"

enum { THUMBPRINT_MAXIMUM = 64 };

static void
certificate_clear(X509 **certificate)
{
    X509_free(*certificate);
}

/* The thumbprint that the header names: its bytes, in hexadecimal, for the
 * answer. */
struct thumbprint {
    const EVP_MD *digest;
    struct buffer bytes;
    char text[2 * THUMBPRINT_MAXIMUM + 1];
};

/* MSAL for Go writes it in standard base64 with padding, and is taken, too. */
static bool
thumbprint_decode(struct thumbprint *thumbprint, const char *text)
{
    char url[2 * THUMBPRINT_MAXIMUM];
    size_t length = strcspn(text, "=");

    if (length >= sizeof(url))
        return false;
    for (size_t i = 0; i < length; i++)
        url[i] = (char) (text[i] == '+'   ? '-'
                         : text[i] == '/' ? '_'
                                          : text[i]);
    if (base64url_decode(&thumbprint->bytes, url, length) < 0)
        return false;
    for (size_t i = 0; i < thumbprint->bytes.length; i++)
        snprintf(thumbprint->text + 2 * i, 3, "%02X",
                 (unsigned char) thumbprint->bytes.data[i]);
    return true;
}

/* Answers where the header names none. */
static bool
thumbprint_read(const struct grant_request *request,
                const struct json_web_token *token,
                struct thumbprint *thumbprint)
{
    const char *sha256 = json_web_token_header(token, "x5t#S256");
    const char *sha1 = json_web_token_header(token, "x5t");

    if (sha256 == NULL && sha1 == NULL) {
        entra_refuse(request->exchange, &entra_no_thumbprint,
                     "Invalid JWT token. No certificate SHA-1 thumbprint, "
                     "certificate SHA-256 thumbprint, nor keyId specified in "
                     "token header.");
        return false;
    }
    thumbprint->digest = sha256 != NULL ? EVP_sha256() : EVP_sha1();
    if (thumbprint_decode(thumbprint, sha256 != NULL ? sha256 : sha1))
        return true;
    entra_refuse(request->exchange, &entra_bad_token,
                 "JWT token is invalid or malformed.");
    return false;
}

static bool
thumbprint_is_of(const struct thumbprint *thumbprint, const X509 *certificate)
{
    unsigned char digest[EVP_MAX_MD_SIZE];
    unsigned length;

    return certificate != NULL
           && X509_digest(certificate, thumbprint->digest, digest, &length)
                  == 1
           && length == thumbprint->bytes.length
           && memcmp(digest, thumbprint->bytes.data, length) == 0;
}

/* One that is registered, or else one that is trusted by its name; NULL where
 * there is none. */
static X509 *
certificate_find(const struct client *client,
                 const struct json_web_token *token,
                 const struct thumbprint *thumbprint)
{
    for (size_t i = 0; i < client->certificate_count; i++) {
        CLEANUP(certificate_clear)
        X509 *one = certificate_chain_read(client->certificates[i]);
        if (thumbprint_is_of(thumbprint, one))
            return take_pointer(one);
    }
    CLEANUP(certificate_clear)
    X509 *sent = certificate_chain_trusted(client, token);
    return thumbprint_is_of(thumbprint, sent) ? take_pointer(sent) : NULL;
}

static void
refuse_key(const struct grant_request *request, const char *reason,
           const struct thumbprint *thumbprint)
{
    entra_refuse(request->exchange, &entra_bad_signature,
                 "Client assertion contains an invalid signature. [Reason - "
                 "%s, Thumbprint of key used by client: '%s', Please visit "
                 "the Azure Portal, Graph Explorer or directly use MS Graph "
                 "to see configured keys for app Id '%s'.]",
                 reason, thumbprint->text, request->client->id);
}

static bool
signature_check(const struct grant_request *request,
                const struct json_web_token *token)
{
    struct thumbprint thumbprint = { .bytes =
                                         BUFFER_INIT(THUMBPRINT_MAXIMUM) };

    if (!thumbprint_read(request, token, &thumbprint)) {
        buffer_done(&thumbprint.bytes);
        return false;
    }
    CLEANUP(certificate_clear)
    X509 *certificate = certificate_find(request->client, token, &thumbprint);
    const char *reason = NULL;
    if (certificate == NULL)
        reason = "The key was not found.";
    else if (X509_cmp_current_time(X509_get0_notAfter(certificate)) < 0)
        reason = "The key used is expired.";
    else if (!json_web_token_is_signed(token, X509_get0_pubkey(certificate)))
        reason = "The key was found, but use of the key to verify the "
                 "signature failed.";
    if (reason != NULL)
        refuse_key(request, reason, &thumbprint);
    buffer_done(&thumbprint.bytes);
    return reason == NULL;
}

/* The token endpoint that was asked, with or without a slash at its end. */
static bool
audience_check(const struct grant_request *request,
               const struct json_web_token *token)
{
    struct exchange *exchange = request->exchange;
    const char *audience = json_web_token_claim(token, "aud");
    const char *endpoint = arena_printf(
        exchange->arena, "%s%s", exchange_origin(exchange), exchange->path);
    size_t length = endpoint != NULL ? strlen(endpoint) : 0;
    size_t given = audience != NULL ? strlen(audience) : 0;

    while (length > 0 && endpoint[length - 1] == '/')
        length--;
    while (given > 0 && audience[given - 1] == '/')
        given--;
    if (length > 0 && given == length
        && strncasecmp(endpoint, audience, length) == 0)
        return true;
    entra_refuse(exchange, &entra_assertion_audience,
                 "Client assertion audience claim does not match Realm "
                 "issuer. Review the documentation at "
                 "https://learn.microsoft.com/entra/identity-platform/"
                 "certificate-credentials .");
    return false;
}

bool
assertion_certificate_check(const struct grant_request *request,
                            const struct json_web_token *token)
{
    const char *issuer = json_web_token_claim(token, "iss");
    const char *subject = json_web_token_claim(token, "sub");

    if (json_web_token_claim(token, "jti") == NULL) {
        entra_refuse(request->exchange, &entra_bad_token,
                     "JWT token is invalid or malformed.");
        return false;
    }
    if (!text_equal_ignoring_case(issuer, request->client->id)
        || !text_equal_ignoring_case(subject, request->client->id)) {
        entra_refuse(request->exchange, &entra_assertion_client,
                     "Client assertion application identifier doesn't match "
                     "'client_id' parameter. Review the documentation at "
                     "https://learn.microsoft.com/entra/identity-platform/"
                     "certificate-credentials .");
        return false;
    }
    return signature_check(request, token) && audience_check(request, token)
           && assertion_time_check(request, token);
}
