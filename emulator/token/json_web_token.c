/* SPDX-License-Identifier: Apache-2.0 */
/* JSON Web Tokens as strangers make them. */
#include "token/json_web_token.h"

#include <string.h>

#include <openssl/rsa.h>

#include "base/cleanup.h"
#include "token/base64url.h"
#include "json/text.h"

/* The end of the year 9999. */
#define MOMENT_MAXIMUM 253402300799.0

enum { SIGNATURE_MAXIMUM = OPENSSL_RSA_MAX_MODULUS_BITS / 8 };

static void
context_clear(EVP_MD_CTX **context)
{
    EVP_MD_CTX_free(*context);
}

void
json_web_token_done(struct json_web_token *token)
{
    json_decref(token->header);
    json_decref(token->claims);
    *token = (struct json_web_token){ NULL, NULL, NULL, 0 };
}

/* An object in base64url; NULL where it is none. */
static json_t *
part_read(const char *text, size_t length)
{
    AUTOBUFFER decoded = BUFFER_INIT(JSON_WEB_TOKEN_MAXIMUM);

    if (base64url_decode(&decoded, text, length) < 0)
        return NULL;
    json_t *part = json_loadb(buffer_text(&decoded), decoded.length,
                              JSON_REJECT_DUPLICATES, NULL);
    if (!json_is_object(part)) {
        json_decref(part);
        return NULL;
    }
    return part;
}

int
json_web_token_read(struct json_web_token *ret_token, const char *text)
{
    AUTOJWT token = { NULL, NULL, text, 0 };
    const char *first = strchr(text, '.');
    const char *second = first != NULL ? strchr(first + 1, '.') : NULL;

    if (second == NULL || strlen(text) > JSON_WEB_TOKEN_MAXIMUM)
        return -1;
    token.signed_length = (size_t) (second - text);
    token.header = part_read(text, (size_t) (first - text));
    token.claims = part_read(first + 1, (size_t) (second - first - 1));
    if (token.header == NULL || token.claims == NULL)
        return -1;
    *ret_token = token;
    token = (struct json_web_token){ NULL, NULL, NULL, 0 };
    return 0;
}

const char *
json_web_token_header(const struct json_web_token *token, const char *name)
{
    return json_string_value(json_object_get(token->header, name));
}

const char *
json_web_token_claim(const struct json_web_token *token, const char *name)
{
    return json_string_value(json_object_get(token->claims, name));
}

int64_t
json_web_token_moment(const struct json_web_token *token, const char *name)
{
    const double seconds =
        json_number_value(json_object_get(token->claims, name));

    /* What no clock will ever show, in either direction. */
    if (seconds < 0 || seconds > MOMENT_MAXIMUM)
        return seconds < 0 ? 0 : (int64_t) MOMENT_MAXIMUM;
    return (int64_t) seconds;
}

static bool
has_algorithm(const struct json_web_token *token, const char *algorithm)
{
    const char *value = json_web_token_header(token, "alg");

    return value != NULL && strcmp(value, algorithm) == 0;
}

bool
json_web_token_is_supported(const struct json_web_token *token)
{
    return has_algorithm(token, "RS256") || has_algorithm(token, "PS256");
}

static bool
padding_set(EVP_PKEY_CTX *way, bool probabilistic)
{
    if (!probabilistic)
        return EVP_PKEY_CTX_set_rsa_padding(way, RSA_PKCS1_PADDING) == 1;
    return EVP_PKEY_CTX_set_rsa_padding(way, RSA_PKCS1_PSS_PADDING) == 1
           && EVP_PKEY_CTX_set_rsa_pss_saltlen(way, RSA_PSS_SALTLEN_DIGEST)
                  == 1;
}

bool
json_web_token_is_signed(const struct json_web_token *token, EVP_PKEY *key)
{
    CLEANUP(context_clear) EVP_MD_CTX *context = EVP_MD_CTX_new();
    AUTOBUFFER signature = BUFFER_INIT(SIGNATURE_MAXIMUM);
    const char *last = token->text + token->signed_length + 1;
    EVP_PKEY_CTX *way = NULL;

    if (!json_web_token_is_supported(token) || context == NULL
        || base64url_decode(&signature, last, strlen(last)) < 0
        || EVP_DigestVerifyInit(context, &way, EVP_sha256(), NULL, key) != 1
        || !padding_set(way, has_algorithm(token, "PS256")))
        return false;
    return EVP_DigestVerify(
               context, (const unsigned char *) buffer_text(&signature),
               signature.length, (const unsigned char *) token->text,
               token->signed_length)
           == 1;
}

static int
part_append(struct buffer *target, json_t *value)
{
    AUTOBUFFER text = BUFFER_INIT(JSON_WEB_TOKEN_MAXIMUM);

    if (json_text_value(&text, value) < 0)
        return -1;
    return base64url_encode(target, buffer_text(&text), text.length);
}

int
json_web_token_sign(struct buffer *target, json_t *header, json_t *claims,
                    EVP_PKEY *key)
{
    CLEANUP(context_clear) EVP_MD_CTX *context = EVP_MD_CTX_new();
    unsigned char signature[SIGNATURE_MAXIMUM];
    size_t length = sizeof(signature);

    (void) part_append(target, header);
    buffer_append_byte(target, '.');
    (void) part_append(target, claims);
    if (buffer_failed(target) || context == NULL || key == NULL
        || EVP_DigestSignInit(context, NULL, EVP_sha256(), NULL, key) != 1
        || EVP_DigestSign(context, signature, &length,
                          (const unsigned char *) buffer_text(target),
                          target->length)
               != 1)
        return -1;
    buffer_append_byte(target, '.');
    return base64url_encode(target, signature, length);
}

int
json_web_token_describe(struct buffer *target, const char *text)
{
    AUTOJWT token = { NULL, NULL, NULL, 0 };

    if (json_web_token_read(&token, text) < 0)
        return buffer_append_text(target, "null");
    buffer_append_text(target, "{\"header\":");
    (void) json_text_value(target, json_incref(token.header));
    buffer_append_text(target, ",\"claims\":");
    (void) json_text_value(target, json_incref(token.claims));
    return buffer_append_text(target, "}");
}
