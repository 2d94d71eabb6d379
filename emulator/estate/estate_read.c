/* SPDX-License-Identifier: Apache-2.0 */
/* Estate files: JSON whose every member is known and of the right type. */
#include <stddef.h>
#include <string.h>

#include <jansson.h>

#include "base/cleanup.h"
#include "base/file.h"
#include "base/text.h"
#include "contact/view.h"
#include "estate/estate.h"
#include "estate/estate_client.h"
#include "estate/estate_contact.h"
#include "estate/estate_role.h"
#include "json/fields.h"

static void
json_clear(json_t **value)
{
    json_decref(*value);
}

static void
estate_clear(struct estate **estate)
{
    estate_free(*estate);
}

/* The place of an array's element, in the estate's arena. */
static const char *
place(struct estate *estate, const char *path, const char *name, size_t index)
{
    const char *text =
        arena_printf(estate->arena, "%s.%s[%zu]", path, name, index);

    return text != NULL ? text : path;
}

struct tenant_file {
    struct tenant tenant;
    int root_access;
    json_t *clients;
};

static const struct field tenant_fields[] = {
    { "id", FIELD_UUID, true, offsetof(struct tenant_file, tenant.id), NULL },
    { "displayName", FIELD_TEXT, false,
      offsetof(struct tenant_file, tenant.name), NULL },
    { "defaultDomain", FIELD_TEXT, false,
      offsetof(struct tenant_file, tenant.domain), NULL },
    { "countryCode", FIELD_TEXT, false,
      offsetof(struct tenant_file, tenant.country), NULL },
    { "rootGroupAccess", FIELD_WORD, false,
      offsetof(struct tenant_file, root_access), estate_accesses },
    { "clients", FIELD_ARRAY, false, offsetof(struct tenant_file, clients),
      NULL },
};

static int
read_tenant(struct estate *estate, struct tenant *tenant, json_t *value,
            const char *path, struct error *err)
{
    struct tenant_file file = {
        .tenant = { .name = "Contoso",
                    .domain = "contoso.onmicrosoft.com",
                    .country = "NL" },
    };

    if (fields_read(value, tenant_fields, ARRAY_LENGTH(tenant_fields), path,
                    estate->arena, &file, err)
        < 0)
        return -1;
    *tenant = file.tenant;
    tenant->root_access = (enum access) file.root_access;
    return estate_clients_read(estate, tenant, file.clients, path, err);
}

struct group_file {
    struct group group;
    int access;
};

#define AT(member) offsetof(struct group_file, member)
static const struct field group_fields[] = {
    { "id", FIELD_TEXT, true, AT(group.id), NULL },
    { "displayName", FIELD_TEXT, false, AT(group.name), NULL },
    { "parent", FIELD_TEXT, false, AT(group.parent), NULL },
    { "tenantId", FIELD_UUID, false, AT(group.tenant), NULL },
    { "access", FIELD_WORD, false, AT(access), estate_accesses },
};
#undef AT

static int
read_group(struct estate *estate, struct group *group, json_t *value,
           const char *path, struct error *err)
{
    struct group_file file = { .group = { .tenant = estate->tenants[0].id } };

    if (fields_read(value, group_fields, ARRAY_LENGTH(group_fields), path,
                    estate->arena, &file, err)
        < 0)
        return -1;
    *group = file.group;
    group->access = (enum access) file.access;
    if (group->name == NULL)
        group->name = group->id;
    if (estate_find_tenant(estate, group->tenant) == NULL)
        return error_set(err, "%s.tenantId: there is no such tenant", path);
    return 0;
}

struct subscription_file {
    const char *id;
    const char *name;
    const char *tenant;
    const char *quota_id;
    const char *spending_limit;
    const char *group;
    int state;
    int access;
    int lock;
    bool registered;
    bool listed;
    bool policy_denied;
    bool paid;
    json_t *roles;
    json_t *managers;
    json_t *contacts;
};

