/* SPDX-License-Identifier: Apache-2.0 */
/* ARM's resource ids, and whether an answer is about what was asked. */
#include "azure/arm/arm_resource.h"

#include <string.h>
#include <strings.h>

#include "azure/arm/contact_member.h"
#include "base/cleanup.h"
#include "base/text.h"

/* A part of an id between slashes; length 0 past the last one. */
struct segment {
    const char *text;
    size_t length;
};

/* Takes the next segment, and moves at behind it. */
static struct segment
take_segment(const char **at)
{
    struct segment segment;

    *at += strspn(*at, "/");
    segment = (struct segment){ *at, strcspn(*at, "/?") };
    *at += segment.length;
    return segment;
}

static bool
segment_is(struct segment segment, const char *text)
{
    return segment.length == strlen(text)
           && strncasecmp(segment.text, text, segment.length) == 0;
}

static bool
is_contact_type(struct segment segment)
{
    return segment_is(segment, "securityContact")
           || segment_is(segment, "securityContacts");
}

static bool
same_segment(struct segment left, struct segment right)
{
    return (left.length == right.length
            && strncasecmp(left.text, right.text, left.length) == 0)
           || (is_contact_type(left) && is_contact_type(right));
}

/* What follows in an id behind the resource; NULL where it is not in it. */
static const char *
rest_of(const char *id, const char *resource)
{
    for (struct segment wanted = take_segment(&resource); wanted.length > 0;
         wanted = take_segment(&resource))
        if (!same_segment(take_segment(&id), wanted))
            return NULL;
    return id;
}

bool
arm_resource_is(const char *id, const char *resource)
{
    const char *rest = rest_of(id, resource);

    return rest != NULL && take_segment(&rest).length == 0;
}

/* Whether it names something directly in the resource, and by this name where
 * one is given. */
static bool
is_in(const char *id, const char *resource, const char *name)
{
    const char *rest = rest_of(id, resource);

    if (rest == NULL)
        return false;
    const struct segment own = take_segment(&rest);
    return own.length > 0 && take_segment(&rest).length == 0
           && (text_is_blank(name) || segment_is(own, name));
}

static enum arm_belonging
judge_element(const struct arm_subject *subject, const json_t *element,
              bool listed, const char **ret_id)
{
    const json_t *member = contact_member_get(element, "id");
    const char *id = json_string_value(member);
    const char *name = json_string_value(json_object_get(
        element, subject->name != NULL ? subject->name : "name"));

    if (member == NULL)
        return ARM_BELONGING_OPEN;
    if (id != NULL
        && (listed ? is_in(id, subject->resource, name)
                   : arm_resource_is(id, subject->resource)))
        return ARM_BELONGING_OURS;
    *ret_id = id != NULL ? id : "(no text)";
    return ARM_BELONGING_FOREIGN;
}

/* The worst of the elements, or of the document by itself: securityContacts
 * has been seen to answer so. */
static enum arm_belonging
judge_elements(const struct arm_subject *subject, const json_t *document,
               const char **ret_id)
{
    const json_t *value = json_object_get(document, "value");
    const json_t *elements = json_is_array(value) ? value : document;
    const size_t count = json_array_size(elements);
    enum arm_belonging worst =
        count > 0 ? ARM_BELONGING_OURS : ARM_BELONGING_OPEN;

    if (!json_is_array(elements))
        return judge_element(subject, document, subject->list, ret_id);
    for (size_t i = 0; i < count && worst != ARM_BELONGING_FOREIGN; i++) {
        const enum arm_belonging belonging =
            judge_element(subject, json_array_get(elements, i), true, ret_id);
        if (belonging > worst)
            worst = belonging;
    }
    return worst;
}

enum arm_belonging
arm_resource_judge(const struct arm_subject *subject, const json_t *document,
                   const char **ret_id)
{
    if (subject->elsewhere)
        return ARM_BELONGING_OPEN;
    const enum arm_belonging belonging =
        judge_elements(subject, document, ret_id);
    return belonging == ARM_BELONGING_OURS
                   && (!subject->telling
                       || json_object_get(document, "nextLink") != NULL)
               ? ARM_BELONGING_OPEN
               : belonging;
}
