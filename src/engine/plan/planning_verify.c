/* SPDX-License-Identifier: Apache-2.0 */
/* Whether a plan from a file does what it shows. */
#include <stdlib.h>
#include <string.h>

#include "azure/contact/contact_snapshot.h"
#include "base/cleanup.h"
#include "base/text.h"
#include "control/contact/contact_field.h"
#include "engine/plan/planning.h"
#include "engine/plan/planning_body.h"

/* The change of a plan that is looked at. */
struct claim {
    const struct plan_change *change;
    enum plan_kind kind;
    struct arena *arena; /* for as long as it is looked at */
};

static int
refuse(const struct claim *claim, const char *what, struct error *err)
{
    return error_set(err, "subscription %s: %s",
                     claim->change->subscription.id, what);
}

static bool
contacts_agree(const struct contact *left, const struct contact *right)
{
    if ((left == NULL) != (right == NULL))
        return false;
    for (enum contact_field field = 0; field < CONTACT_FIELD_COUNT; field++)
        if (!contact_field_equal(left, right, field))
            return false;
    return true;
}

/* What it shows as being there must be what was read. */
static int
verify_before(const struct claim *claim, struct error *err)
{
    const struct plan_change *change = claim->change;
    struct contact_reading reading;

    if (change->image == NULL)
        return 0;
    if (contact_snapshot_decode(change->image, claim->arena, &reading, err)
        < 0)
        return error_wrap(err, "subscription %s", change->subscription.id);
    return contacts_agree(reading.contact, change->before)
               ? 0
               : refuse(claim, "before is not what its image shows", err);
}

/* A remediation writes what was read, revised, and not a letter else. */
static int
verify_revision(const struct claim *claim, struct error *err)
{
    AUTOBUFFER body = BUFFER_INIT(PLANNING_BODY_CEILING);

    if (planning_body_revise(claim->change, &body, err) < 0)
        return error_wrap(err, "subscription %s",
                          claim->change->subscription.id);
    return strcmp(buffer_text(&body), claim->change->body) == 0
               ? 0
               : refuse(claim, "body is not what before and after ask for",
                        err);
}

static int
verify_body(const struct claim *claim, struct error *err)
{
    const struct plan_change *change = claim->change;
    struct contact_reading reading;

    if (change->body == NULL)
        return 0;
    if (claim->kind == PLAN_REMEDIATION && verify_revision(claim, err) < 0)
        return -1;
    if (contact_snapshot_decode_body(change->body, change->version,
                                     claim->arena, &reading, err)
        < 0)
        return error_wrap(err, "subscription %s", change->subscription.id);
    return contacts_agree(reading.contact, change->after)
               ? 0
               : refuse(claim, "body would write something else than after",
                        err);
}

static int
verify_change(const struct plan *plan, const struct plan_change *change,
              struct error *err)
{
    struct claim claim = { change, plan->kind, arena_new() };
    int result = -1;

    if (claim.arena == NULL)
        return error_set_memory(err);
    /* What a remediation never does would be shown as its plan. */
    if (plan->kind == PLAN_REMEDIATION && change->action == PLAN_DELETE)
        refuse(&claim, "a remediation deletes nothing", err);
    else if (plan->kind == PLAN_REVERSAL && change->action == PLAN_REGISTER)
        refuse(&claim, "a reversal registers nothing", err);
    else if (verify_before(&claim, err) == 0 && verify_body(&claim, err) == 0)
        result = 0;
    arena_free(claim.arena);
    return result;
}

static int
compare_ids(const void *left, const void *right)
{
    const char *const *left_id = left;
    const char *const *right_id = right;

    return text_compare_ignoring_case(*left_id, *right_id);
}

/* The second would find what the first had written, or race with it. */
static int
verify_once(const struct plan *plan, struct error *err)
{
    AUTOFREE const char **ids = calloc(plan->change_count + 1, sizeof(*ids));

    if (ids == NULL)
        return error_set_memory(err);
    for (size_t i = 0; i < plan->change_count; i++)
        ids[i] = plan->changes[i].subscription.id;
    qsort(ids, plan->change_count, sizeof(*ids), compare_ids);
    for (size_t i = 1; i < plan->change_count; i++)
        if (compare_ids(&ids[i - 1], &ids[i]) == 0)
            return error_set(err, "subscription %s stands in it twice",
                             ids[i]);
    return 0;
}

int
planning_verify(const struct plan *plan, const char *name, struct error *err)
{
    int result = verify_once(plan, err);

    for (size_t i = 0; result == 0 && i < plan->change_count; i++)
        result = verify_change(plan, &plan->changes[i], err);
    if (result == 0)
        return 0;
    (void) error_wrap(err, "%s: does not do what it shows", name);
    return error_advise(err, "make the plan anew, with --save-plan; ask whom "
                             "this file comes from");
}
