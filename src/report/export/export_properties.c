/* SPDX-License-Identifier: Apache-2.0 */
/* A contact as the properties of its resource. */
#include "report/export/export_properties.h"

#include "base/buffer.h"
#include "control/value/json_text.h"
#include "report/view/report.h"

json_t *
export_properties_emails(const struct contact *contact)
{
    AUTOBUFFER text = BUFFER_INIT(REPORT_CEILING);

    for (size_t i = 0; i < contact->email_count; i++)
        buffer_printf(&text, "%s%s", i > 0 ? ";" : "", contact->emails[i]);
    return buffer_failed(&text) ? NULL : json_string(buffer_text(&text));
}

json_t *
export_properties_roles(const struct contact *contact)
{
    json_t *roles = json_array();

    for (size_t i = 0; i < contact->role_count; i++)
        if (json_array_append_new(roles, json_string(contact->roles[i])) < 0) {
            json_decref(roles);
            return NULL;
        }
    return roles;
}

static int
append_source(json_t *sources, const char *type, const char *member,
              const struct contact_threshold *threshold)
{
    const char *word = contact_level_name(threshold->level);

    if (word == NULL)
        return 0;
    return json_array_append_new(
        sources, json_pack("{s:s, s:s}", "sourceType", type, member, word));
}

static json_t *
make_sources(const struct contact *contact)
{
    json_t *sources = json_array();

    if (append_source(sources, "Alert", "minimalSeverity", &contact->alerts)
            < 0
        || append_source(sources, "AttackPath", "minimalRiskLevel",
                         &contact->attack_paths)
               < 0) {
        json_decref(sources);
        return NULL;
    }
    return sources;
}

json_t *
export_properties_make(const struct contact *contact)
{
    json_t *properties = json_pack("{s:b, s:o}", "isEnabled", 1, "emails",
                                   export_properties_emails(contact));
    int failed = 0;

    if (contact->phone != NULL)
        failed |= json_object_set_new(properties, "phone",
                                      json_string(contact->phone));
    failed |=
        json_object_set_new(properties, "notificationsByRole",
                            json_pack("{s:s, s:o}", "state", "On", "roles",
                                      export_properties_roles(contact)));
    failed |= json_object_set_new(properties, "notificationsSources",
                                  make_sources(contact));
    if (failed != 0) {
        json_decref(properties);
        return NULL;
    }
    return properties;
}

char *
export_properties_body(const struct contact *contact)
{
    json_t *body =
        json_pack("{s:o}", "properties", export_properties_make(contact));
    AUTOBUFFER text = BUFFER_INIT(REPORT_CEILING);
    const int result = json_text_append(&text, body, 0);

    json_decref(body);
    return result == 0 ? buffer_take(&text, NULL) : NULL;
}
