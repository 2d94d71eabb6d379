/* SPDX-License-Identifier: Apache-2.0 */
/* Which subscriptions there should be, whoever says so. */
#include "engine/inventory/expected_subscriptions.h"

#include <stdlib.h>
#include <string.h>

#include "azure/resource/management_group.h"
#include "base/cleanup.h"
#include "base/log.h"
#include "base/text.h"

#define CODE_NOT_VISIBLE "NotVisible"

/* Who must do what, so that a subscription is listed. */
#define ASSIGN                                                            \
    "an Owner or User Access Administrator of the subscription, or of a " \
    "management group above it, can assign Reader or Security Reader to " \
    "this identity there"

/* One that says which subscriptions there are. */
struct origin {
    struct expected_subscriptions *expected_subscriptions;
    enum coverage_source source;
    unsigned number;               /* in the order in which they were added */
    const struct scope_rule *rule; /* of a group of the scope's, else NULL */
    size_t subscriptions;
    bool whole;                  /* read to its end */
    struct contact_error *error; /* of what it names, and is not listed */
};

struct expected_subscriptions {
    struct arena *arena;
    const char *tenant_id; /* whose groups these are; "": not known */
    expected_subscriptions_changed *changed;
    void *data;
    struct subscription_set set;
    struct origin **origins;
    size_t origin_count;
    size_t pending;               /* groups that are being read */
    size_t own, own_below_root;   /* listed subscriptions of the tenant */
    size_t expected, not_visible; /* in scope */
    enum coverage_reason reason;  /* of the root's not being read */
    const char *detail;
};

int
expected_subscriptions_new(
    struct expected_subscriptions **ret_expected_subscriptions,
    struct arena *arena, expected_subscriptions_changed *changed, void *data,
    struct error *err)
{
    struct expected_subscriptions *expected_subscriptions =
        calloc(1, sizeof(*expected_subscriptions));

    if (expected_subscriptions == NULL)
        return error_set_memory(err);
    expected_subscriptions->arena = arena;
    expected_subscriptions->tenant_id = "";
    expected_subscriptions->changed = changed;
    expected_subscriptions->data = data;
    expected_subscriptions->set =
        (struct subscription_set) SUBSCRIPTION_SET_INIT(arena);
    *ret_expected_subscriptions = expected_subscriptions;
    return 0;
}

void
expected_subscriptions_free(
    struct expected_subscriptions *expected_subscriptions)
{
    if (expected_subscriptions == NULL)
        return;
    subscription_set_done(&expected_subscriptions->set);
    free(expected_subscriptions->origins);
    free(expected_subscriptions);
}

/* Adds an origin of this kind. The words say, in a sentence, where its
 * subscriptions are: "below the management group mg". */
static struct origin *
add_origin(struct expected_subscriptions *expected_subscriptions,
           enum coverage_source source, const char *words, struct error *err)
{
    struct arena *arena = expected_subscriptions->arena;
    struct origin **grown = reallocarray(
        expected_subscriptions->origins,
        expected_subscriptions->origin_count + 1, sizeof(struct origin *));
    struct origin *origin = arena_allocate(arena, sizeof(*origin));
    struct contact_error *error = arena_allocate(arena, sizeof(*error));

    if (grown != NULL)
        expected_subscriptions->origins = grown;
    char *message =
        arena_printf(arena,
                     "%s, but Azure does not list it to this identity, which "
                     "has no role there: " ASSIGN,
                     words);
    if (grown == NULL || origin == NULL || error == NULL || message == NULL) {
        error_set_memory(err);
        return NULL;
    }
    *error =
        (struct contact_error){ .code = CODE_NOT_VISIBLE, .message = message };
    *origin = (struct origin){
        .expected_subscriptions = expected_subscriptions,
        .source = source,
        .number = (unsigned) expected_subscriptions->origin_count,
        .error = error,
    };
    expected_subscriptions->origins[expected_subscriptions->origin_count++] =
        origin;
    return origin;
}

int
expected_subscriptions_add_list(
    struct expected_subscriptions *expected_subscriptions,
    const struct subscription_set *list, const char *file, struct error *err)
{
    const char *words =
        arena_printf(expected_subscriptions->arena, "%s names it", file);
    struct origin *origin = words != NULL
                                ? add_origin(expected_subscriptions,
                                             COVERAGE_SOURCE_FILE, words, err)
                                : NULL;

    if (origin == NULL)
        return error_set_memory(err);
    const struct subscription_entry common = { .sources = COVERAGE_SOURCE_FILE,
                                               .origin = origin->number };
    if (subscription_set_join(&expected_subscriptions->set, list, &common, err)
        < 0)
        return error_wrap(err, "%s", file);
    origin->whole = true;
    return 0;
}

