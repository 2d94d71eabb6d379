/* SPDX-License-Identifier: Apache-2.0 */
/* Microsoft.Security/securityContacts, as the provider answers. */
#include "arm/contacts.h"

#include <string.h>

#include "arm/arm_error.h"
#include "arm/budget.h"
#include "arm/provider.h"
#include "arm/write.h"
#include "base/cleanup.h"
#include "base/text.h"
#include "contact/view.h"
#include "estate/estate.h"
#include "server/world.h"

static void
json_clear(json_t **value)
{
    json_decref(*value);
}

/* What each of these requests begins with; NULL where it has answered. */
static const struct contact_view *
begin(struct exchange *exchange, bool write, const char *action)
{
    const struct contact_view *view = contact_view_find(exchange->api_version);

    provider_headers(exchange);
    if (!budget_pass_provider(exchange, write, action)
        || !provider_require_registration(exchange))
        return NULL;
    write_settle(exchange->subscription);
    return view;
}

static void
refuse_absent(struct exchange *exchange)
{
    arm_provider_refuse(exchange, 404, "404",
                        "Could not find security contact with name %s for "
                        "subscriptionId: %s",
                        exchange->parameters[1], exchange->subscription->id);
}

static void
append(struct exchange *exchange, const struct contact_view *view,
       const struct contact *contact, size_t part, const char *etag)
{
    if (contact_view_append(view, contact, part, exchange->subscription->id,
                            etag, exchange->arena, &exchange->answer.body)
        < 0)
        exchange->failed = true;
}

void
contacts_list(struct exchange *exchange)
{
    const struct contact_view *view =
        begin(exchange, false, "Microsoft.Security/securityContacts/read");

    if (view == NULL)
        return;
    const struct contacts *contacts = &exchange->subscription->contacts;
    const bool bare =
        view->bare_list && contacts->count > 0
        && exchange->world->estate->list_shape_2020 == LIST_SHAPE_ARRAY;
    size_t count = 0;
    exchange_answer_text(exchange, 200, bare ? "[" : "{\"value\":[");
    for (size_t i = 0; i < contacts->count; i++) {
        const size_t parts = view->parts(contacts->items[i]);
        for (size_t part = 0; part < parts; part++) {
            exchange_answer_text(exchange, 200, count++ > 0 ? "," : "");
            append(exchange, view, contacts->items[i], part, contacts->etag);
        }
    }
    exchange_answer_text(exchange, 200, bare ? "]" : "]}");
}

void
contacts_get(struct exchange *exchange)
{
    const struct contact_view *view =
        begin(exchange, false, "Microsoft.Security/securityContacts/read");
    size_t part;

    if (view == NULL)
        return;
    const struct contacts *contacts = &exchange->subscription->contacts;
    const struct contact *contact = contact_view_lookup(
        view, contacts, exchange->parameters[1], exchange->arena, &part);
    if (contact == NULL) {
        refuse_absent(exchange);
        return;
    }
    append(exchange, view, contact, part, contacts->etag);
    exchange_answer_text(exchange, 200, "");
}

/* Members of a contact beside its properties that clients send back. */
static const char *const envelope[] = { "properties", "id",        "name",
                                        "type",       "etag",      "location",
                                        "kind",       "systemData" };

static bool
is_envelope(const char *name)
{
    for (size_t i = 0; i < ARRAY_LENGTH(envelope); i++)
        if (text_equal_ignoring_case(name, envelope[i]))
            return true;
    return false;
}

/* The properties of the request's body, in a reference of their own; NULL
 * where it has answered. */
static json_t *
read_properties(struct exchange *exchange)
{
    json_error_t problem;
    const char *name;
    json_t *value;

    if (exchange->body.length == 0) {
        arm_refuse(exchange, 400, "MissingRequestBody",
                   "The request is invalid: the request body is missing.");
        return NULL;
    }
    CLEANUP(json_clear)
    json_t *body = json_loadb(buffer_text(&exchange->body),
                              exchange->body.length, 0, &problem);
    if (body == NULL) {
        arm_refuse(exchange, 400, "InvalidRequestContent",
                   "The request content was invalid and could not be "
                   "deserialized: '%s. Line %d, position %d.'.",
                   problem.text, problem.line, problem.column);
        return NULL;
    }
    json_object_foreach(body, name, value)
    {
        if (is_envelope(name))
            continue;
        arm_provider_refuse(exchange, 400, "InvalidInputJson",
                            "Invalid security contact: %s: is not known here",
                            name);
        return NULL;
    }
    json_t *properties = json_object_get(body, "properties");
    if (!json_is_object(properties)) {
        arm_provider_refuse(exchange, 400, "InvalidInputJson",
                            "Invalid security contact: properties: must be "
                            "an object");
        return NULL;
    }
    return json_incref(properties);
}

