/* SPDX-License-Identifier: Apache-2.0 */
/* What all OCSF events have. */
#include <stdio.h>
#include <string.h>

#include "base/cleanup.h"
#include "base/clock.h"
#include "report/json/report_json.h"
#include "report/interchange/report_ocsf.h"

/* A text of the profile datetime says the same as its number. */
enum { DATE_SIZE = CLOCK_TEXT_SIZE + sizeof(".999") - 1 };

static const char *
format_date(int64_t milliseconds, char text[DATE_SIZE])
{
    char seconds[CLOCK_TEXT_SIZE];

    clock_format(milliseconds, seconds);
    seconds[strlen(seconds) - strlen("Z")] = '\0';
    (void) snprintf(text, DATE_SIZE, "%s.%03dZ", seconds,
                    (int) (milliseconds % 1000));
    return text;
}

static const char *
severity_caption(enum report_ocsf_severity severity)
{
    static const char *const captions[] = {
        [REPORT_OCSF_INFORMATIONAL] = "Informational",
        [REPORT_OCSF_LOW] = "Low",
        [REPORT_OCSF_MEDIUM] = "Medium",
        [REPORT_OCSF_HIGH] = "High",
    };

    return captions[severity];
}

static const char *
status_caption(enum report_ocsf_status status)
{
    static const char *const captions[] = {
        [REPORT_OCSF_NEW] = "New",
        [REPORT_OCSF_SUPPRESSED] = "Suppressed",
        [REPORT_OCSF_RESOLVED] = "Resolved",
    };

    return captions[status];
}

/* The event's own id differs from run to run, that of its subject does
 * not. */
static json_t *
metadata_to_json(const struct run *run, const struct report_ocsf_event *event)
{
    const struct report_uuid uid =
        REPORT_UUID("event", run->id, event->subject.text);
    AUTOJSON json_t *metadata = json_pack(
        "{s:s, s:{s:s, s:s, s:s}, s:[s, s], s:s, s:s, s:s}", "version",
        "1.7.0", "product", "name", "piket", "vendor_name", "piket", "version",
        PIKET_VERSION, "profiles", "cloud", "datetime", "uid", uid.text,
        "correlation_uid", run->id, "event_code", event->code);

    if (*event->tenant_id != '\0'
        && report_json_set(metadata, "tenant_uid",
                           json_string(event->tenant_id))
               < 0)
        return NULL;
    return take_pointer(metadata);
}

static json_t *
finding_info_to_json(const struct run *run,
                     const struct report_ocsf_event *event, const char *date)
{
    return json_pack("{s:s, s:s, s:I, s:s, s:[s], s:{s:s, s:s, s:i, s:s}}",
                     "uid", event->subject.text, "title", event->title,
                     "last_seen_time", (json_int_t) run->finished_at,
                     "last_seen_time_dt", date, "data_sources",
                     "Microsoft.Security/securityContacts", "analytic", "uid",
                     event->code, "name", event->title, "type_id", 1, "type",
                     "Rule");
}

json_t *
report_ocsf_event(const struct run *run, const struct report_ocsf_event *event)
{
    char date[DATE_SIZE];

    format_date(run->finished_at, date);
    return json_pack(
        "{s:i, s:s, s:i, s:s, s:i, s:s, s:i, s:s, s:I, s:s, s:i, s:s, s:i, "
        "s:s, s:o, s:o}",
        "category_uid", 2, "category_name", "Findings", "class_uid", 2003,
        "class_name", "Compliance Finding", "activity_id", 1, "activity_name",
        "Create", "type_uid", 200301, "type_name",
        "Compliance Finding: Create", "time", (json_int_t) run->finished_at,
        "time_dt", date, "severity_id", (int) event->severity, "severity",
        severity_caption(event->severity), "status_id", (int) event->status,
        "status", status_caption(event->status), "metadata",
        metadata_to_json(run, event), "finding_info",
        finding_info_to_json(run, event, date));
}

static const struct run_tenant *
tenant_by_id(const struct run *run, const char *id)
{
    for (size_t i = 0; i < run->tenant_count; i++)
        if (strcmp(run->tenants[i].id, id) == 0)
            return &run->tenants[i];
    return NULL;
}

static json_t *
tenant_to_json(const struct run *run, const char *id)
{
    const struct run_tenant *tenant = tenant_by_id(run, id);
    AUTOJSON json_t *organization = json_pack("{s:s}", "uid", id);

    if (*id == '\0')
        return json_null();
    if (tenant != NULL && tenant->display_name != NULL
        && report_json_set(organization, "name",
                           json_string(tenant->display_name))
               < 0)
        return NULL;
    return take_pointer(organization);
}

json_t *
report_ocsf_cloud(const struct run *run, const char *tenant_id,
                  const struct subscription *subscription)
{
    AUTOJSON json_t *cloud = json_pack("{s:s}", "provider", "Azure");

    if (run->cloud != NULL
        && report_json_set(cloud, "cloud_partition", json_string(run->cloud))
               < 0)
        return NULL;
    if (report_json_set(cloud, "org", tenant_to_json(run, tenant_id)) < 0)
        return NULL;
    if (subscription != NULL
        && report_json_set(cloud, "account",
                           json_pack("{s:s, s:s, s:i, s:s}", "uid",
                                     subscription->id, "name",
                                     subscription->name, "type_id", 13, "type",
                                     "Azure Subscription"))
               < 0)
        return NULL;
    return take_pointer(cloud);
}
