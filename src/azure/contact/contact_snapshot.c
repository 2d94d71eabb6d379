/* SPDX-License-Identifier: Apache-2.0 */
/* What the bytes of a contact_snapshot say. */
#include "azure/contact/contact_snapshot.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "azure/arm/arm_json.h"
#include "azure/arm/arm_list.h"
#include "azure/contact/contact_document.h"
#include "azure/arm/contact_member.h"
#include "azure/contact/contact_refusal.h"
#include "azure/contact/contact_residue.h"
#include "azure/contact/contact_revision.h"
#include "base/cleanup.h"

/* Whether a listing was refused because there is none: the provider may say
 * so to a list, too. */
static bool
is_refused_as_absent(const json_t *document)
{
    const json_t *error = json_object_get(document, "error");
    const char *code = json_string_value(json_object_get(error, "code"));
    const char *message = json_string_value(json_object_get(error, "message"));

    if (code == NULL || message == NULL)
        return false;
    const struct arm_error said = { .http_status = 404,
                                    .code = (char *) (uintptr_t) code,
                                    .message = (char *) (uintptr_t) message };
    return contact_refusal_means_absent(&said);
}

/* The elements of the page, as a new reference. */
static json_t *
parse(const struct contact_snapshot *image, struct error *err)
{
    AUTOJSON json_t *document =
        arm_json_parse(image->bytes, image->length, &arm_json_ceiling, NULL);
    json_t *elements = document == NULL ? NULL
                       : is_refused_as_absent(document)
                           ? json_array()
                           : arm_list_elements(document, true);

    if (elements == NULL)
        (void) error_set(err, "what is kept of the contacts is no list");
    return elements;
}

/* The properties of the contact named default, of those elements; *ret is
 * NULL where there is none. Borrowed. */
static int
find_properties(const json_t *elements, const json_t **ret_properties,
                struct error *err)
{
    const json_t *element = contact_document_default(elements);
    const json_t *properties = json_object_get(element, "properties");

    if (element != NULL && !json_is_object(properties))
        return error_set(err, "contact 'default' has no properties");
    *ret_properties = properties;
    return 0;
}

int
contact_snapshot_decode(const struct contact_snapshot *image,
                        struct arena *arena,
                        struct contact_reading *ret_reading, struct error *err)
{
    AUTOJSON json_t *elements = parse(image, err);

    if (elements == NULL)
        return -1;
    return contact_document_decode(elements, image->version, arena,
                                   ret_reading, err);
}

int
contact_snapshot_equal(const struct contact_snapshot *left,
                       const struct contact_snapshot *right, bool *ret_equal,
                       struct error *err)
{
    AUTOJSON json_t *left_elements = parse(left, err);
    AUTOJSON json_t *right_elements =
        left_elements != NULL ? parse(right, err) : NULL;
    const json_t *left_properties = NULL, *right_properties = NULL;

    if (right_elements == NULL
        || find_properties(left_elements, &left_properties, err) < 0
        || find_properties(right_elements, &right_properties, err) < 0)
        return -1;
    /* Two versions show different things of the same contact. */
    if (left_properties == NULL || right_properties == NULL)
        *ret_equal = left_properties == right_properties;
    else
        *ret_equal = left->version == right->version
                     && json_equal(left_properties, right_properties) == 1;
    return 0;
}

/* Appends {"properties": …}, and drops the reference. */
static int
append_body(json_t *properties, struct buffer *target, struct error *err)
{
    AUTOJSON json_t *body = json_pack("{s:o}", "properties", properties);
    AUTOFREE char *text = body != NULL ? json_dumps(body, JSON_COMPACT) : NULL;

    return text == NULL || buffer_append_text(target, text) < 0
               ? error_set_memory(err)
               : 0;
}

/* What the image says of the contact, decoded into the arena, and its
 * properties in a copy to be changed. */
static int
revise(json_t *elements, const struct contact_snapshot *image,
       const struct contact *after, struct arena *arena,
       json_t **ret_properties, struct error *err)
{
    static int (*const revision[])(json_t *, const struct contact *,
                                   const struct contact *, struct error *) = {
        [CONTACT_VERSION_2023_12_01] = contact_revision_2023,
        [CONTACT_VERSION_2020_01_01] = contact_revision_2020,
    };
    const json_t *found = NULL;
    struct contact_reading reading;

    if (contact_document_decode(elements, image->version, arena, &reading, err)
            < 0
        || find_properties(elements, &found, err) < 0)
        return -1;
    AUTOJSON json_t *properties =
        found != NULL ? json_deep_copy(found) : json_object();
    if (properties == NULL)
        return error_set_memory(err);
    if (revision[image->version](properties, reading.contact, after, err) < 0)
        return -1;
    *ret_properties = take_pointer(properties);
    return 0;
}

