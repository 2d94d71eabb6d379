/* SPDX-License-Identifier: Apache-2.0 */
/* A plan for programs: one document, schemaVersion 1. */
#include "report/change/plan_json.h"

#include <string.h>

#include "base/cleanup.h"
#include "base/clock.h"
#include "base/json_size.h"
#include "report/wording/phrase_plan.h"
#include "report/change/plan_report.h"
#include "report/json/report_json.h"

/* Each of these returns a tree of the caller's, NULL where memory ran
 * out. */

static json_t *
plan_to_json(const struct plan_view *view)
{
    const struct plan *plan = view->plan;
    char time[CLOCK_TEXT_SIZE];

    return json_pack("{s:s, s:s, s:s, s:s?, s:s?, s:s?, s:s?, s:s?, s:b}",
                     "id", plan->id, "kind", plan_kind_name(plan->kind),
                     "createdAt", clock_format(plan->created_at, time),
                     "cloud", plan->cloud, "profile", plan->profile, "config",
                     plan->config, "reverts", plan->reverts, "sha256",
                     view->digest, "complete", plan->complete);
}

static json_int_t
count_action(const struct plan *plan, enum plan_action action)
{
    json_int_t count = 0;

    for (size_t i = 0; i < plan->change_count; i++)
        count += plan->changes[i].action == action;
    return count;
}

static json_t *
summary_to_json(const struct plan_view *view)
{
    const struct plan *plan = view->plan;

    return json_pack(
        "{s:i, s:I, s:I, s:I, s:I, s:I, s:I, s:I, s:I}", "exitStatus",
        view->exit_status, "subscriptions", (json_int_t) plan->subscriptions,
        "nothingToDo", (json_int_t) plan->compliant, "changes",
        (json_int_t) plan->change_count, plan_action_name(PLAN_CREATE),
        count_action(plan, PLAN_CREATE), plan_action_name(PLAN_UPDATE),
        count_action(plan, PLAN_UPDATE), plan_action_name(PLAN_DELETE),
        count_action(plan, PLAN_DELETE), plan_action_name(PLAN_REGISTER),
        count_action(plan, PLAN_REGISTER), "obstacles",
        (json_int_t) plan->obstacle_count);
}

json_t *
plan_json_subscription(const struct subscription *subscription)
{
    return json_pack("{s:s, s:s, s:s, s:s}", "id", subscription->id, "name",
                     subscription->name, "tenantId", subscription->tenant_id,
                     "state", subscription->state);
}

json_t *
plan_json_differences(const struct plan_change *change)
{
    AUTOJSON json_t *rows = json_array();

    for (size_t i = 0; i < change->difference_count; i++)
        if (json_array_append_new(
                rows,
                json_pack("{s:s, s:s?, s:s?}", "field",
                          contact_field_name(change->differences[i].field),
                          "before", change->differences[i].before, "after",
                          change->differences[i].after))
            < 0)
            return NULL;
    return take_pointer(rows);
}

static json_t *
drops_to_json(const struct plan_change *change)
{
    AUTOJSON json_t *rows = json_array();

    for (size_t i = 0; i < change->drop_count; i++)
        if (json_array_append_new(
                rows,
                json_pack("{s:s, s:s}", "email", change->drops[i].email,
                          "reason",
                          plan_drop_reason_name(change->drops[i].reason)))
            < 0)
            return NULL;
    return take_pointer(rows);
}

static json_t *
cautions_to_json(unsigned cautions)
{
    static const struct {
        unsigned caution;
        const char *name;
    } names[] = {
        { PLAN_CAUTION_PHONE, "phone" },
        { PLAN_CAUTION_REGISTRATION, "registration" },
        { PLAN_CAUTION_NO_CONTACT, "no-contact" },
        { PLAN_CAUTION_OTHERS, "other-contacts" },
    };
    AUTOJSON json_t *list = json_array();

    for (size_t i = 0; i < ARRAY_LENGTH(names); i++)
        if ((cautions & names[i].caution) != 0
            && json_array_append_new(list, json_string(names[i].name)) < 0)
            return NULL;
    return take_pointer(list);
}

/* What is sent, as the JSON that it is; what a file names as such may be
 * anything. */
static json_t *
body_to_json(const char *body)
{
    static const struct json_size ceiling = { 25 * 1000, JSON_SIZE_DEPTH };
    json_t *tree = NULL;

    if (body == NULL)
        return json_null();
    if (json_size_check(body, strlen(body), &ceiling, NULL) == 0)
        tree = json_loads(body, 0, NULL);
    return tree != NULL ? tree : json_string(body);
}

static json_t *
change_to_json(const struct plan_change *change)
{
    return json_pack(
        "{s:o, s:s, s:s, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o}",
        "subscription", plan_json_subscription(&change->subscription),
        "action", plan_action_name(change->action), "apiVersion",
        contact_version_name(change->version), "requirements",
        report_json_texts(change->requirements.items,
                          change->requirements.count),
        "differences", plan_json_differences(change), "drops",
        drops_to_json(change), "starts",
        report_json_texts(change->starts.items, change->starts.count), "stops",
        report_json_texts(change->stops.items, change->stops.count),
        "cautions", cautions_to_json(change->cautions), "before",
        report_json_contact(change->before), "after",
        report_json_contact(change->after), "body", body_to_json(change->body),
        "revertsChange",
        change->reverts != 0 ? json_integer(change->reverts) : json_null());
}

static json_t *
changes_to_json(const struct plan *plan)
{
    AUTOJSON json_t *changes = json_array();

    for (size_t i = 0; i < plan->change_count; i++)
        if (json_array_append_new(changes, change_to_json(&plan->changes[i]))
            < 0)
            return NULL;
    return take_pointer(changes);
}

json_t *
plan_json_error(const struct contact_error *error)
{
    if (error == NULL)
        return json_null();
    return json_pack("{s:o, s:s, s:s, s:s?}", "httpStatus",
                     error->http_status != 0 ? json_integer(error->http_status)
                                             : json_null(),
                     "code", error->code, "message", error->message,
                     "requestId", error->request_id);
}

static json_t *
obstacle_to_json(const struct plan_obstacle *obstacle)
{
    AUTOBUFFER message = BUFFER_INIT(REPORT_CEILING);

    if (phrase_obstacle(obstacle, NULL, &message) < 0)
        return NULL;
    return json_pack("{s:o, s:s, s:s?, s:s, s:s?, s:o}", "subscription",
                     plan_json_subscription(&obstacle->subscription), "reason",
                     plan_obstacle_reason_name(obstacle->reason), "argument",
                     obstacle->argument, "message", buffer_text(&message),
                     "advice", phrase_obstacle_advice(obstacle), "error",
                     plan_json_error(obstacle->error));
}

json_t *
plan_json_obstacles(const struct plan *plan)
{
    AUTOJSON json_t *obstacles = json_array();

    for (size_t i = 0; i < plan->obstacle_count; i++)
        if (json_array_append_new(obstacles,
                                  obstacle_to_json(&plan->obstacles[i]))
            < 0)
            return NULL;
    return take_pointer(obstacles);
}

int
plan_json_write(const struct plan_view *view, struct buffer *target,
                struct error *err)
{
    json_t *document = json_pack(
        "{s:i, s:s, s:o, s:o, s:o, s:o}", "schemaVersion", 1, "tool",
        "piket " PIKET_VERSION, "plan", plan_to_json(view), "summary",
        summary_to_json(view), "changes", changes_to_json(view->plan),
        "obstacles", plan_json_obstacles(view->plan));

    return report_json_write_document(document, target, err);
}
