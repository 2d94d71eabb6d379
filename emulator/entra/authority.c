/* SPDX-License-Identifier: Apache-2.0 */
/* Who signs tokens, and who believes them. */
#include "entra/authority.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/rsa.h>
#include <openssl/sha.h>

#include "base/cleanup.h"
#include "base/random.h"
#include "token/base64url.h"
#include "json/text.h"

enum {
    KEY_BITS = 2048,
    REMEMBERED = 1024, /* tokens; a power of two */
    KEY_ID_SIZE = 28
};

/* A token that was verified, by its SHA-256. */
struct remembered {
    bool used;
    unsigned char digest[SHA256_DIGEST_LENGTH];
    struct token token;
};

struct authority {
    EVP_PKEY *key;
    EVP_MD *sha256;
    uint64_t lifetime;
    uint64_t issued;
    uint64_t revoked; /* tokens up to this number are */
    char key_id[KEY_ID_SIZE];
    struct remembered tokens[REMEMBERED];
};

static void
digest_context_clear(EVP_MD_CTX **context)
{
    EVP_MD_CTX_free(*context);
}

static void
json_clear(json_t **value)
{
    json_decref(*value);
}

static void
number_clear(BIGNUM **number)
{
    BN_free(*number);
}

struct authority *
authority_new(uint64_t lifetime, struct error *err)
{
    struct authority *authority = calloc(1, sizeof(*authority));
    AUTOBUFFER key_id = BUFFER_INIT(KEY_ID_SIZE);
    unsigned char bytes[20];

    if (authority == NULL) {
        error_set_memory(err);
        return NULL;
    }
    random_fill(bytes, sizeof(bytes));
    base64url_encode(&key_id, bytes, sizeof(bytes));
    snprintf(authority->key_id, KEY_ID_SIZE, "%s", buffer_text(&key_id));
    authority->lifetime = lifetime;
    authority->key = EVP_RSA_gen(KEY_BITS);
    authority->sha256 = EVP_MD_fetch(NULL, "SHA256", NULL);
    if (authority->key == NULL || authority->sha256 == NULL) {
        error_set(err, "cannot make a key to sign tokens");
        authority_free(authority);
        return NULL;
    }
    return authority;
}

void
authority_free(struct authority *authority)
{
    if (authority == NULL)
        return;
    EVP_PKEY_free(authority->key);
    EVP_MD_free(authority->sha256);
    free(authority);
}

uint64_t
authority_lifetime(const struct authority *authority)
{
    return authority->lifetime;
}

static int
append_json(struct buffer *target, json_t *value)
{
    AUTOBUFFER text = BUFFER_INIT(TOKEN_TEXT_MAXIMUM);

    if (json_text_value(&text, value) < 0)
        return -1;
    return base64url_encode(target, buffer_text(&text), text.length);
}

static int
append_signature(const struct authority *authority, struct buffer *target)
{
    CLEANUP(digest_context_clear) EVP_MD_CTX *context = EVP_MD_CTX_new();
    unsigned char signature[KEY_BITS / 8];
    size_t length = sizeof(signature);

    if (context == NULL
        || EVP_DigestSignInit(context, NULL, authority->sha256, NULL,
                              authority->key)
               != 1
        || EVP_DigestSign(context, signature, &length,
                          (const unsigned char *) buffer_text(target),
                          target->length)
               != 1)
        return -1;
    buffer_append_byte(target, '.');
    return base64url_encode(target, signature, length);
}

/* What differs where a person has signed in; NULL where memory ran out. */
static json_t *
claims_of_user(json_t *claims, const char *user)
{
    if (user == NULL || claims == NULL)
        return claims;
    json_object_del(claims, "idtyp");
    json_object_set_new(claims, "appidacr", json_string("0"));
    json_object_set_new(claims, "upn", json_string(user));
    json_object_set_new(claims, "unique_name", json_string(user));
    json_object_set_new(claims, "scp", json_string("user_impersonation"));
    return claims;
}

int
authority_issue(struct authority *authority,
                const struct token_request *request, struct buffer *target)
{
    AUTOFREE char *issuer = NULL;
    char unique[RANDOM_UUID_SIZE];

    if (asprintf(&issuer, "https://sts.windows.net/%s/", request->tenant)
        < 0) {
        issuer = NULL;
        return -1;
    }
    append_json(target, json_pack("{s:s, s:s, s:s}", "typ", "JWT", "alg",
                                  "RS256", "kid", authority->key_id));
    buffer_append_byte(target, '.');
    append_json(
        target,
        claims_of_user(
            json_pack(
                "{s:s, s:s, s:I, s:I, s:I, s:s, s:s, s:s, s:s, s:s, s:s,"
                " s:s, s:s, s:I}",
                "aud", request->audience, "iss", issuer, "iat",
                (json_int_t) request->now, "nbf", (json_int_t) request->now,
                "exp",
                (json_int_t) (request->now + (int64_t) authority->lifetime),
                "appid", request->client, "appidacr", "1", "idtyp", "app",
                "oid", request->object, "sub", request->object, "tid",
                request->tenant, "uti", random_uuid(unique), "ver", "1.0",
                "emulator_number", (json_int_t) ++authority->issued),
            request->user));
    return append_signature(authority, target);
}