int
contact_snapshot_revise(const struct contact_snapshot *image,
                        const struct contact *after, struct buffer *target,
                        struct error *err)
{
    if (image->version == CONTACT_VERSION_2017_08_01)
        return error_set(err, "nothing is written in %s",
                         contact_version_name(image->version));
    AUTOJSON json_t *elements = parse(image, err);
    if (elements == NULL)
        return -1;
    struct arena *arena = arena_new();
    json_t *properties = NULL;
    if (arena == NULL)
        return error_set_memory(err);
    const int result = revise(elements, image, after, arena, &properties, err);
    arena_free(arena);
    return result == 0 ? append_body(properties, target, err) : -1;
}

int
contact_snapshot_restore(const struct contact_snapshot *image,
                         struct buffer *target, struct error *err)
{
    AUTOJSON json_t *elements = parse(image, err);
    const json_t *properties = NULL;

    if (elements == NULL || find_properties(elements, &properties, err) < 0)
        return -1;
    if (properties == NULL)
        return error_set(err, "there was no contact to bring back");
    return append_body(json_incref((json_t *) (uintptr_t) properties), target,
                       err);
}

/* The properties of a body that was written, as a new reference. */
static json_t *
parse_body(const char *body, struct error *err)
{
    AUTOJSON json_t *document =
        arm_json_parse(body, strlen(body), &arm_json_ceiling, NULL);
    json_t *properties = json_object_get(document, "properties");

    if (!json_is_object(properties)) {
        (void) error_set(err, "the body that was written has no properties");
        return NULL;
    }
    return json_incref(properties);
}

int
contact_snapshot_residue(const char *body,
                         const struct contact_snapshot *actual, bool exact,
                         struct arena *arena,
                         struct change_residue **ret_residue,
                         size_t *ret_count, struct error *err)
{
    AUTOJSON json_t *elements = parse(actual, err);
    AUTOJSON json_t *intended =
        elements != NULL && body != NULL ? parse_body(body, err) : NULL;
    const json_t *properties = NULL;

    if (elements == NULL || (body != NULL && intended == NULL)
        || find_properties(elements, &properties, err) < 0)
        return -1;
    return contact_residue_find(intended, properties, exact, arena,
                                ret_residue, ret_count, err);
}

/* A copy of the text in lower case, of ASCII: NULL where memory ran out. */
static char *
fold(const char *text)
{
    char *folded = strdup(text);

    for (char *letter = folded; letter != NULL && *letter != '\0'; letter++)
        if (*letter >= 'A' && *letter <= 'Z')
            *letter = (char) (*letter - 'A' + 'a');
    return folded;
}

/* Fails where an object in it has two members of one name. jansson bounds the
 * depth of what it parsed. */
static int
check_names(json_t *value, struct error *err)
{
    AUTOJSON json_t *names = json_object();
    const char *name;
    json_t *inner;
    size_t index;

    if (names == NULL)
        return error_set_memory(err);
    json_array_foreach(value, index, inner)
    {
        if (check_names(inner, err) < 0)
            return -1;
    }
    json_object_foreach(value, name, inner)
    {
        AUTOFREE char *folded = fold(name);
        if (folded == NULL)
            return error_set_memory(err);
        if (json_object_get(names, folded) != NULL)
            return error_set(err, "the body has two members named %s", folded);
        if (json_object_set_new(names, folded, json_true()) < 0)
            return error_set_memory(err);
        if (check_names(inner, err) < 0)
            return -1;
    }
    return 0;
}

/* What a parser passes over, such as the first of two members of one name,
 * shows in the letters. */
static int
check_letters(const char *body, json_t *properties, struct error *err)
{
    AUTOBUFFER ours = BUFFER_INIT(strlen(body) + 1);

    if (append_body(json_incref(properties), &ours, err) < 0
        || strcmp(buffer_text(&ours), body) != 0)
        return error_set(err, "the body is not as piket writes one");
    return 0;
}

int
contact_snapshot_decode_body(const char *body, enum contact_version version,
                             struct arena *arena,
                             struct contact_reading *ret_reading,
                             struct error *err)
{
    AUTOJSON json_t *properties = parse_body(body, err);

    if (properties == NULL || check_letters(body, properties, err) < 0
        || check_names(properties, err) < 0)
        return -1;
    AUTOJSON json_t *elements =
        json_pack("[{s:s, s:O}]", "name", "default", "properties", properties);
    if (elements == NULL)
        return error_set_memory(err);
    return contact_document_decode(elements, version, arena, ret_reading, err);
}
