/* SPDX-License-Identifier: Apache-2.0 */
/* A security contact as a JSON tree. */
#include "base/cleanup.h"
#include "report/json/report_json.h"

void
report_json_release(json_t **tree)
{
    json_decref(*tree);
}

json_t *
report_json_texts(const char *const *texts, size_t count)
{
    AUTOJSON json_t *array = json_array();

    for (size_t i = 0; i < count; i++)
        if (json_array_append_new(array, json_string(texts[i])) < 0)
            return NULL;
    return take_pointer(array);
}

/* null where the API version cannot say. */
static json_t *
switch_to_json(enum contact_switch state)
{
    return state == CONTACT_UNSEEN ? json_null()
                                   : json_boolean(state == CONTACT_ON);
}

json_t *
report_json_contact(const struct contact *contact)
{
    if (contact == NULL)
        return json_null();
    return json_pack(
        "{s:s, s:o, s:o, s:s?, s:s?, s:s?, s:o, s:o, s:s}", "name",
        contact->name, "enabled", switch_to_json(contact->enabled), "emails",
        report_json_texts(contact->emails, contact->email_count), "phone",
        contact->phone, "alerts", contact_threshold_text(&contact->alerts),
        "attackPaths", contact_threshold_text(&contact->attack_paths),
        "rolesNotified", switch_to_json(contact->roles_notified), "roles",
        report_json_texts(contact->roles, contact->role_count), "apiVersion",
        contact_version_name(contact->version));
}
