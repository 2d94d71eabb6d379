/* SPDX-License-Identifier: Apache-2.0 */
/* A security contact as the service keeps it. */
#include "contact/contact.h"

#include <stdlib.h>
#include <string.h>

#include "base/cleanup.h"
#include "base/text.h"

const char *const contact_severities[] = { "", "High", "Medium", "Low", NULL };
const char *const contact_risks[] = { "Critical", "High", "Medium", "Low",
                                      NULL };
const char *const contact_roles[] = { "AccountAdmin", "ServiceAdmin", "Owner",
                                      "Contributor",  "Admin",        NULL };
const char *const contact_switches[] = { "", "Off", "On", NULL };

static void
contact_clear(struct contact **contact)
{
    contact_free(*contact);
}

struct contact *
contact_new(const char *name)
{
    CLEANUP(contact_clear)
    struct contact *contact = calloc(1, sizeof(*contact));

    if (contact == NULL || contact_set_text(&contact->name, name) < 0)
        return NULL;
    contact->enabled = true;
    return take_pointer(contact);
}

struct contact *
contact_copy(const struct contact *contact)
{
    CLEANUP(contact_clear)
    struct contact *copy = malloc(sizeof(*copy));

    if (copy == NULL)
        return NULL;
    *copy = *contact;
    copy->name = NULL;
    copy->emails = NULL;
    copy->phone = NULL;
    copy->raw = NULL;
    if (contact_set_text(&copy->name, contact->name) < 0
        || contact_set_text(&copy->emails, contact->emails) < 0
        || contact_set_text(&copy->phone, contact->phone) < 0)
        return NULL;
    if (contact->raw != NULL) {
        copy->raw = malloc(contact->raw_length + 1);
        if (copy->raw == NULL)
            return NULL;
        memcpy(copy->raw, contact->raw, contact->raw_length + 1);
    }
    return take_pointer(copy);
}

void
contact_free(struct contact *contact)
{
    if (contact == NULL)
        return;
    free(contact->name);
    free(contact->emails);
    free(contact->phone);
    free(contact->raw);
    free(contact);
}

int
contact_set_text(char **member, const char *text)
{
    char *copy = NULL;

    if (text != NULL && (copy = strdup(text)) == NULL)
        return -1;
    free(*member);
    *member = copy;
    return 0;
}

int
contact_add_role(struct contact *contact, const char *name)
{
    for (size_t i = 0; i < ROLE_COUNT; i++) {
        if (!text_equal_ignoring_case(name, contact_roles[i]))
            continue;
        for (size_t j = 0; j < contact->role_count; j++)
            if (contact->roles[j] == (enum contact_role) i)
                return 0;
        contact->roles[contact->role_count++] = (enum contact_role) i;
        return 0;
    }
    return -1;
}

int
contacts_copy(const struct contacts *contacts, struct contacts *ret_contacts)
{
    CLEANUP(contacts_done) struct contacts copy = { .count = 0 };

    memcpy(copy.etag, contacts->etag, sizeof(copy.etag));
    for (size_t i = 0; i < contacts->count; i++)
        if (contacts_add(&copy, contact_copy(contacts->items[i])) < 0)
            return -1;
    *ret_contacts = copy;
    copy = (struct contacts){ .count = 0 };
    return 0;
}

void
contacts_done(struct contacts *contacts)
{
    for (size_t i = 0; i < contacts->count; i++)
        contact_free(contacts->items[i]);
    free(contacts->items);
    *contacts = (struct contacts){ .count = 0 };
}

struct contact *
contacts_find(const struct contacts *contacts, const char *name)
{
    for (size_t i = 0; i < contacts->count; i++)
        if (text_equal_ignoring_case(contacts->items[i]->name, name))
            return contacts->items[i];
    return NULL;
}

int
contacts_add(struct contacts *contacts, struct contact *contact)
{
    if (contact == NULL)
        return -1;
    struct contact **items = reallocarray(contacts->items, contacts->count + 1,
                                          sizeof(struct contact *));
    if (items == NULL) {
        contact_free(contact);
        return -1;
    }
    contacts->items = items;
    contacts->items[contacts->count++] = contact;
    return 0;
}

void
contacts_remove(struct contacts *contacts, const struct contact *contact)
{
    for (size_t i = 0; i < contacts->count; i++) {
        if (contacts->items[i] != contact)
            continue;
        contact_free(contacts->items[i]);
        memmove(contacts->items + i, contacts->items + i + 1,
                (contacts->count - i - 1) * sizeof(struct contact *));
        contacts->count--;
        return;
    }
}