static int
take_member(const char *id, const char *name, void *data, struct error *err)
{
    struct origin *origin = data;
    const struct subscription_entry entry = {
        .id = id,
        .name = name,
        .sources = origin->source,
        .origin = origin->number,
    };

    origin->subscriptions++;
    return subscription_set_add(&origin->expected_subscriptions->set, &entry,
                                err);
}

static void
explain_group(const struct scope_rule *rule, const struct arm_error *error,
              struct error *err)
{
    arm_error_to_error(error, err);
    error_wrap(err, "%s: management group '%s'", rule->origin, rule->text);
    if (error->http_status == 404 || error->http_status == 403)
        error_advise(err, "give its id, which is not its display name; "
                          "reading it needs the role Reader or Management "
                          "Group Reader on it");
}

/* Why the root group was not read: no error of the run's. */
static void
note_root(struct expected_subscriptions *expected_subscriptions,
          const struct arm_error *error)
{
    AUTOERROR detail = ERROR_INIT;
    const bool refused = error->http_status == 401 || error->http_status == 403
                         || error->http_status == 404;

    arm_error_to_error(error, &detail);
    expected_subscriptions->reason =
        refused ? COVERAGE_REASON_ROOT_REFUSED : COVERAGE_REASON_ROOT_FAILED;
    expected_subscriptions->detail =
        refused ? arena_printf(expected_subscriptions->arena, "%d %s",
                               error->http_status, error->code)
                : arena_copy(expected_subscriptions->arena,
                             error_message(&detail));
    log_info("root management group: %s", error_message(&detail));
}

static void
group_finished(const struct arm_error *error, void *data)
{
    struct origin *origin = data;
    struct expected_subscriptions *expected_subscriptions =
        origin->expected_subscriptions;
    AUTOERROR err = ERROR_INIT;
    const bool fatal = error != NULL && origin->rule != NULL;

    expected_subscriptions->pending--;
    origin->whole = error == NULL;
    if (fatal)
        explain_group(origin->rule, error, &err);
    else if (error != NULL)
        note_root(expected_subscriptions, error);
    expected_subscriptions->changed(fatal ? &err : NULL,
                                    expected_subscriptions->data);
}

static int
ask_group(struct expected_subscriptions *expected_subscriptions,
          struct arm *arm, const char *group, struct origin *origin,
          struct error *err)
{
    if (management_group_list(arm, group, take_member, group_finished, origin,
                              err)
        < 0)
        return -1;
    expected_subscriptions->pending++;
    return 0;
}

int
expected_subscriptions_ask_groups(
    struct expected_subscriptions *expected_subscriptions, struct arm *arm,
    const struct scope_rules *groups, struct error *err)
{
    for (size_t i = 0; i < groups->count; i++) {
        const struct scope_rule *rule = &groups->items[i];
        const char *words =
            arena_printf(expected_subscriptions->arena,
                         "it is below management group '%s'", rule->text);
        struct origin *origin =
            words != NULL ? add_origin(expected_subscriptions,
                                       COVERAGE_SOURCE_GROUPS, words, err)
                          : NULL;
        if (origin == NULL)
            return error_set_memory(err);
        origin->rule = rule;
        if (ask_group(expected_subscriptions, arm, rule->text, origin, err)
            < 0)
            return -1;
    }
    return 0;
}

int
expected_subscriptions_set_tenant(
    struct expected_subscriptions *expected_subscriptions,
    const char *tenant_id, struct error *err)
{
    if (!text_is_uuid(tenant_id))
        return 0;
    expected_subscriptions->tenant_id =
        arena_copy(expected_subscriptions->arena, tenant_id);
    return expected_subscriptions->tenant_id != NULL ? 0
                                                     : error_set_memory(err);
}

int
expected_subscriptions_ask_root(
    struct expected_subscriptions *expected_subscriptions, struct arm *arm,
    struct error *err)
{
    if (*expected_subscriptions->tenant_id == '\0') {
        expected_subscriptions->reason = COVERAGE_REASON_NO_TENANT;
        return 0;
    }
    struct origin *origin =
        add_origin(expected_subscriptions, COVERAGE_SOURCE_ROOT,
                   "it is below the root management group", err);
    return origin != NULL
               ? ask_group(expected_subscriptions, arm,
                           expected_subscriptions->tenant_id, origin, err)
               : -1;
}

void
expected_subscriptions_doubt_list(
    struct expected_subscriptions *expected_subscriptions)
{
    for (size_t i = 0; i < expected_subscriptions->set.count; i++)
        if (expected_subscriptions->set.entries[i].sources
            == COVERAGE_SOURCE_FILE)
            expected_subscriptions->set.entries[i].seen = true;
}

bool
expected_subscriptions_pending(
    const struct expected_subscriptions *expected_subscriptions)
{
    return expected_subscriptions->pending > 0;
}

