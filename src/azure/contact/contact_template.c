/* SPDX-License-Identifier: Apache-2.0 */
/* A document of a security contact, as people keep it. */
#include "azure/contact/contact_template.h"

#include <stdint.h>
#include <string.h>

#include "azure/arm/arm_json.h"
#include "azure/contact/contact_document.h"
#include "azure/arm/contact_member.h"
#include "azure/contact/desired_contact_json.h"
#include "base/cleanup.h"
#include "base/json_size.h"
#include "base/text.h"

enum {
    /* Deployments within deployments; Azure itself stops at far fewer than
     * this. */
    TEMPLATE_DEPTH_CEILING = 8,
    TEMPLATE_CONTACTS_CEILING = 100,
};

/* A template with all that an organisation deploys; whoever wrote it sees to
 * its size himself. */
static const struct json_size template_ceiling = { 100 * 1000,
                                                   JSON_SIZE_DEPTH };

static const char expected[] =
    "give a Microsoft.Security/securityContacts resource, its properties, a "
    "list of such resources, or a deployment template with one";

/* The contacts found so far, borrowed from the document. */
struct search {
    const json_t *contacts[TEMPLATE_CONTACTS_CEILING];
    size_t count;
};

/* The specification's own examples write the singular, too. */
static bool
is_contact_type(const char *type)
{
    return text_equal_ignoring_case(type,
                                    "Microsoft.Security/securityContacts")
           || text_equal_ignoring_case(type,
                                       "Microsoft.Security/securityContact");
}

static int
add_contact(struct search *search, const json_t *contact, struct error *err)
{
    if (search->count == ARRAY_LENGTH(search->contacts))
        return error_set(err, "it holds more than %d security contacts",
                         TEMPLATE_CONTACTS_CEILING);
    search->contacts[search->count++] = contact;
    return 0;
}

static int search_resources(struct search *search, const json_t *resources,
                            unsigned depth, struct error *err);

/* A resource of a deployment template: a contact, or what may hold one. */
static int
search_resource(struct search *search, const json_t *resource, unsigned depth,
                struct error *err)
{
    const char *type = json_string_value(contact_member_get(resource, "type"));
    const json_t *properties = contact_member_get(resource, "properties");
    const json_t *nested = NULL;

    if (!json_is_object(resource))
        return error_set(err, "one of its resources is not an object");
    if (is_contact_type(type))
        return add_contact(search, resource, err);
    if (text_equal_ignoring_case(type, "Microsoft.Resources/deployments"))
        nested = contact_member_get(contact_member_get(properties, "template"),
                                    "resources");
    return nested != NULL ? search_resources(search, nested, depth + 1, err)
                          : 0;
}

/* A list, or since language version 2.0 an object with names. */
static int
search_resources(struct search *search, const json_t *resources,
                 unsigned depth, struct error *err)
{
    json_t *members = (json_t *) (uintptr_t) resources;
    const char *name;
    json_t *value;
    size_t index;

    if (depth > TEMPLATE_DEPTH_CEILING)
        return error_set(err, "its deployments are nested more than %d deep",
                         TEMPLATE_DEPTH_CEILING);
    json_array_foreach(resources, index, value)
    {
        if (search_resource(search, value, depth, err) < 0)
            return -1;
    }
    json_object_foreach(members, name, value)
    {
        if (search_resource(search, value, depth, err) < 0)
            return -1;
    }
    return 0;
}

/* A contact by itself: a resource, or only its properties. */
static int
search_object(struct search *search, const json_t *object, struct error *err)
{
    const json_t *type = contact_member_get(object, "type");

    if (type != NULL && !is_contact_type(json_string_value(type))) {
        error_set(err, "its type is not Microsoft.Security/securityContacts");
        return error_advise(err, "%s", expected);
    }
    if (contact_member_get(object, "properties") == NULL
        && !desired_contact_json_knows(object)) {
        error_set(err, "it holds no security contact");
        return error_advise(err, "%s", expected);
    }
    return add_contact(search, object, err);
}

static int
search_list(struct search *search, const json_t *list, struct error *err)
{
    size_t index;
    json_t *value;

    json_array_foreach(list, index, value)
    {
        if (!json_is_object(value))
            return error_set(err, "element %zu of it is not an object", index);
        if (search_object(search, value, err) < 0)
            return -1;
    }
    return 0;
}

static int
search_document(struct search *search, const json_t *document,
                struct error *err)
{
    const json_t *resources = contact_member_get(document, "resources");
    const json_t *value = contact_member_get(document, "value");

    if (json_is_array(document))
        return search_list(search, document, err);
    if (json_is_array(value))
        return search_list(search, value, err);
    if (json_is_array(resources) || json_is_object(resources))
        return search_resources(search, resources, 1, err);
    return search_object(search, document, err);
}

static bool
is_default(const json_t *contact)
{
    return text_equal_ignoring_case(
        json_string_value(contact_member_get(contact, "name")), "default");
}

/* The only one, or the only one named default. */
static int
choose(const struct search *search, const json_t **ret_contact,
       struct error *err)
{
    const json_t *chosen = NULL;
    size_t defaults = 0;

    if (search->count == 0) {
        error_set(err, "it holds no security contact");
        return error_advise(err, "%s", expected);
    }
    for (size_t i = 0; i < search->count; i++)
        if (is_default(search->contacts[i])) {
            chosen = search->contacts[i];
            defaults++;
        }
    if (search->count > 1 && defaults != 1) {
        error_set(err,
                  "it holds %zu security contacts, of which %zu are named "
                  "default",
                  search->count, defaults);
        return error_advise(err, "leave the one that is wanted");
    }
    *ret_contact = search->count == 1 ? search->contacts[0] : chosen;
    return 0;
}

/* The document, as a new reference. What people write is read as it stands:
 * unlike Azure's answers it can be corrected. */
static json_t *
parse(const char *bytes, size_t length, struct error *err)
{
    static const char mark[] = "\xef\xbb\xbf";
    const size_t skip = length >= 3 && memcmp(bytes, mark, 3) == 0 ? 3 : 0;
    json_error_t problem;

    if (length > CONTACT_TEMPLATE_CEILING) {
        (void) error_set(err, "it is larger than %d KiB",
                         CONTACT_TEMPLATE_CEILING / 1024);
        return NULL;
    }
    if (json_size_check(bytes, length, &template_ceiling, err) < 0)
        return NULL;
    json_t *document = json_loadb(bytes + skip, length - skip,
                                  JSON_REJECT_DUPLICATES, &problem);
    if (document == NULL) {
        (void) error_set(err, "line %d, column %d: %s", problem.line,
                         problem.column, problem.text);
        (void) error_advise(err, "it must be JSON, without comments");
    }
    return document;
}

int
contact_template_read(const char *bytes, size_t length, struct arena *arena,
                      struct desired_contact *ret_desired, struct error *err)
{
    struct search search = { .count = 0 };
    const json_t *contact = NULL;
    AUTOJSON json_t *document = parse(bytes, length, err);

    if (document == NULL || search_document(&search, document, err) < 0
        || choose(&search, &contact, err) < 0)
        return -1;
    const json_t *properties = contact_member_get(contact, "properties");
    if (properties != NULL && !json_is_object(properties))
        return error_set(err, "its properties are not an object");
    return desired_contact_json_read(properties != NULL ? properties : contact,
                                     arena, ret_desired, err);
}
