/* SPDX-License-Identifier: Apache-2.0 */
/* Contacts in estate files. */
#include "estate/estate_contact.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <openssl/evp.h>

#include "base/cleanup.h"
#include "contact/view.h"
#include "json/fields.h"

struct contact_file {
    const char *name;
    const char *emails;
    const char *phone;
    bool enabled;
    json_t *sources;
    json_t *by_role;
    json_t *raw;
    const char *raw_text;
    const char *raw_base64;
};

#define AT(member) offsetof(struct contact_file, member)
static const struct field contact_fields[] = {
    { "name", FIELD_TEXT, false, AT(name), NULL },
    { "emails", FIELD_TEXT, false, AT(emails), NULL },
    { "phone", FIELD_TEXT, false, AT(phone), NULL },
    { "isEnabled", FIELD_FLAG, false, AT(enabled), NULL },
    { "notificationsSources", FIELD_ARRAY, false, AT(sources), NULL },
    { "notificationsByRole", FIELD_OBJECT, false, AT(by_role), NULL },
    { "raw", FIELD_ANY, false, AT(raw), NULL },
    { "rawText", FIELD_TEXT, false, AT(raw_text), NULL },
    { "rawBase64", FIELD_TEXT, false, AT(raw_base64), NULL },
};
#undef AT

static void
contact_clear(struct contact **contact)
{
    contact_free(*contact);
}

static int
decode_base64(struct contact *contact, const char *text, const char *path,
              struct error *err)
{
    const size_t length = strlen(text);
    unsigned char *bytes = malloc(length / 4 * 3 + 4);

    if (bytes == NULL)
        return error_set_memory(err);
    int got =
        EVP_DecodeBlock(bytes, (const unsigned char *) text, (int) length);
    if (got < 0) {
        free(bytes);
        return error_set(err, "%s.rawBase64: must be base64", path);
    }
    /* EVP_DecodeBlock counts the padding as zero bytes. */
    for (size_t i = length; i > 0 && text[i - 1] == '='; i--)
        got--;
    bytes[got] = '\0';
    contact->raw = (char *) bytes;
    contact->raw_length = (size_t) got;
    return 0;
}

static int
take_raw(struct contact *contact, const struct contact_file *file,
         const char *path, struct error *err)
{
    if (file->raw_base64 != NULL)
        return decode_base64(contact, file->raw_base64, path, err);
    if (file->raw != NULL)
        contact->raw = json_dumps(file->raw, JSON_COMPACT | JSON_ENCODE_ANY);
    else if (file->raw_text != NULL)
        contact->raw = strdup(file->raw_text);
    else
        return 0;
    if (contact->raw == NULL)
        return error_set_memory(err);
    contact->raw_length = strlen(contact->raw);
    return 0;
}

/* The members that 2023-12-01-preview defines are read by its own code; the
 * roles once more, as it would fill them in. */
static int
take_settings(struct contact *contact, const struct contact_file *file,
              struct arena *arena, struct error *err)
{
    json_t *value = json_object();
    size_t index;
    json_t *role;

    if (file->sources != NULL)
        json_object_set(value, "notificationsSources", file->sources);
    if (file->by_role != NULL)
        json_object_set(value, "notificationsByRole", file->by_role);
    const int result =
        contact_view_2023.merge(contact, value, false, arena, err);
    json_decref(value);
    if (result < 0)
        return -1;
    contact->role_count = 0;
    json_array_foreach(json_object_get(file->by_role, "roles"), index, role)
    {
        if (contact_add_role(contact, json_string_value(role)) < 0)
            return error_set(err, "roles[%zu]: is not a known role", index);
    }
    return 0;
}

struct contact *
estate_contact_read(json_t *value, const char *path, struct arena *arena,
                    struct error *err)
{
    struct contact_file file = { .name = "default", .enabled = true };

    if (fields_read(value, contact_fields, ARRAY_LENGTH(contact_fields), path,
                    arena, &file, err)
        < 0)
        return NULL;
    CLEANUP(contact_clear) struct contact *contact = contact_new(file.name);
    if (contact == NULL || contact_set_text(&contact->emails, file.emails) < 0
        || contact_set_text(&contact->phone, file.phone) < 0) {
        error_set_memory(err);
        return NULL;
    }
    contact->enabled = file.enabled;
    if (take_settings(contact, &file, arena, err) < 0
        || take_raw(contact, &file, path, err) < 0) {
        error_wrap(err, "%s", path);
        return NULL;
    }
    return take_pointer(contact);
}

static json_t *
encode_base64(const struct contact *contact)
{
    AUTOFREE unsigned char *text = malloc(contact->raw_length / 3 * 4 + 5);

    if (text == NULL)
        return NULL;
    EVP_EncodeBlock(text, (const unsigned char *) contact->raw,
                    (int) contact->raw_length);
    return json_string((const char *) text);
}

json_t *
estate_contact_write(const struct contact *contact)
{
    json_t *value = contact_view_2023.properties(contact, 0);

    json_object_set_new(value, "name", json_string(contact->name));
    /* Alerts that are absent, not off, have no list of sources. */
    if (contact->alerts == SWITCH_ABSENT && !contact->attack_paths)
        json_object_del(value, "notificationsSources");
    if (contact->raw != NULL)
        json_object_set_new(value, "rawBase64", encode_base64(contact));
    return value;
}
