/* SPDX-License-Identifier: Apache-2.0 */
/* The parts of an operation as trees. */
#include "base/cleanup.h"
#include "base/clock.h"
#include "report/change/operation_json.h"
#include "report/json/report_json.h"

json_t *
operation_json_time(int64_t milliseconds)
{
    char text[CLOCK_TEXT_SIZE];

    return milliseconds != 0 ? json_string(clock_format(milliseconds, text))
                             : json_null();
}

json_t *
operation_json_head(const struct operation *operation)
{
    return json_pack(
        "{s:s, s:s, s:o, s:o, s:s?, s:s?, s:s?, s:s?, s:s?, "
        "s:s?, s:s?, s:s?}",
        "id", operation->id, "kind", plan_kind_name(operation->kind),
        "startedAt", operation_json_time(operation->started_at), "finishedAt",
        operation_json_time(operation->finished_at), "cloud", operation->cloud,
        "endpoint", operation->endpoint, "profile", operation->profile,
        "config", operation->config, "identity", operation->identity, "reason",
        operation->reason, "reverts", operation->reverts, "planSha256",
        operation->plan);
}

json_t *
operation_json_residue(const struct change_result *result)
{
    AUTOJSON json_t *rows = json_array();

    for (size_t i = 0; i < result->residue_count; i++)
        if (json_array_append_new(
                rows, json_pack("{s:s, s:s?, s:s?}", "member",
                                result->residue[i].member, "intended",
                                result->residue[i].intended, "actual",
                                result->residue[i].actual))
            < 0)
            return NULL;
    return take_pointer(rows);
}
