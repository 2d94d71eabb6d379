/* SPDX-License-Identifier: Apache-2.0 */
/* Contacts through 2023-12-01-preview, the richest version. */
#include <string.h>

#include "base/cleanup.h"
#include "base/text.h"
#include "contact/view.h"
#include "json/fields.h"

static int
append_sources(json_t *sources, const struct contact *contact)
{
    if (contact->attack_paths
        && json_array_append_new(sources,
                                 json_pack("{s:s, s:s}", "sourceType",
                                           "AttackPath", "minimalRiskLevel",
                                           contact_risks[contact->risk]))
               < 0)
        return -1;
    if (contact->alerts == SWITCH_ON)
        return json_array_append_new(
            sources,
            json_pack("{s:s, s:s}", "sourceType", "Alert", "minimalSeverity",
                      contact_severities[contact->severity]));
    return 0;
}

static json_t *
properties(const struct contact *contact, size_t part)
{
    json_t *sources = json_array();

    (void) part;
    if (append_sources(sources, contact) < 0) {
        json_decref(sources);
        return NULL;
    }
    json_t *object = json_pack("{s:o, s:b}", "notificationsSources", sources,
                               "isEnabled", (int) contact->enabled);
    if (contact->emails != NULL)
        json_object_set_new(object, "emails", json_string(contact->emails));
    if (contact->phone != NULL)
        json_object_set_new(object, "phone", json_string(contact->phone));
    if (contact->by_role != SWITCH_ABSENT)
        json_object_set_new(object, "notificationsByRole",
                            contact_view_by_role(contact));
    return object;
}

struct source {
    int type;
    int severity;
    int risk;
};

enum { SOURCE_ALERT, SOURCE_ATTACK_PATH };
static const char *const source_types[] = { "Alert", "AttackPath", NULL };

static const struct field source_fields[] = {
    { "sourceType", FIELD_WORD, true, offsetof(struct source, type),
      source_types },
    { "minimalSeverity", FIELD_WORD, false, offsetof(struct source, severity),
      contact_severities },
    { "minimalRiskLevel", FIELD_WORD, false, offsetof(struct source, risk),
      contact_risks },
};

static void
merge_source(struct contact *contact, const struct source *source)
{
    if (source->type == SOURCE_ALERT) {
        contact->alerts = SWITCH_ON;
        contact->severity = source->severity == SEVERITY_NONE
                                ? SEVERITY_HIGH
                                : (enum contact_severity) source->severity;
        return;
    }
    contact->attack_paths = true;
    contact->risk = (enum contact_risk) source->risk;
}

static int
merge_sources(struct contact *contact, json_t *sources, struct arena *arena,
              struct error *err)
{
    size_t index;
    json_t *value;

    contact->alerts = SWITCH_OFF;
    contact->severity = SEVERITY_NONE;
    contact->attack_paths = false;
    json_array_foreach(sources, index, value)
    {
        struct source source = { SOURCE_ALERT, SEVERITY_NONE, RISK_CRITICAL };
        const char *path =
            arena_printf(arena, "properties.notificationsSources[%zu]", index);
        if (path == NULL)
            return error_set_memory(err);
        if (fields_read(value, source_fields, ARRAY_LENGTH(source_fields),
                        path, arena, &source, err)
            < 0)
            return -1;
        merge_source(contact, &source);
    }
    return 0;
}

struct body {
    const char *emails;
    const char *phone;
    bool enabled;
    json_t *sources;
    json_t *by_role;
};

static const struct field body_fields[] = {
    { "emails", FIELD_TEXT, false, offsetof(struct body, emails), NULL },
    { "phone", FIELD_TEXT, false, offsetof(struct body, phone), NULL },
    { "isEnabled", FIELD_FLAG, false, offsetof(struct body, enabled), NULL },
    { "notificationsSources", FIELD_ARRAY, false,
      offsetof(struct body, sources), NULL },
    { "notificationsByRole", FIELD_OBJECT, false,
      offsetof(struct body, by_role), NULL },
};

static int
merge(struct contact *contact, json_t *value, bool patch, struct arena *arena,
      struct error *err)
{
    struct body body = { .enabled = contact->enabled };

    (void) patch;
    if (fields_read(value, body_fields, ARRAY_LENGTH(body_fields),
                    "properties", arena, &body, err)
            < 0
        || contact_view_merge_texts(contact, body.emails, body.phone, err) < 0)
        return -1;
    contact->enabled = body.enabled;
    if (body.sources != NULL
        && merge_sources(contact, body.sources, arena, err) < 0)
        return -1;
    if (body.by_role != NULL)
        return contact_view_merge_by_role(contact, body.by_role,
                                          "properties.notificationsByRole",
                                          arena, err);
    return 0;
}

const struct contact_view contact_view_2023 = {
    .api_version = "2023-12-01-preview",
    .only_name = "default",
    .name_problem = "security contact name is invalid. The only valid name "
                    "for security contact is 'default'",
    .status_created = 201,
    .status_deleted = 200,
    .parts = contact_view_one_part,
    .part_name = contact_view_own_name,
    .properties = properties,
    .merge = merge,
};
