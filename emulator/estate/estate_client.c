/* SPDX-License-Identifier: Apache-2.0 */
/* Applications in estate files. */
#include "estate/estate_client.h"

#include <stddef.h>
#include <string.h>

#include "base/cleanup.h"
#include "json/fields.h"
#include "json/text.h"

struct client_file {
    struct client client;
    json_t *certificates;
    json_t *trusted;
    json_t *federated;
    int assignment;
};

#define AT(member) offsetof(struct client_file, member)
static const struct field client_fields[] = {
    { "clientId", FIELD_UUID, true, AT(client.id), NULL },
    { "secret", FIELD_TEXT, true, AT(client.secret), NULL },
    { "objectId", FIELD_UUID, true, AT(client.object_id), NULL },
    { "displayName", FIELD_TEXT, false, AT(client.name), NULL },
    { "resourceId", FIELD_TEXT, false, AT(client.resource_id), NULL },
    { "managedIdentity", FIELD_WORD, false, AT(assignment),
      estate_assignments },
    { "certificates", FIELD_ARRAY, false, AT(certificates), NULL },
    { "trustedCertificateSubjects", FIELD_ARRAY, false, AT(trusted), NULL },
    { "federatedCredentials", FIELD_ARRAY, false, AT(federated), NULL },
};
#undef AT

static const struct field trusted_fields[] = {
    { "subjectName", FIELD_TEXT, true, offsetof(struct trusted_subject, name),
      NULL },
    { "authority", FIELD_TEXT, true,
      offsetof(struct trusted_subject, authority), NULL },
};

#define AT(member) offsetof(struct federated_credential, member)
static const struct field federated_fields[] = {
    { "issuer", FIELD_TEXT, true, AT(issuer), NULL },
    { "subject", FIELD_TEXT, true, AT(subject), NULL },
    { "audience", FIELD_TEXT, false, AT(audience), NULL },
};
#undef AT

int
estate_client_register(struct estate *estate, struct client *client,
                       const char *certificate)
{
    const size_t count = client->certificate_count;
    const char **all = arena_allocate_array(estate->arena, count + 1,
                                            sizeof(*client->certificates));
    const char *copy = arena_copy(estate->arena, certificate);

    if (all == NULL || copy == NULL)
        return -1;
    if (count > 0)
        memcpy(all, client->certificates, count * sizeof(*all));
    all[count] = copy;
    client->certificates = all;
    client->certificate_count = count + 1;
    return 0;
}

int
estate_client_federate(struct estate *estate, struct client *client)
{
    client->federated = arena_allocate_array(estate->arena, FEDERATED_ISSUERS,
                                             sizeof(*client->federated));
    if (client->federated == NULL)
        return -1;
    memcpy(client->federated, federated_credentials,
           sizeof(federated_credentials));
    client->federated_count = FEDERATED_ISSUERS;
    return 0;
}

static int
certificates_read(struct estate *estate, struct client *client, json_t *values,
                  const char *path, struct error *err)
{
    static const char begin[] = "-----BEGIN CERTIFICATE-----";
    size_t index;
    json_t *value;

    json_array_foreach(values, index, value)
    {
        const char *text = json_string_value(value);
        if (text == NULL || strstr(text, begin) == NULL)
            return error_set(err,
                             "%s.certificates[%zu]: is not a "
                             "certificate in PEM",
                             path, index);
        if (estate_client_register(estate, client, text) < 0)
            return error_set_memory(err);
    }
    return 0;
}

static int
trusted_read(struct estate *estate, struct client *client, json_t *values,
             const char *path, struct error *err)
{
    size_t index;
    json_t *value;

    client->trusted_count = json_array_size(values);
    client->trusted = arena_allocate_array(
        estate->arena, client->trusted_count, sizeof(*client->trusted));
    if (client->trusted == NULL)
        return error_set_memory(err);
    json_array_foreach(values, index, value)
    {
        const char *place = arena_printf(
            estate->arena, "%s.trustedCertificateSubjects[%zu]", path, index);
        if (fields_read(value, trusted_fields, ARRAY_LENGTH(trusted_fields),
                        place != NULL ? place : path, estate->arena,
                        &client->trusted[index], err)
            < 0)
            return -1;
    }
    return 0;
}

