/* SPDX-License-Identifier: Apache-2.0 */
/* Contacts through 2017-08-01-preview: one contact per address, switches
 * instead of thresholds. */
#include <string.h>

#include "base/cleanup.h"
#include "base/text.h"
#include "contact/view.h"
#include "json/fields.h"

/* The next address of a list that ; and , separate; *list moves behind it.
 * Returns its length, 0 at the end. */
static size_t
next_address(const char **list, const char **ret_start)
{
    const char *start = *list + strspn(*list, ";, \t");
    const size_t length = strcspn(start, ";, \t");

    *ret_start = start;
    *list = start + length;
    return length;
}

static size_t
parts(const struct contact *contact)
{
    const char *list = contact->emails != NULL ? contact->emails : "";
    const char *start;
    size_t count = 0;

    while (next_address(&list, &start) > 0)
        count++;
    return count > 1 ? count : 1;
}

/* Its address, in arena; "" where it has none. */
static const char *
part_address(const struct contact *contact, size_t part, struct arena *arena)
{
    const char *list = contact->emails != NULL ? contact->emails : "";
    const char *start;
    size_t length = next_address(&list, &start);

    while (part-- > 0)
        length = next_address(&list, &start);
    return arena_copy_bytes(arena, start, length);
}

/* A contact of several addresses shows as one per address, each named after
 * it, such as soc-contoso.nl. */
static const char *
part_name(const struct contact *contact, size_t part, struct arena *arena)
{
    if (parts(contact) == 1)
        return contact->name;
    const char *address = part_address(contact, part, arena);
    if (address == NULL)
        return NULL;
    char *name = arena_copy(arena, address);
    char *at = name != NULL ? strchr(name, '@') : NULL;
    if (at != NULL)
        *at = '-';
    return name;
}

static void
arena_release(struct arena **arena)
{
    arena_free(*arena);
}

static json_t *
properties(const struct contact *contact, size_t part)
{
    CLEANUP(arena_release) struct arena *arena = arena_new();
    const char *address =
        arena != NULL ? part_address(contact, part, arena) : NULL;

    if (address == NULL)
        return NULL;
    json_t *object = json_pack("{s:s}", "email", address);
    /* Only the first contact may carry a phone number. */
    if (contact->phone != NULL && part == 0)
        json_object_set_new(object, "phone", json_string(contact->phone));
    if (contact->alerts != SWITCH_ABSENT)
        json_object_set_new(object, "alertNotifications",
                            json_string(contact_switches[contact->alerts]));
    if (contact->by_role != SWITCH_ABSENT)
        json_object_set_new(object, "alertsToAdmins",
                            json_string(contact_switches[contact->by_role]));
    return object;
}

struct body {
    const char *email;
    const char *phone;
    int alerts;
    int to_admins;
};

static const struct field body_fields[] = {
    { "email", FIELD_TEXT, false, offsetof(struct body, email), NULL },
    { "phone", FIELD_TEXT, false, offsetof(struct body, phone), NULL },
    { "alertNotifications", FIELD_WORD, false, offsetof(struct body, alerts),
      contact_switches },
    { "alertsToAdmins", FIELD_WORD, false, offsetof(struct body, to_admins),
      contact_switches },
};

static int
merge_switches(struct contact *contact, const struct body *body)
{
    if (body->alerts != SWITCH_ABSENT) {
        contact->alerts = (enum contact_switch) body->alerts;
        if (body->alerts == SWITCH_OFF)
            contact->severity = SEVERITY_NONE;
        else if (contact->severity == SEVERITY_NONE)
            contact->severity = SEVERITY_HIGH;
    }
    if (body->to_admins != SWITCH_ABSENT) {
        contact->by_role = (enum contact_switch) body->to_admins;
        contact->role_count = 0;
        if (body->to_admins == SWITCH_ON)
            return contact_add_role(contact, contact_roles[ROLE_OWNER]);
    }
    return 0;
}

static int
merge(struct contact *contact, json_t *value, bool patch, struct arena *arena,
      struct error *err)
{
    struct body body = { NULL, NULL, SWITCH_ABSENT, SWITCH_ABSENT };

    if (fields_read(value, body_fields, ARRAY_LENGTH(body_fields),
                    "properties", arena, &body, err)
        < 0)
        return -1;
    if (!patch && body.email == NULL)
        return error_set(err, "properties.email: is missing");
    if (body.email != NULL && strpbrk(body.email, ";,") != NULL)
        return error_set(err, "properties.email: must be one e-mail address");
    if (contact_view_merge_texts(contact, body.email, body.phone, err) < 0)
        return -1;
    return merge_switches(contact, &body);
}

const struct contact_view contact_view_2017 = {
    .api_version = "2017-08-01-preview",
    .patched = true,
    .status_created = 200,
    .status_deleted = 204,
    .parts = parts,
    .part_name = part_name,
    .properties = properties,
    .merge = merge,
};
