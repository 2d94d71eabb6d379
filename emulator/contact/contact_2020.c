/* SPDX-License-Identifier: Apache-2.0 */
/* Contacts through 2020-01-01-preview: neither isEnabled nor attack paths;
 * alerts as a switch with a threshold. */
#include "base/cleanup.h"
#include "contact/view.h"
#include "json/fields.h"

static json_t *
properties(const struct contact *contact, size_t part)
{
    json_t *object = json_object();

    (void) part;
    if (contact->by_role != SWITCH_ABSENT)
        json_object_set_new(object, "notificationsByRole",
                            contact_view_by_role(contact));
    if (contact->emails != NULL)
        json_object_set_new(object, "emails", json_string(contact->emails));
    if (contact->phone != NULL)
        json_object_set_new(object, "phone", json_string(contact->phone));
    if (contact->alerts != SWITCH_ABSENT)
        json_object_set_new(object, "alertNotifications",
                            json_pack("{s:s, s:s}", "state",
                                      contact_switches[contact->alerts],
                                      "minimalSeverity",
                                      contact_severities[contact->severity]));
    return object;
}

struct alerts {
    int state;
    int severity;
};

static const struct field alerts_fields[] = {
    { "state", FIELD_WORD, false, offsetof(struct alerts, state),
      contact_switches },
    { "minimalSeverity", FIELD_WORD, false, offsetof(struct alerts, severity),
      contact_severities },
};

/* On without a severity becomes High, Off has none: both recorded. */
static int
merge_alerts(struct contact *contact, json_t *value, struct arena *arena,
             struct error *err)
{
    struct alerts alerts = { SWITCH_ON, SEVERITY_NONE };

    if (fields_read(value, alerts_fields, ARRAY_LENGTH(alerts_fields),
                    "properties.alertNotifications", arena, &alerts, err)
        < 0)
        return -1;
    contact->alerts = alerts.state == SWITCH_OFF ? SWITCH_OFF : SWITCH_ON;
    contact->severity = (enum contact_severity) alerts.severity;
    if (contact->alerts == SWITCH_OFF)
        contact->severity = SEVERITY_NONE;
    else if (contact->severity == SEVERITY_NONE)
        contact->severity = SEVERITY_HIGH;
    return 0;
}

struct body {
    const char *emails;
    const char *phone;
    json_t *alerts;
    json_t *by_role;
};

static const struct field body_fields[] = {
    { "emails", FIELD_TEXT, false, offsetof(struct body, emails), NULL },
    { "phone", FIELD_TEXT, false, offsetof(struct body, phone), NULL },
    { "alertNotifications", FIELD_OBJECT, false, offsetof(struct body, alerts),
      NULL },
    { "notificationsByRole", FIELD_OBJECT, false,
      offsetof(struct body, by_role), NULL },
};

static int
merge(struct contact *contact, json_t *value, bool patch, struct arena *arena,
      struct error *err)
{
    struct body body = { NULL, NULL, NULL, NULL };

    (void) patch;
    if (fields_read(value, body_fields, ARRAY_LENGTH(body_fields),
                    "properties", arena, &body, err)
            < 0
        || contact_view_merge_texts(contact, body.emails, body.phone, err) < 0)
        return -1;
    if (body.alerts != NULL
        && merge_alerts(contact, body.alerts, arena, err) < 0)
        return -1;
    if (body.by_role != NULL)
        return contact_view_merge_by_role(contact, body.by_role,
                                          "properties.notificationsByRole",
                                          arena, err);
    return 0;
}

const struct contact_view contact_view_2020 = {
    .api_version = "2020-01-01-preview",
    .only_name = "default",
    .name_problem = "security contact name is invalid. The only valid name "
                    "for security contact is 'default'",
    .bare_list = true,
    .status_created = 201,
    .status_deleted = 200,
    .parts = contact_view_one_part,
    .part_name = contact_view_own_name,
    .properties = properties,
    .merge = merge,
};
