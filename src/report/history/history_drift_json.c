/* SPDX-License-Identifier: Apache-2.0 */
/* What differs between two runs, for programs: schemaVersion 1. */
#include <jansson.h>

#include "base/cleanup.h"
#include "report/history/history_report.h"
#include "report/json/report_json.h"

static json_t *
fields_to_json(const struct drift_entry *entry)
{
    AUTOJSON json_t *rows = json_array();

    for (size_t i = 0; i < entry->field_count; i++)
        if (json_array_append_new(
                rows, json_pack("{s:s, s:s?, s:s?}", "field",
                                drift_field_name(entry->fields[i].kind),
                                "before", entry->fields[i].before, "after",
                                entry->fields[i].after))
            < 0)
            return NULL;
    return take_pointer(rows);
}

static const char *
status_of(const struct finding *finding)
{
    return finding != NULL ? finding_status_name(finding->status) : NULL;
}

static json_t *
findings_to_json(const struct drift_entry *entry)
{
    AUTOJSON json_t *rows = json_array();

    for (size_t i = 0; i < entry->finding_count; i++) {
        const struct drift_finding *finding = &entry->findings[i];
        if (json_array_append_new(
                rows, json_pack("{s:s, s:s?, s:s?}", "requirement",
                                finding->requirement->id, "before",
                                status_of(finding->before), "after",
                                status_of(finding->after)))
            < 0)
            return NULL;
    }
    return take_pointer(rows);
}

static const char *
assessed_as(const struct assessment *assessment)
{
    return assessment != NULL ? assessment_status_name(assessment->status)
                              : NULL;
}

static json_t *
entry_to_json(const struct drift_entry *entry)
{
    const struct subscription *subscription = drift_subscription(entry);

    return json_pack(
        "{s:s, s:s, s:s, s:s?, s:s?, s:o, s:o}", "kind",
        drift_kind_name(entry->kind), "id", subscription->id, "name",
        subscription->name, "before", assessed_as(entry->before), "after",
        assessed_as(entry->after), "fields", fields_to_json(entry), "findings",
        findings_to_json(entry));
}

static json_t *
counts_to_json(const struct drift *drift)
{
    AUTOJSON json_t *counts =
        json_pack("{s:I}", "same", (json_int_t) drift->same);

    for (enum drift_kind kind = 0; kind < DRIFT_KIND_COUNT; kind++)
        if (json_object_set_new(counts, drift_kind_name(kind),
                                json_integer((json_int_t) drift->counts[kind]))
            < 0)
            return NULL;
    return take_pointer(counts);
}

int
history_drift_json_write(const struct drift *drift,
                         const struct history_view *view,
                         struct buffer *target, struct error *err)
{
    AUTOJSON json_t *entries = json_array();

    (void) view;
    for (size_t i = 0; i < drift->entry_count; i++)
        if (json_array_append_new(entries, entry_to_json(&drift->entries[i]))
            < 0)
            return error_set_memory(err);
    return report_json_write_document(
        json_pack("{s:i, s:s, s:s, s:b, s:o, s:O}", "schemaVersion", 1,
                  "before", drift->before->id, "after", drift->after->id,
                  "otherProfile", drift->other_profile, "summary",
                  counts_to_json(drift), "subscriptions", entries),
        target, err);
}
