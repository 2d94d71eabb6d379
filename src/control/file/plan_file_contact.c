/* SPDX-License-Identifier: Apache-2.0 */
/* Contacts, what was read of them, and errors in a plan file. */
#include <limits.h>
#include <openssl/evp.h>
#include <string.h>

#include "base/cleanup.h"
#include "base/text.h"
#include "control/file/plan_file_part.h"

/* Those without a word of Azure's have one of ours. */
static const char *const level_words[] = {
    [CONTACT_LEVEL_UNSEEN] = "unseen",
    [CONTACT_LEVEL_OFF] = "off",
    [CONTACT_LEVEL_LOW] = "Low",
    [CONTACT_LEVEL_MEDIUM] = "Medium",
    [CONTACT_LEVEL_HIGH] = "High",
    [CONTACT_LEVEL_CRITICAL] = "Critical",
    [CONTACT_LEVEL_UNRECOGNIZED] = "unrecognized",
};

static const char *const switch_words[] = {
    [CONTACT_UNSEEN] = "unseen",
    [CONTACT_OFF] = "off",
    [CONTACT_ON] = "on",
};

int
plan_file_read_version(const struct json_cursor *place,
                       enum contact_version *ret_version, struct error *err)
{
    const char *words[CONTACT_VERSION_2017_08_01 + 1];
    size_t index;

    for (size_t i = 0; i < ARRAY_LENGTH(words); i++)
        words[i] = contact_version_name((enum contact_version) i);
    if (json_cursor_word(place, words, ARRAY_LENGTH(words), &index, err) < 0)
        return -1;
    *ret_version = (enum contact_version) index;
    return 0;
}

static json_t *
threshold_tree(const struct contact_threshold *threshold)
{
    return json_pack("{s:s, s:s?}", "level", level_words[threshold->level],
                     "text", threshold->text);
}

static int
read_threshold(const struct json_cursor *above, const char *name,
               struct arena *arena, struct contact_threshold *ret_threshold,
               struct error *err)
{
    static const char *const members[] = { "level", "text", NULL };
    const struct json_cursor place = json_cursor_member(above, name);
    const struct json_cursor level = json_cursor_member(&place, "level");
    const struct json_cursor text = json_cursor_member(&place, "text");
    size_t index;

    if (json_cursor_object(&place, members, err) < 0
        || json_cursor_word(&level, level_words, ARRAY_LENGTH(level_words),
                            &index, err)
               < 0
        || json_cursor_text_or_null(&text, arena, &ret_threshold->text, err)
               < 0)
        return -1;
    ret_threshold->level = (enum contact_level) index;
    return 0;
}

static int
read_switch(const struct json_cursor *above, const char *name,
            enum contact_switch *ret_switch, struct error *err)
{
    const struct json_cursor place = json_cursor_member(above, name);
    size_t index;

    if (json_cursor_word(&place, switch_words, ARRAY_LENGTH(switch_words),
                         &index, err)
        < 0)
        return -1;
    *ret_switch = (enum contact_switch) index;
    return 0;
}

json_t *
plan_file_contact(const struct contact *contact)
{
    if (contact == NULL)
        return json_null();
    return json_pack(
        "{s:s, s:s, s:s, s:o, s:s?, s:o, s:o, s:s, s:o}", "name",
        contact->name, "version", contact_version_name(contact->version),
        "enabled", switch_words[contact->enabled], "emails",
        plan_file_texts(contact->emails, contact->email_count), "phone",
        contact->phone, "alerts", threshold_tree(&contact->alerts),
        "attackPaths", threshold_tree(&contact->attack_paths), "roleMail",
        switch_words[contact->roles_notified], "roles",
        plan_file_texts(contact->roles, contact->role_count));
}

static int
read_contact_members(const struct json_cursor *place, struct arena *arena,
                     struct contact *contact, struct error *err)
{
    const struct json_cursor name = json_cursor_member(place, "name");
    const struct json_cursor version = json_cursor_member(place, "version");
    const struct json_cursor emails = json_cursor_member(place, "emails");
    const struct json_cursor phone = json_cursor_member(place, "phone");
    const struct json_cursor roles = json_cursor_member(place, "roles");

    if (json_cursor_text(&name, arena, &contact->name, err) < 0
        || plan_file_read_version(&version, &contact->version, err) < 0
        || read_switch(place, "enabled", &contact->enabled, err) < 0
        || json_cursor_texts(&emails, arena, &contact->emails,
                             &contact->email_count, err)
               < 0
        || json_cursor_text_or_null(&phone, arena, &contact->phone, err) < 0
        || read_threshold(place, "alerts", arena, &contact->alerts, err) < 0
        || read_threshold(place, "attackPaths", arena, &contact->attack_paths,
                          err)
               < 0
        || read_switch(place, "roleMail", &contact->roles_notified, err) < 0)
        return -1;
    return json_cursor_texts(&roles, arena, &contact->roles,
                             &contact->role_count, err);
}

