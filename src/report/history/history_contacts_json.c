/* SPDX-License-Identifier: Apache-2.0 */
/* The mailboxes of an estate, for programs: schemaVersion 1. */
#include <jansson.h>

#include "base/cleanup.h"
#include "report/history/history_report.h"
#include "report/json/report_json.h"

static json_t *
address_to_json(const struct address *address)
{
    AUTOJSON json_t *uses = json_array();

    for (size_t i = 0; i < address->use_count; i++) {
        const struct assessment *use = address->uses[i];
        const struct contact *contact = use->reading.contact;
        if (json_array_append_new(
                uses,
                json_pack("{s:s, s:s, s:s?, s:s?}", "id", use->subscription.id,
                          "name", use->subscription.name, "alerts",
                          contact_level_name(contact->alerts.level),
                          "attackPaths",
                          contact_level_name(contact->attack_paths.level)))
            < 0)
            return NULL;
    }
    return json_pack("{s:s, s:O}", "email", address->email, "subscriptions",
                     uses);
}

int
history_contacts_json_write(const struct address_book *book,
                            const struct history_view *view,
                            struct buffer *target, struct error *err)
{
    AUTOJSON json_t *addresses = json_array();

    (void) view;
    for (size_t i = 0; i < book->count; i++)
        if (json_array_append_new(addresses,
                                  address_to_json(&book->addresses[i]))
            < 0)
            return error_set_memory(err);
    return report_json_write_document(
        json_pack("{s:i, s:{s:I, s:I, s:I, s:I}, s:O}", "schemaVersion", 1,
                  "summary", "subscriptions", (json_int_t) book->subscriptions,
                  "nobody", (json_int_t) book->nobody, "owners",
                  (json_int_t) book->owners, "unknown",
                  (json_int_t) book->unknown, "addresses", addresses),
        target, err);
}