/* Whether the last part of text signs the two before it. */
static bool
is_signed(const struct authority *authority, const char *text,
          size_t signed_length)
{
    CLEANUP(digest_context_clear) EVP_MD_CTX *context = EVP_MD_CTX_new();
    AUTOBUFFER signature = BUFFER_INIT(KEY_BITS / 8);
    const char *last = text + signed_length + 1;

    return context != NULL
           && base64url_decode(&signature, last, strlen(last)) == 0
           && EVP_DigestVerifyInit(context, NULL, authority->sha256, NULL,
                                   authority->key)
                  == 1
           && EVP_DigestVerify(context,
                               (const unsigned char *) buffer_text(&signature),
                               signature.length, (const unsigned char *) text,
                               signed_length)
                  == 1;
}

static void
copy_claim(json_t *claims, const char *name, char *target, size_t size)
{
    const char *value = json_string_value(json_object_get(claims, name));

    snprintf(target, size, "%s", value != NULL ? value : "");
}

/* Reads the claims of a token whose signature is good. */
static bool
read_claims(const struct authority *authority, const char *text, size_t length,
            struct token *ret_token)
{
    AUTOBUFFER decoded = BUFFER_INIT(TOKEN_TEXT_MAXIMUM);

    if (base64url_decode(&decoded, text, length) < 0)
        return false;
    CLEANUP(json_clear)
    json_t *claims =
        json_loadb(buffer_text(&decoded), decoded.length, 0, NULL);
    if (claims == NULL
        || (uint64_t) json_integer_value(
               json_object_get(claims, "emulator_number"))
               <= authority->revoked)
        return false;
    copy_claim(claims, "tid", ret_token->tenant, sizeof(ret_token->tenant));
    copy_claim(claims, "appid", ret_token->client, sizeof(ret_token->client));
    copy_claim(claims, "oid", ret_token->object, sizeof(ret_token->object));
    copy_claim(claims, "aud", ret_token->audience,
               sizeof(ret_token->audience));
    copy_claim(claims, "iss", ret_token->issuer, sizeof(ret_token->issuer));
    ret_token->not_before = json_integer_value(json_object_get(claims, "nbf"));
    ret_token->expires = json_integer_value(json_object_get(claims, "exp"));
    return true;
}

/* Of the three parts only the last two are read: whoever signed it with this
 * key also chose the header. */
static bool
verify(const struct authority *authority, const char *text,
       struct token *ret_token)
{
    const char *first = strchr(text, '.');
    const char *second = first != NULL ? strchr(first + 1, '.') : NULL;

    if (second == NULL || strlen(text) > TOKEN_TEXT_MAXIMUM)
        return false;
    return is_signed(authority, text, (size_t) (second - text))
           && read_claims(authority, first + 1, (size_t) (second - first - 1),
                          ret_token);
}

const struct token *
authority_verify(struct authority *authority, const char *text, char hash[17])
{
    unsigned char digest[SHA256_DIGEST_LENGTH];
    unsigned slot;

    hash[0] = '\0';
    if (EVP_Digest(text, strlen(text), digest, NULL, authority->sha256, NULL)
        != 1)
        return NULL;
    for (size_t i = 0; i < 8; i++)
        snprintf(hash + 2 * i, 3, "%02x", digest[i]);
    memcpy(&slot, digest, sizeof(slot));
    struct remembered *place = &authority->tokens[slot & (REMEMBERED - 1)];
    if (place->used && memcmp(place->digest, digest, sizeof(digest)) == 0)
        return &place->token;
    struct token token;
    if (!verify(authority, text, &token))
        return NULL;
    place->used = true;
    place->token = token;
    memcpy(place->digest, digest, sizeof(digest));
    return &place->token;
}

void
authority_revoke(struct authority *authority)
{
    authority->revoked = authority->issued;
    for (size_t i = 0; i < REMEMBERED; i++)
        authority->tokens[i].used = false;
}

static int
set_number(json_t *object, const char *name, const EVP_PKEY *key,
           const char *parameter)
{
    CLEANUP(number_clear) BIGNUM *number = NULL;
    AUTOBUFFER text = BUFFER_INIT(KEY_BITS);
    unsigned char bytes[KEY_BITS / 8];

    if (EVP_PKEY_get_bn_param(key, parameter, &number) != 1)
        return -1;
    const int length = BN_bn2bin(number, bytes);
    if (base64url_encode(&text, bytes, (size_t) length) < 0)
        return -1;
    return json_object_set_new(object, name, json_string(buffer_text(&text)));
}

json_t *
authority_keys(const struct authority *authority)
{
    CLEANUP(json_clear)
    json_t *key = json_pack("{s:s, s:s, s:s, s:s}", "kty", "RSA", "use", "sig",
                            "kid", authority->key_id, "alg", "RS256");

    if (set_number(key, "n", authority->key, OSSL_PKEY_PARAM_RSA_N) < 0
        || set_number(key, "e", authority->key, OSSL_PKEY_PARAM_RSA_E) < 0)
        return NULL;
    return json_pack("{s:[O]}", "keys", key);
}