int
plan_file_read_contact(const struct json_cursor *place, struct arena *arena,
                       const struct contact **ret_contact, struct error *err)
{
    static const char *const members[] = {
        "name",   "version",     "enabled",  "emails", "phone",
        "alerts", "attackPaths", "roleMail", "roles",  NULL
    };

    if (json_is_null(place->value)) {
        *ret_contact = NULL;
        return 0;
    }
    if (json_cursor_object(place, members, err) < 0)
        return -1;
    struct contact *contact = arena_allocate(arena, sizeof(*contact));
    if (contact == NULL)
        return error_set_memory(err);
    if (read_contact_members(place, arena, contact, err) < 0)
        return -1;
    *ret_contact = contact;
    return 0;
}

static bool
is_text(const char *bytes, size_t length)
{
    uint32_t point;

    for (size_t i = 0, size; i < length; i += size) {
        size = text_utf8_point(&bytes[i], length - i, &point);
        if (size == 0 || point == 0)
            return false;
    }
    return true;
}

static json_t *
base64_tree(const char *bytes, size_t length)
{
    if (length > INT_MAX / 2)
        return NULL;
    const size_t size = 4 * ((length + 2) / 3) + 1;
    AUTOFREE char *encoded = malloc(size);
    if (encoded == NULL)
        return NULL;
    (void) EVP_EncodeBlock((unsigned char *) encoded,
                           (const unsigned char *) bytes, (int) length);
    return json_string(encoded);
}

/* Azure's bytes are text nearly always, and then a person can read them. */
json_t *
plan_file_image(const struct contact_snapshot *image)
{
    if (image == NULL)
        return json_null();
    const bool text = is_text(image->bytes, image->length);
    return json_pack(
        "{s:s, s:o, s:o}", "version", contact_version_name(image->version),
        "text", text ? json_stringn(image->bytes, image->length) : json_null(),
        "base64",
        text ? json_null() : base64_tree(image->bytes, image->length));
}

static int
decode_base64(const struct json_cursor *place, struct arena *arena,
              struct contact_snapshot *image, struct error *err)
{
    const char *encoded = json_string_value(place->value);
    const size_t length = json_string_length(place->value);
    size_t padding = 0;

    if (encoded == NULL || length % 4 != 0 || length > INT_MAX)
        return json_cursor_fail(place, err, "is not base64");
    while (padding < 2 && padding < length
           && encoded[length - 1 - padding] == '=')
        padding++;
    unsigned char *bytes = arena_allocate(arena, length / 4 * 3 + 1);
    if (bytes == NULL)
        return error_set_memory(err);
    const int decoded =
        EVP_DecodeBlock(bytes, (const unsigned char *) encoded, (int) length);
    if (decoded < 0 || (size_t) decoded < padding)
        return json_cursor_fail(place, err, "is not base64");
    image->bytes = (const char *) bytes;
    image->length = (size_t) decoded - padding;
    return 0;
}

int
plan_file_read_image(const struct json_cursor *place, struct arena *arena,
                     const struct contact_snapshot **ret_image,
                     struct error *err)
{
    static const char *const members[] = { "version", "text", "base64", NULL };
    const struct json_cursor version = json_cursor_member(place, "version");
    const struct json_cursor text = json_cursor_member(place, "text");
    const struct json_cursor base64 = json_cursor_member(place, "base64");

    if (json_is_null(place->value)) {
        *ret_image = NULL;
        return 0;
    }
    struct contact_snapshot *image = arena_allocate(arena, sizeof(*image));
    if (image == NULL)
        return error_set_memory(err);
    if (json_cursor_object(place, members, err) < 0
        || plan_file_read_version(&version, &image->version, err) < 0)
        return -1;
    if (json_is_null(text.value)) {
        if (decode_base64(&base64, arena, image, err) < 0)
            return -1;
    } else {
        if (json_cursor_text(&text, arena, &image->bytes, err) < 0)
            return -1;
        image->length = strlen(image->bytes);
    }
    *ret_image = image;
    return 0;
}

json_t *
plan_file_contact_error(const struct contact_error *error)
{
    if (error == NULL)
        return json_null();
    return json_pack("{s:i, s:s, s:s, s:s?}", "httpStatus", error->http_status,
                     "code", error->code, "message", error->message,
                     "requestId", error->request_id);
}

int
plan_file_read_contact_error(const struct json_cursor *place,
                             struct arena *arena,
                             const struct contact_error **ret_error,
                             struct error *err)
{
    static const char *const members[] = { "httpStatus", "code", "message",
                                           "requestId", NULL };
    const struct json_cursor status = json_cursor_member(place, "httpStatus");
    const struct json_cursor code = json_cursor_member(place, "code");
    const struct json_cursor message = json_cursor_member(place, "message");
    const struct json_cursor request = json_cursor_member(place, "requestId");
    int64_t number;

    if (json_is_null(place->value)) {
        *ret_error = NULL;
        return 0;
    }
    struct contact_error *error = arena_allocate(arena, sizeof(*error));
    if (error == NULL)
        return error_set_memory(err);
    if (json_cursor_object(place, members, err) < 0
        || json_cursor_integer(&status, 999, &number, err) < 0
        || json_cursor_text(&code, arena, &error->code, err) < 0
        || json_cursor_text(&message, arena, &error->message, err) < 0
        || json_cursor_text_or_null(&request, arena, &error->request_id, err)
               < 0)
        return -1;
    error->http_status = (int) number;
    *ret_error = error;
    return 0;
}