static int
federated_read(struct estate *estate, struct client *client, json_t *values,
               const char *path, struct error *err)
{
    size_t index;
    json_t *value;

    if (values == NULL)
        return estate_client_federate(estate, client) == 0
                   ? 0
                   : error_set_memory(err);
    client->federated_count = json_array_size(values);
    client->federated = arena_allocate_array(
        estate->arena, client->federated_count, sizeof(*client->federated));
    if (client->federated == NULL)
        return error_set_memory(err);
    json_array_foreach(values, index, value)
    {
        struct federated_credential *one = &client->federated[index];
        const char *place = arena_printf(
            estate->arena, "%s.federatedCredentials[%zu]", path, index);
        one->audience = federated_credentials[FEDERATED_CLUSTER].audience;
        if (fields_read(value, federated_fields,
                        ARRAY_LENGTH(federated_fields),
                        place != NULL ? place : path, estate->arena, one, err)
            < 0)
            return -1;
    }
    return 0;
}

static int
client_read(struct estate *estate, struct client *client, json_t *value,
            const char *path, struct error *err)
{
    struct client_file file = { .client = *client,
                                .assignment = (int) client->assignment };

    if (fields_read(value, client_fields, ARRAY_LENGTH(client_fields), path,
                    estate->arena, &file, err)
        < 0)
        return -1;
    *client = file.client;
    client->assignment = (enum identity_assignment) file.assignment;
    if (certificates_read(estate, client, file.certificates, path, err) < 0
        || trusted_read(estate, client, file.trusted, path, err) < 0)
        return -1;
    return federated_read(estate, client, file.federated, path, err);
}

int
estate_clients_read(struct estate *estate, struct tenant *tenant,
                    json_t *values, const char *path, struct error *err)
{
    size_t index;
    json_t *value;

    tenant->client_count = json_array_size(values);
    tenant->clients = arena_allocate_array(estate->arena, tenant->client_count,
                                           sizeof(*tenant->clients));
    if (tenant->clients == NULL)
        return error_set_memory(err);
    json_array_foreach(values, index, value)
    {
        struct client *client = &tenant->clients[index];
        const char *place =
            arena_printf(estate->arena, "%s.clients[%zu]", path, index);
        client->tenant = tenant;
        client->name = "piket";
        client->assignment = index == 0 ? ASSIGNMENT_SYSTEM : ASSIGNMENT_USER;
        if (client_read(estate, client, value, place != NULL ? place : path,
                        err)
            < 0)
            return -1;
    }
    return 0;
}

static void
text_write(struct buffer *target, const char *name, const char *text)
{
    buffer_printf(target, "\"%s\":", name);
    json_text_string(target, text);
}

static void
trusted_write(struct buffer *target, const struct trusted_subject *trusted)
{
    buffer_append_byte(target, '{');
    text_write(target, "subjectName", trusted->name);
    buffer_append_byte(target, ',');
    text_write(target, "authority", trusted->authority);
    buffer_append_byte(target, '}');
}

static void
federated_write(struct buffer *target,
                const struct federated_credential *federated)
{
    buffer_append_byte(target, '{');
    text_write(target, "issuer", federated->issuer);
    buffer_append_byte(target, ',');
    text_write(target, "subject", federated->subject);
    buffer_append_byte(target, ',');
    text_write(target, "audience", federated->audience);
    buffer_append_byte(target, '}');
}

int
estate_client_write(const struct client *client, struct buffer *target)
{
    buffer_append_byte(target, '{');
    text_write(target, "clientId", client->id);
    buffer_append_byte(target, ',');
    text_write(target, "secret", client->secret);
    buffer_append_byte(target, ',');
    text_write(target, "objectId", client->object_id);
    buffer_append_byte(target, ',');
    text_write(target, "displayName", client->name);
    if (client->resource_id != NULL) {
        buffer_append_byte(target, ',');
        text_write(target, "resourceId", client->resource_id);
    }
    buffer_append_byte(target, ',');
    text_write(target, "managedIdentity",
               estate_assignments[client->assignment]);
    buffer_append_text(target, ",\"certificates\":[");
    for (size_t i = 0; i < client->certificate_count; i++) {
        buffer_append_text(target, i > 0 ? "," : "");
        json_text_string(target, client->certificates[i]);
    }
    buffer_append_text(target, "],\"trustedCertificateSubjects\":[");
    for (size_t i = 0; i < client->trusted_count; i++) {
        buffer_append_text(target, i > 0 ? "," : "");
        trusted_write(target, &client->trusted[i]);
    }
    buffer_append_text(target, "],\"federatedCredentials\":[");
    for (size_t i = 0; i < client->federated_count; i++) {
        buffer_append_text(target, i > 0 ? "," : "");
        federated_write(target, &client->federated[i]);
    }
    return buffer_append_text(target, "]}");
}
