/* SPDX-License-Identifier: Apache-2.0 */
/* The sign-ins of people, kept in a file. */
#include "identity/entra/sign_in_file.h"

#include <jansson.h>
#include <openssl/evp.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "base/buffer.h"
#include "base/cleanup.h"
#include "base/private_file.h"
#include "base/secret.h"
#include "base/text.h"
#include "identity/token/access_token.h"
#include "identity/token/json_answer.h"

enum {
    SIGN_IN_FILE_VERSION = 2,
    SIGN_IN_FILE_VERSION_UNPROVED = 1, /* without a digest */
    SIGN_IN_FILE_ENTRIES = 64,
    SIGN_IN_FILE_DIGEST = 32, /* bytes of SHA-256 */
};

/* The members that must be texts in each entry. */
static const char *const members[] = { "authority", "tenant", "clientId",
                                       "refreshToken" };

static const char *
member(const json_t *entry, const char *name)
{
    return json_string_value(json_object_get(entry, name));
}

static bool
entry_is_sane(const json_t *entry)
{
    const json_t *token = json_object_get(entry, "refreshToken");

    for (size_t i = 0; i < ARRAY_LENGTH(members); i++)
        if (text_is_blank(member(entry, members[i])))
            return false;
    return access_token_is_sane(json_string_value(token),
                                json_string_length(token));
}

static bool
entry_is(const json_t *entry, const struct sign_in_key *key)
{
    return text_equal_ignoring_case(member(entry, "authority"), key->authority)
           && text_equal_ignoring_case(member(entry, "tenant"), key->tenant)
           && text_equal_ignoring_case(member(entry, "clientId"), key->client);
}

/* The SHA-256 of the list, in hexadecimal. Returns -1 where it cannot be
 * computed. */
static int
list_digest(const json_t *list, char ret_text[2 * SIGN_IN_FILE_DIGEST + 1])
{
    AUTOSECRET char *text =
        json_dumps(list, JSON_COMPACT | JSON_SORT_KEYS | JSON_ENSURE_ASCII);
    unsigned char digest[SIGN_IN_FILE_DIGEST];

    if (text == NULL
        || EVP_Q_digest(NULL, "SHA256", NULL, text, strlen(text), digest, NULL)
               != 1)
        return -1;
    for (size_t i = 0; i < sizeof(digest); i++)
        (void) snprintf(&ret_text[2 * i], 3, "%02x", digest[i]);
    return 0;
}

/* Whether the list is as it was written, as far as the document can tell. */
static bool
list_is_proved(const json_t *document, const json_t *list)
{
    const json_t *version = json_object_get(document, "version");
    const char *stated =
        json_string_value(json_object_get(document, "sha256"));
    char digest[2 * SIGN_IN_FILE_DIGEST + 1];

    if (json_integer_value(version) == SIGN_IN_FILE_VERSION_UNPROVED)
        return stated == NULL;
    return json_integer_value(version) == SIGN_IN_FILE_VERSION
           && stated != NULL && list_digest(list, digest) == 0
           && strcmp(stated, digest) == 0;
}

/* The list of sign-ins in such bytes, checked, which the caller releases;
 * NULL where they are anything else. */
static json_t *
list_parse(const char *bytes, size_t length, struct error *err)
{
    json_auto_t *document =
        json_answer_parse(bytes, length, JSON_REJECT_DUPLICATES, NULL);
    json_t *list = json_object_get(document, "signIns");
    bool sane = json_is_array(list) && list_is_proved(document, list);

    for (size_t i = 0; sane && i < json_array_size(list); i++)
        sane = entry_is_sane(json_array_get(list, i));
    if (sane)
        return json_incref(list);
    error_set(err, "is damaged, or of another version of piket");
    error_advise(err, "remove it, and sign in again");
    return NULL;
}

/* The list in the file, an empty one where there is no file. */
static json_t *
list_read(const char *path, struct error *err)
{
    AUTOBUFFER bytes = BUFFER_SECRET_INIT(SIGN_IN_FILE_CEILING);
    bool exists;

    if (private_file_read(path, &bytes, &exists, err) < 0)
        return NULL;
    json_t *list = exists ? list_parse(buffer_text(&bytes), bytes.length, err)
                          : json_array();
    if (list == NULL && exists)
        error_wrap(err, "%s", path);
    else if (list == NULL)
        error_set_memory(err);
    return list;
}

static int
list_find(const json_t *list, const struct sign_in_key *key, char **ret_token,
          struct error *err)
{
    *ret_token = NULL;
    for (size_t i = 0; i < json_array_size(list); i++) {
        const json_t *entry = json_array_get(list, i);
        if (!entry_is(entry, key))
            continue;
        *ret_token = secret_copy(member(entry, "refreshToken"));
        return *ret_token != NULL ? 0 : error_set_memory(err);
    }
    return 0;
}

int
sign_in_file_parse(const char *bytes, size_t length,
                   const struct sign_in_key *key, char **ret_token,
                   struct error *err)
{
    json_auto_t *list = list_parse(bytes, length, err);

    return list != NULL ? list_find(list, key, ret_token, err) : -1;
}

int
sign_in_file_read(const char *path, const struct sign_in_key *key,
                  char **ret_token, struct error *err)
{
    json_auto_t *list = list_read(path, err);

    return list != NULL ? list_find(list, key, ret_token, err) : -1;
}

/* Puts the newest last. */
static int
list_change(json_t *list, const struct sign_in_key *key, const char *token)
{
    for (size_t i = json_array_size(list); i > 0; i--)
        if (entry_is(json_array_get(list, i - 1), key))
            (void) json_array_remove(list, i - 1);
    if (token == NULL)
        return 0;
    while (json_array_size(list) >= SIGN_IN_FILE_ENTRIES)
        (void) json_array_remove(list, 0);
    return json_array_append_new(
        list, json_pack("{s:s, s:s, s:s, s:s}", "authority", key->authority,
                        "tenant", key->tenant, "clientId", key->client,
                        "refreshToken", token));
}

int
sign_in_file_write(const char *path, const struct sign_in_key *key,
                   const char *token, struct error *err)
{
    json_auto_t *list = list_read(path, err);

    if (list == NULL)
        return -1;
    if (list_change(list, key, token) < 0)
        return error_set_memory(err);
    char digest[2 * SIGN_IN_FILE_DIGEST + 1];
    if (list_digest(list, digest) < 0)
        return error_set_memory(err);
    json_auto_t *document =
        json_pack("{s:i, s:s, s:O}", "version", SIGN_IN_FILE_VERSION, "sha256",
                  digest, "signIns", list);
    AUTOSECRET char *text =
        json_dumps(document, JSON_INDENT(2) | JSON_ENSURE_ASCII);
    AUTOBUFFER bytes = BUFFER_SECRET_INIT(SIGN_IN_FILE_CEILING);
    if (text == NULL)
        return error_set_memory(err);
    if (buffer_append_text(&bytes, text) < 0
        || buffer_append_byte(&bytes, '\n') < 0)
        return error_set(err, "%s: would be larger than %d bytes", path,
                         SIGN_IN_FILE_CEILING);
    return private_file_replace(path, buffer_text(&bytes), bytes.length, err);
}
