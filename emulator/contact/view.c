/* SPDX-License-Identifier: Apache-2.0 */
/* What the API versions share in showing contacts and taking them. */
#include "contact/view.h"

#include <stddef.h>
#include <string.h>

#include "base/cleanup.h"
#include "base/text.h"
#include "json/fields.h"
#include "json/text.h"

static const struct contact_view *const views[] = {
    &contact_view_2017,
    &contact_view_2020,
    &contact_view_2023,
};

const struct contact_view *
contact_view_find(const char *api_version)
{
    for (size_t i = 0; i < ARRAY_LENGTH(views); i++)
        if (text_equal_ignoring_case(views[i]->api_version, api_version))
            return views[i];
    return NULL;
}

struct contact *
contact_view_lookup(const struct contact_view *view,
                    const struct contacts *contacts, const char *name,
                    struct arena *arena, size_t *ret_part)
{
    for (size_t i = 0; i < contacts->count; i++) {
        struct contact *contact = contacts->items[i];
        const size_t parts = view->parts(contact);
        for (size_t part = 0; part < parts; part++)
            if (text_equal_ignoring_case(view->part_name(contact, part, arena),
                                         name)) {
                *ret_part = part;
                return contact;
            }
    }
    *ret_part = 0;
    return contacts_find(contacts, name);
}

int
contact_view_append(const struct contact_view *view,
                    const struct contact *contact, size_t part,
                    const char *subscription, const char *etag,
                    struct arena *arena, struct buffer *target)
{
    const char *name = view->part_name(contact, part, arena);

    if (name == NULL)
        return -1;
    if (contact->raw != NULL)
        return buffer_append(target, contact->raw, contact->raw_length);
    AUTOFREE char *id = NULL;
    if (asprintf(&id,
                 "/subscriptions/%s/providers/Microsoft.Security/"
                 "securityContacts/%s",
                 subscription, name)
        < 0) {
        id = NULL;
        return -1;
    }
    buffer_append_text(target, "{\"properties\":");
    json_text_value(target, view->properties(contact, part));
    buffer_append_text(target, ",\"id\":");
    json_text_string(target, id);
    buffer_append_text(target, ",\"name\":");
    json_text_string(target, name);
    return buffer_printf(target,
                         ",\"type\":\"Microsoft.Security/securityContacts\","
                         "\"etag\":\"\\\"%s\\\"\","
                         "\"location\":\"West Europe\"}",
                         etag);
}

size_t
contact_view_one_part(const struct contact *contact)
{
    (void) contact;
    return 1;
}

const char *
contact_view_own_name(const struct contact *contact, size_t part,
                      struct arena *arena)
{
    (void) part;
    (void) arena;
    return contact->name;
}

json_t *
contact_view_by_role(const struct contact *contact)
{
    json_t *roles = json_array();

    for (size_t i = 0; i < contact->role_count; i++)
        if (json_array_append_new(
                roles, json_string(contact_roles[contact->roles[i]]))
            < 0) {
            json_decref(roles);
            return NULL;
        }
    return json_pack("{s:s, s:o}", "state", contact_switches[contact->by_role],
                     "roles", roles);
}

struct by_role {
    int state;
    json_t *roles;
};

static const struct field by_role_fields[] = {
    { "state", FIELD_WORD, false, offsetof(struct by_role, state),
      contact_switches },
    { "roles", FIELD_ARRAY, false, offsetof(struct by_role, roles), NULL },
};

static int
merge_roles(struct contact *contact, json_t *roles, const char *path,
            struct error *err)
{
    size_t index;
    json_t *role;

    contact->role_count = 0;
    json_array_foreach(roles, index, role)
    {
        if (!json_is_string(role)
            || contact_add_role(contact, json_string_value(role)) < 0)
            return error_set(err, "%s.roles[%zu]: is not a known role", path,
                             index);
    }
    return 0;
}

int
contact_view_merge_by_role(struct contact *contact, json_t *value,
                           const char *path, struct arena *arena,
                           struct error *err)
{
    struct by_role read = { SWITCH_ABSENT, NULL };

    if (fields_read(value, by_role_fields, ARRAY_LENGTH(by_role_fields), path,
                    arena, &read, err)
        < 0)
        return -1;
    if (read.state != SWITCH_ABSENT)
        contact->by_role = (enum contact_switch) read.state;
    else if (contact->by_role == SWITCH_ABSENT)
        contact->by_role = SWITCH_ON;
    if (merge_roles(contact, read.roles, path, err) < 0)
        return -1;
    if (contact->role_count == 0 && contact->by_role == SWITCH_ON)
        return contact_add_role(contact, contact_roles[ROLE_OWNER]);
    return 0;
}

int
contact_view_merge_texts(struct contact *contact, const char *emails,
                         const char *phone, struct error *err)
{
    if (emails != NULL && contact_set_text(&contact->emails, emails) < 0)
        return error_set_memory(err);
    const bool clears = phone != NULL && phone[0] == '\0'
                        && contact->phone != NULL && contact->phone[0] != '\0';
    if (phone != NULL && !clears
        && contact_set_text(&contact->phone, phone) < 0)
        return error_set_memory(err);
    return 0;
}