/* A contact of another name is refused since 2020-01-01-preview. */
static bool
is_good_name(struct exchange *exchange, const struct contact_view *view)
{
    if (view->only_name == NULL
        || text_equal_ignoring_case(exchange->parameters[1], view->only_name))
        return true;
    arm_provider_refuse(exchange, 400, "InvalidInputJson", "%s",
                        view->name_problem);
    return false;
}

/* 2017-08-01-preview has a phone number in the first contact only. */
static bool
is_phone_allowed(struct exchange *exchange, const struct contact_view *view,
                 const struct contacts *contacts,
                 const struct contact *contact)
{
    if (!view->patched || contacts->items[0] == contact
        || text_is_blank(contact->phone))
        return true;
    arm_provider_refuse(exchange, 400, "InvalidInputJson",
                        "Invalid JSON was provided - Only first contact is "
                        "allowed to have a 'Phone' field");
    return false;
}

static bool
merge(struct exchange *exchange, const struct contact_view *view,
      struct contact *contact, bool patch)
{
    CLEANUP(json_clear) json_t *properties = read_properties(exchange);
    AUTOERROR err = ERROR_INIT;

    if (properties == NULL)
        return false;
    if (view->merge(contact, properties, patch, exchange->arena, &err) == 0)
        return true;
    arm_provider_refuse(exchange, 400, "InvalidInputJson",
                        "Invalid security contact: %s", error_message(&err));
    return false;
}

static unsigned
status_of(const struct exchange *exchange, const struct contact_view *view,
          bool created)
{
    if (!created)
        return 200;
    return view == &contact_view_2017
               ? (unsigned) exchange->world->estate->put_status_2017
               : view->status_created;
}

/* Works on a copy of the subscription's contacts, which write_commit puts in
 * their place. */
static void
store(struct exchange *exchange, const struct contact_view *view, bool patch)
{
    CLEANUP(contacts_done) struct contacts next = { .count = 0 };
    size_t part;

    if (contacts_copy(&exchange->subscription->contacts, &next) < 0) {
        exchange->failed = true;
        return;
    }
    struct contact *contact = contact_view_lookup(
        view, &next, exchange->parameters[1], exchange->arena, &part);
    const bool created = contact == NULL;
    if (created && patch) {
        refuse_absent(exchange);
        return;
    }
    if (created) {
        contact = contact_new(exchange->parameters[1]);
        if (contacts_add(&next, contact) < 0) {
            exchange->failed = true;
            return;
        }
    }
    if (!merge(exchange, view, contact, patch)
        || !is_phone_allowed(exchange, view, &next, contact))
        return;
    random_uuid(next.etag);
    append(exchange, view, contact, part, next.etag);
    exchange_answer_text(exchange, status_of(exchange, view, created), "");
    write_commit(exchange, &next);
}

void
contacts_put(struct exchange *exchange)
{
    const struct contact_view *view =
        begin(exchange, true, "Microsoft.Security/securityContacts/write");

    if (view != NULL && is_good_name(exchange, view))
        store(exchange, view, false);
}

void
contacts_patch(struct exchange *exchange)
{
    const struct contact_view *view =
        begin(exchange, true, "Microsoft.Security/securityContacts/write");

    if (view == NULL)
        return;
    if (view->patched)
        store(exchange, view, true);
    else
        arm_provider_refuse(exchange, 405, "MethodNotAllowed",
                            "The requested resource does not support http "
                            "method 'PATCH'.");
}

void
contacts_delete(struct exchange *exchange)
{
    const struct contact_view *view =
        begin(exchange, true, "Microsoft.Security/securityContacts/delete");
    CLEANUP(contacts_done) struct contacts next = { .count = 0 };
    size_t part;

    if (view == NULL)
        return;
    if (contacts_copy(&exchange->subscription->contacts, &next) < 0) {
        exchange->failed = true;
        return;
    }
    const struct contact *contact = contact_view_lookup(
        view, &next, exchange->parameters[1], exchange->arena, &part);
    if (contact == NULL) {
        exchange->answer.status = 204;
        return;
    }
    contacts_remove(&next, contact);
    random_uuid(next.etag);
    exchange_answer_text(exchange, view->status_deleted,
                         view->status_deleted == 200 ? "{}" : "");
    write_commit(exchange, &next);
}