void
expected_subscriptions_sort(
    struct expected_subscriptions *expected_subscriptions)
{
    subscription_set_sort(&expected_subscriptions->set);
}

bool
expected_subscriptions_in_groups(
    const struct expected_subscriptions *expected_subscriptions,
    const char *id)
{
    const struct subscription_entry *entry =
        subscription_set_find(&expected_subscriptions->set, id);

    return entry != NULL && (entry->sources & COVERAGE_SOURCE_GROUPS) != 0;
}

void
expected_subscriptions_see(
    struct expected_subscriptions *expected_subscriptions,
    const struct subscription *listed)
{
    struct subscription_entry *entry =
        subscription_set_find(&expected_subscriptions->set, listed->id);

    if (entry != NULL)
        entry->seen = true;
    if (!text_equal_ignoring_case(listed->tenant_id,
                                  expected_subscriptions->tenant_id))
        return;
    expected_subscriptions->own++;
    if (entry != NULL && (entry->sources & COVERAGE_SOURCE_ROOT) != 0)
        expected_subscriptions->own_below_root++;
}

void
expected_subscriptions_include(
    struct expected_subscriptions *expected_subscriptions, const char *id)
{
    const struct subscription_entry *entry =
        subscription_set_find(&expected_subscriptions->set, id);

    if (entry == NULL)
        return;
    expected_subscriptions->expected++;
    if (!entry->seen)
        expected_subscriptions->not_visible++;
}

bool
expected_subscriptions_next_missing(
    const struct expected_subscriptions *expected_subscriptions, size_t *index,
    struct expected_subscriptions_missing *ret_missing)
{
    const struct subscription_set *set = &expected_subscriptions->set;

    while (*index < set->count && set->entries[*index].seen)
        (*index)++;
    if (*index == set->count)
        return false;
    const struct subscription_entry *entry = &set->entries[(*index)++];
    const struct origin *origin =
        expected_subscriptions->origins[entry->origin];
    *ret_missing = (struct expected_subscriptions_missing){
        .subscription = { .id = entry->id,
                          .name = entry->name,
                          .tenant_id = entry->sources != COVERAGE_SOURCE_FILE
                                           ? expected_subscriptions->tenant_id
                                           : "",
                          .state = "" },
        .error = origin->error,
    };
    return true;
}

/* Every subscription of a tenant is below its root management group. An
 * answer without a single one of those that are listed is about something
 * else; one that lacks some may only be older than they are. */
static bool
root_is_believable(const struct expected_subscriptions *expected_subscriptions)
{
    return expected_subscriptions->own == 0
           || expected_subscriptions->own_below_root > 0;
}

struct coverage
expected_subscriptions_coverage(
    const struct expected_subscriptions *expected_subscriptions)
{
    struct coverage coverage = {
        .expected = expected_subscriptions->expected,
        .not_visible = expected_subscriptions->not_visible,
        .reason = expected_subscriptions->reason,
        .detail = expected_subscriptions->detail,
    };

    for (size_t i = 0; i < expected_subscriptions->origin_count; i++)
        if (expected_subscriptions->origins[i]->whole)
            coverage.sources |= expected_subscriptions->origins[i]->source;
    if ((coverage.sources & COVERAGE_SOURCE_ROOT) != 0
        && !root_is_believable(expected_subscriptions)) {
        coverage.sources &= ~(unsigned) COVERAGE_SOURCE_ROOT;
        coverage.reason = COVERAGE_REASON_ROOT_FAILED;
        coverage.detail = "it names none of the visible subscriptions";
    }
    /* Where the root was asked and is not whole, the groups that a scope
     * names beside single subscriptions do not speak for all of it. */
    coverage.known =
        (coverage.sources & (COVERAGE_SOURCE_ROOT | COVERAGE_SOURCE_FILE)) != 0
        || (coverage.sources != 0 && coverage.reason == COVERAGE_REASON_NONE);
    if (coverage.known) {
        coverage.reason = COVERAGE_REASON_NONE;
        coverage.detail = NULL;
    }
    return coverage;
}

void
expected_subscriptions_why_unknown(
    const struct expected_subscriptions *expected_subscriptions,
    struct coverage *coverage)
{
    if (expected_subscriptions->reason == COVERAGE_REASON_NONE)
        return;
    coverage->reason = expected_subscriptions->reason;
    coverage->detail = expected_subscriptions->detail;
}

const struct scope_rule *
expected_subscriptions_empty_group(
    const struct expected_subscriptions *expected_subscriptions, size_t index)
{
    for (size_t i = 0; i < expected_subscriptions->origin_count; i++) {
        const struct origin *origin = expected_subscriptions->origins[i];
        if (origin->rule != NULL && origin->whole && origin->subscriptions == 0
            && index-- == 0)
            return origin->rule;
    }
    return NULL;
}