#define AT(member) offsetof(struct subscription_file, member)
static const struct field subscription_fields[] = {
    { "id", FIELD_UUID, true, AT(id), NULL },
    { "displayName", FIELD_TEXT, true, AT(name), NULL },
    { "tenantId", FIELD_UUID, false, AT(tenant), NULL },
    { "quotaId", FIELD_TEXT, false, AT(quota_id), NULL },
    { "spendingLimit", FIELD_TEXT, false, AT(spending_limit), NULL },
    { "managementGroup", FIELD_TEXT, false, AT(group), NULL },
    { "state", FIELD_WORD, false, AT(state), estate_states },
    { "access", FIELD_WORD, false, AT(access), estate_accesses },
    { "lock", FIELD_WORD, false, AT(lock), estate_locks },
    { "registered", FIELD_FLAG, false, AT(registered), NULL },
    { "listed", FIELD_FLAG, false, AT(listed), NULL },
    { "policyDenied", FIELD_FLAG, false, AT(policy_denied), NULL },
    { "defenderPlan", FIELD_FLAG, false, AT(paid), NULL },
    { "roles", FIELD_ARRAY, false, AT(roles), NULL },
    { "managedByTenants", FIELD_ARRAY, false, AT(managers), NULL },
    { "contacts", FIELD_ARRAY, false, AT(contacts), NULL },
};
#undef AT

/* The estate's own tenants, and others that nobody can sign in to. */
static int
read_managers(struct estate *estate, struct subscription *subscription,
              json_t *values, const char *path, struct error *err)
{
    size_t index;
    json_t *value;

    if (values == NULL)
        return 0;
    subscription->managers =
        arena_allocate_array(estate->arena, json_array_size(values) + 1,
                             sizeof(*subscription->managers));
    if (subscription->managers == NULL)
        return error_set_memory(err);
    json_array_foreach(values, index, value)
    {
        const char *id = json_string_value(value);
        if (!text_is_uuid(id))
            return error_set(err, "%s.managedByTenants[%zu]: must be a UUID",
                             path, index);
        const struct tenant *tenant = estate_find_tenant(estate, id);
        subscription->managers[index] =
            tenant != NULL ? tenant->id : arena_copy(estate->arena, id);
        if (subscription->managers[index] == NULL)
            return error_set_memory(err);
    }
    return 0;
}

static int
read_contacts(struct estate *estate, struct subscription *subscription,
              json_t *values, const char *path, struct error *err)
{
    size_t index;
    json_t *value;

    json_array_foreach(values, index, value)
    {
        struct contact *contact = estate_contact_read(
            value, place(estate, path, "contacts", index), estate->arena, err);
        if (contact == NULL)
            return -1;
        if (contacts_add(&subscription->contacts, contact) < 0)
            return error_set_memory(err);
    }
    random_uuid(subscription->contacts.etag);
    return 0;
}

static int
take_subscription(struct estate *estate, struct subscription *subscription,
                  const struct subscription_file *file, const char *path,
                  struct error *err)
{
    *subscription = (struct subscription){
        .id = file->id,
        .name = file->name,
        .tenant = &estate->tenants[0],
        .quota_id = file->quota_id,
        .spending_limit = file->spending_limit,
        .group = file->group,
        .state = (enum subscription_state) file->state,
        .access = (enum access) file->access,
        .lock = (enum lock) file->lock,
        .registration = file->registered ? REGISTRATION_REGISTERED
                                         : REGISTRATION_NOT_REGISTERED,
        .unlisted = !file->listed,
        .policy_denied = file->policy_denied,
        .paid = file->paid,
    };
    if (file->tenant != NULL)
        subscription->tenant = estate_find_tenant(estate, file->tenant);
    if (subscription->tenant == NULL)
        return error_set(err, "%s.tenantId: there is no such tenant", path);
    if (file->group != NULL && estate_find_group(estate, file->group) == NULL
        && estate_find_tenant(estate, file->group) == NULL)
        return error_set(err, "%s.managementGroup: there is no such group",
                         path);
    if (estate_roles_read(estate, subscription, file->roles, path, err) < 0
        || read_managers(estate, subscription, file->managers, path, err) < 0)
        return -1;
    return read_contacts(estate, subscription, file->contacts, path, err);
}

static int
read_subscription(struct estate *estate, struct subscription *subscription,
                  json_t *value, const char *path, struct error *err)
{
    struct subscription_file file = {
        .quota_id = "EnterpriseAgreement_2014-09-01",
        .spending_limit = "Off",
        .registered = true,
        .listed = true,
        .paid = true,
    };

    if (fields_read(value, subscription_fields,
                    ARRAY_LENGTH(subscription_fields), path, estate->arena,
                    &file, err)
        < 0)
        return -1;
    return take_subscription(estate, subscription, &file, path, err);
}

struct estate_file {
    struct estate estate; /* only the settings */
    int list_shape_2020;
    json_t *api_versions;
    json_t *tenants;
    json_t *groups;
    json_t *subscriptions;
};

