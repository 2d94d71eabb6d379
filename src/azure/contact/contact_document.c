/* SPDX-License-Identifier: Apache-2.0 */
/* The contacts of one subscription from the JSON of each API version. */
#include "azure/contact/contact_document.h"

#include <string.h>

#include "azure/contact/contact_properties.h"
#include "base/text.h"

/* Far more than any organisation has; what exceeds them is not a contact.
 * Merging looks at each pair of addresses. */
enum { CONTACTS_CEILING = 1000, CONTACT_MERGED_CEILING = 500 };

static const char default_name[] = "default";

/* The name, else the last segment of the id, else "". */
static const char *
find_name(const json_t *element)
{
    const char *name = json_string_value(json_object_get(element, "name"));
    const char *id = json_string_value(json_object_get(element, "id"));

    if (!text_is_blank(name))
        return name;
    const char *slash = id != NULL ? strrchr(id, '/') : NULL;
    return slash != NULL ? slash + 1 : "";
}

const json_t *
contact_document_default(const json_t *elements)
{
    for (size_t i = 0; i < json_array_size(elements); i++) {
        const json_t *element = json_array_get(elements, i);
        if (text_equal_ignoring_case(find_name(element), default_name))
            return element;
    }
    return NULL;
}

static int
decode_contact(const json_t *element, enum contact_version version,
               struct arena *arena, struct contact *ret_contact,
               struct error *err)
{
    static int (*const read[])(const json_t *, struct arena *,
                               struct contact *, struct error *) = {
        [CONTACT_VERSION_2023_12_01] = contact_properties_2023,
        [CONTACT_VERSION_2020_01_01] = contact_properties_2020,
        [CONTACT_VERSION_2017_08_01] = contact_properties_2017,
    };
    const json_t *properties = json_object_get(element, "properties");
    struct contact made = { .version = version };

    if (!json_is_object(element))
        return error_set(err, "a contact is not an object");
    made.name = arena_copy(arena, find_name(element));
    if (made.name == NULL)
        return error_set_memory(err);
    if (!json_is_object(properties))
        return error_set(err, "contact '%s' has no properties", made.name);
    if (read[version](properties, arena, &made, err) < 0)
        return error_wrap(err, "contact '%s'", made.name);
    *ret_contact = made;
    return 0;
}

static bool
has_email(const struct contact *contact, const char *email)
{
    for (size_t i = 0; i < contact->email_count; i++)
        if (text_equal_ignoring_case(contact->emails[i], email))
            return true;
    return false;
}

/* Whether a contact's own addresses are mailed. */
static bool
is_mailed(const struct contact *contact)
{
    return contact->alerts.level != CONTACT_LEVEL_OFF;
}

/* All contacts as one: each address once, the first phone, what is on for
 * any of them. The addresses of contacts whose mail is off count only where
 * all of it is off, since nobody at them is mailed. */
static int
merge(const struct contact *contacts, size_t count, struct arena *arena,
      struct contact *ret_merged, struct error *err)
{
    struct contact merged = contacts[0];
    size_t total = 0;
    bool mailed = false;

    for (size_t i = 0; i < count; i++) {
        total += contacts[i].email_count;
        mailed = mailed || is_mailed(&contacts[i]);
    }
    if (total > CONTACT_MERGED_CEILING)
        return error_set(err, "there are %zu addresses, more than %d", total,
                         CONTACT_MERGED_CEILING);
    const char **emails =
        arena_allocate_array(arena, total + 1, sizeof(*emails));
    if (emails == NULL)
        return error_set_memory(err);
    merged.emails = emails;
    merged.email_count = 0;
    for (size_t i = 0; i < count; i++) {
        const struct contact *contact = &contacts[i];
        for (size_t j = 0;
             j < contact->email_count && is_mailed(contact) == mailed; j++)
            if (!has_email(&merged, contact->emails[j]))
                emails[merged.email_count++] = contact->emails[j];
        if (merged.phone == NULL)
            merged.phone = contact->phone;
        if (is_mailed(contact))
            merged.alerts = contact->alerts;
        if (contact->roles_notified == CONTACT_ON) {
            merged.roles_notified = CONTACT_ON;
            merged.roles = contact->roles;
            merged.role_count = contact->role_count;
        }
        if (text_equal_ignoring_case(contact->name, default_name))
            merged.name = contact->name;
    }
    *ret_merged = merged;
    return 0;
}

/* Puts the contact named default aside from the others. */
static int
set_apart(const struct contact *contacts, size_t count, struct arena *arena,
          struct contact_reading *reading, struct error *err)
{
    const struct contact **others =
        arena_allocate_array(arena, count + 1, sizeof(*others));

    if (others == NULL)
        return error_set_memory(err);
    for (size_t i = 0; i < count; i++)
        if (text_equal_ignoring_case(contacts[i].name, default_name)) {
            if (reading->contact != NULL)
                return error_set(err, "there are two contacts named default");
            reading->contact = &contacts[i];
        } else {
            others[reading->other_count++] = &contacts[i];
        }
    reading->others = others;
    return 0;
}

int
contact_document_decode(const json_t *elements, enum contact_version version,
                        struct arena *arena,
                        struct contact_reading *ret_reading, struct error *err)
{
    struct contact_reading reading = { .kind = CONTACT_READING_DONE,
                                       .version = version };
    const size_t count = json_array_size(elements);

    if (count > CONTACTS_CEILING)
        return error_set(err, "there are %zu contacts, more than %d", count,
                         CONTACTS_CEILING);
    if (count > 0) {
        /* One more, for the merged one. */
        struct contact *contacts =
            arena_allocate_array(arena, count + 1, sizeof(*contacts));
        if (contacts == NULL)
            return error_set_memory(err);
        for (size_t i = 0; i < count; i++)
            if (decode_contact(json_array_get(elements, i), version, arena,
                               &contacts[i], err)
                < 0)
                return -1;
        if (version == CONTACT_VERSION_2017_08_01) {
            if (merge(contacts, count, arena, &contacts[count], err) < 0)
                return -1;
            reading.contact = &contacts[count];
        } else if (set_apart(contacts, count, arena, &reading, err) < 0) {
            return -1;
        }
    }
    *ret_reading = reading;
    return 0;
}
