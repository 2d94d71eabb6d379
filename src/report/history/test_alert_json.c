/* SPDX-License-Identifier: Apache-2.0 */
/* A test of delivery for programs: schemaVersion 1. */
#include <jansson.h>

#include "base/cleanup.h"
#include "base/clock.h"
#include "report/history/test_alert_report.h"
#include "report/change/operation_json.h"
#include "report/change/plan_json.h"
#include "report/json/report_json.h"

/* Each of these returns a tree of the caller's, NULL where memory ran
 * out. */

static json_t *
targets_to_json(const struct test_alert *test, bool planned)
{
    AUTOJSON json_t *rows = json_array();

    for (size_t i = 0; i < test->target_count; i++) {
        const struct test_alert_target *target = &test->targets[i];
        const struct subscription *subscription = &target->alert.subscription;
        if (json_array_append_new(
                rows,
                json_pack("{s:s, s:s, s:s, s:s?, s:o, s:b, s:s?, s:s?, s:o}",
                          "id", subscription->id, "name", subscription->name,
                          "tenantId", subscription->tenant_id, "reach",
                          reach_name(target->reach), "addresses",
                          report_json_texts(target->addresses.items,
                                            target->addresses.count),
                          "roles", target->roles, "outcome",
                          planned ? NULL
                                  : test_alert_sample_outcome_name(
                                      target->alert.outcome),
                          "location", target->alert.location, "error",
                          plan_json_error(target->alert.error)))
            < 0)
            return NULL;
    }
    return take_pointer(rows);
}

static json_t *
addresses_to_json(const struct test_alert *test, struct arena *arena)
{
    AUTOJSON json_t *rows = json_array();
    struct test_alert_address *addresses;
    size_t count;

    if (test_alert_addresses(test, arena, &addresses, &count, NULL) < 0)
        return NULL;
    for (size_t i = 0; i < count; i++)
        if (json_array_append_new(
                rows,
                json_pack("{s:s, s:I, s:o, s:b}", "address",
                          addresses[i].address, "subscriptions",
                          (json_int_t) addresses[i].raised, "confirmedAt",
                          operation_json_time(addresses[i].confirmed_at),
                          "byRole", addresses[i].by_role))
            < 0)
            return NULL;
    return take_pointer(rows);
}

int
test_alert_json_write(const struct test_alert_view *view,
                      struct buffer *target, struct error *err)
{
    const struct test_alert *test = view->test;
    struct arena *arena = arena_new();
    char time[CLOCK_TEXT_SIZE];

    if (arena == NULL)
        return error_set_memory(err);
    json_t *document = json_pack(
        "{s:i, s:s, s:s, s:s, s:s, s:s?, s:s, s:b, s:o, s:o}", "schemaVersion",
        1, "id", test->id, "startedAt", clock_format(test->started_at, time),
        "cloud", test->cloud, "endpoint", test->endpoint, "identity",
        test->identity, "bundles", test->bundles, "planned", view->planned,
        "addresses", addresses_to_json(test, arena), "subscriptions",
        targets_to_json(test, view->planned));
    arena_free(arena);
    return report_json_write_document(document, target, err);
}