#define AT(member) offsetof(struct estate_file, member)
static const struct field estate_fields[] = {
    { "location", FIELD_TEXT, false, AT(estate.location), NULL },
    { "pageSize", FIELD_COUNT, false, AT(estate.page_size), NULL },
    { "contactApiVersions", FIELD_ARRAY, false, AT(api_versions), NULL },
    { "listShape2020", FIELD_WORD, false, AT(list_shape_2020),
      estate_list_shapes },
    { "putStatus2017", FIELD_COUNT, false, AT(estate.put_status_2017), NULL },
    { "registrationReads", FIELD_COUNT, false, AT(estate.registration_reads),
      NULL },
    { "tenants", FIELD_ARRAY, true, AT(tenants), NULL },
    { "managementGroups", FIELD_ARRAY, false, AT(groups), NULL },
    { "subscriptions", FIELD_ARRAY, true, AT(subscriptions), NULL },
};
#undef AT

static int
read_api_versions(struct estate *estate, json_t *values, struct error *err)
{
    const size_t count = json_array_size(values);
    size_t index;
    json_t *value;

    if (values == NULL)
        return 0;
    estate->api_versions = arena_allocate_array(estate->arena, count + 1,
                                                sizeof(*estate->api_versions));
    if (estate->api_versions == NULL)
        return error_set_memory(err);
    json_array_foreach(values, index, value)
    {
        const char *version = json_string_value(value);
        if (version == NULL || contact_view_find(version) == NULL)
            return error_set(err,
                             "$.contactApiVersions[%zu]: is not an API "
                             "version of contacts",
                             index);
        estate->api_versions[index] = contact_view_find(version)->api_version;
    }
    return 0;
}

static int
take_settings(struct estate *estate, const struct estate_file *file,
              struct error *err)
{
    estate->location = file->estate.location;
    estate->page_size = file->estate.page_size;
    estate->put_status_2017 = file->estate.put_status_2017;
    estate->registration_reads = file->estate.registration_reads;
    estate->list_shape_2020 = (enum list_shape) file->list_shape_2020;
    if (estate->page_size == 0)
        return error_set(err, "$.pageSize: must be at least 1");
    if (estate->put_status_2017 != 200 && estate->put_status_2017 != 201)
        return error_set(err, "$.putStatus2017: must be 200 or 201");
    if (json_array_size(file->tenants) == 0)
        return error_set(err, "$.tenants: must hold at least one tenant");
    return read_api_versions(estate, file->api_versions, err);
}

static int
read_members(struct estate *estate, const struct estate_file *file,
             struct error *err)
{
    size_t index;
    json_t *value;

    json_array_foreach(file->tenants, index, value)
    {
        if (read_tenant(estate, &estate->tenants[index], value,
                        place(estate, "$", "tenants", index), err)
            < 0)
            return -1;
    }
    json_array_foreach(file->groups, index, value)
    {
        if (read_group(estate, &estate->groups[index], value,
                       place(estate, "$", "managementGroups", index), err)
            < 0)
            return -1;
    }
    json_array_foreach(file->subscriptions, index, value)
    {
        if (read_subscription(estate, &estate->subscriptions[index], value,
                              place(estate, "$", "subscriptions", index), err)
            < 0)
            return -1;
    }
    return estate_index(estate, err);
}

static int
read_root(struct estate *estate, json_t *root, struct error *err)
{
    struct estate_file file = { .estate = *estate };

    if (fields_read(root, estate_fields, ARRAY_LENGTH(estate_fields), "$",
                    estate->arena, &file, err)
            < 0
        || take_settings(estate, &file, err) < 0
        || estate_reserve(estate, json_array_size(file.tenants),
                          json_array_size(file.groups),
                          json_array_size(file.subscriptions), err)
               < 0)
        return -1;
    return read_members(estate, &file, err);
}

struct estate *
estate_read(const char *path, struct error *err)
{
    AUTOBUFFER text = BUFFER_INIT(ESTATE_FILE_MAXIMUM);
    CLEANUP(estate_clear) struct estate *estate = estate_new();
    json_error_t problem;

    if (estate == NULL) {
        error_set_memory(err);
        return NULL;
    }
    if (file_read(path, &text, err) < 0)
        return NULL;
    CLEANUP(json_clear)
    json_t *root = json_loadb(buffer_text(&text), text.length,
                              JSON_REJECT_DUPLICATES, &problem);
    if (root == NULL) {
        error_set(err, "%s:%d:%d: %s", path, problem.line, problem.column,
                  problem.text);
        return NULL;
    }
    if (read_root(estate, root, err) < 0) {
        error_wrap(err, "%s", path);
        return NULL;
    }
    return take_pointer(estate);
}
