/* SPDX-License-Identifier: Apache-2.0 */
/* Which subscriptions there should be, whoever says so. */
#include "engine/expectation.h"

#include <stdlib.h>
#include <string.h>

#include "azure/management_group.h"
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
    struct expectation *expectation;
    enum coverage_source source;
    unsigned number;               /* in the order in which they were added */
    const struct scope_rule *rule; /* of a group of the scope's, else NULL */
    size_t subscriptions;
    bool whole;                  /* read to its end */
    struct contact_error *error; /* of what it names, and is not listed */
};

struct expectation {
    struct arena *arena;
    const char *tenant_id; /* whose groups these are; "": not known */
    expectation_changed *changed;
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
expectation_new(struct expectation **ret_expectation, struct arena *arena,
                expectation_changed *changed, void *data, struct error *err)
{
    struct expectation *expectation = calloc(1, sizeof(*expectation));

    if (expectation == NULL)
        return error_set_memory(err);
    expectation->arena = arena;
    expectation->tenant_id = "";
    expectation->changed = changed;
    expectation->data = data;
    expectation->set = (struct subscription_set) SUBSCRIPTION_SET_INIT(arena);
    *ret_expectation = expectation;
    return 0;
}

void
expectation_free(struct expectation *expectation)
{
    if (expectation == NULL)
        return;
    subscription_set_done(&expectation->set);
    free(expectation->origins);
    free(expectation);
}

/* Adds an origin of this kind. The words say, in a sentence, where its
 * subscriptions are: "below the management group mg". */
static struct origin *
add_origin(struct expectation *expectation, enum coverage_source source,
           const char *words, struct error *err)
{
    struct arena *arena = expectation->arena;
    struct origin **grown =
        reallocarray(expectation->origins, expectation->origin_count + 1,
                     sizeof(struct origin *));
    struct origin *origin = arena_allocate(arena, sizeof(*origin));
    struct contact_error *error = arena_allocate(arena, sizeof(*error));

    if (grown != NULL)
        expectation->origins = grown;
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
        .expectation = expectation,
        .source = source,
        .number = (unsigned) expectation->origin_count,
        .error = error,
    };
    expectation->origins[expectation->origin_count++] = origin;
    return origin;
}

int
expectation_add_list(struct expectation *expectation,
                     const struct subscription_set *list, const char *file,
                     struct error *err)
{
    const char *words = arena_printf(expectation->arena, "%s names it", file);
    struct origin *origin =
        words != NULL
            ? add_origin(expectation, COVERAGE_SOURCE_FILE, words, err)
            : NULL;

    if (origin == NULL)
        return error_set_memory(err);
    const struct subscription_entry common = { .sources = COVERAGE_SOURCE_FILE,
                                               .origin = origin->number };
    if (subscription_set_join(&expectation->set, list, &common, err) < 0)
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
    return subscription_set_add(&origin->expectation->set, &entry, err);
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
note_root(struct expectation *expectation, const struct arm_error *error)
{
    AUTOERROR detail = ERROR_INIT;
    const bool refused = error->http_status == 401 || error->http_status == 403
                         || error->http_status == 404;

    arm_error_to_error(error, &detail);
    expectation->reason =
        refused ? COVERAGE_REASON_ROOT_REFUSED : COVERAGE_REASON_ROOT_FAILED;
    expectation->detail =
        refused ? arena_printf(expectation->arena, "%d %s", error->http_status,
                               error->code)
                : arena_copy(expectation->arena, error_message(&detail));
    log_info("root management group: %s", error_message(&detail));
}

static void
group_finished(const struct arm_error *error, void *data)
{
    struct origin *origin = data;
    struct expectation *expectation = origin->expectation;
    AUTOERROR err = ERROR_INIT;
    const bool fatal = error != NULL && origin->rule != NULL;

    expectation->pending--;
    origin->whole = error == NULL;
    if (fatal)
        explain_group(origin->rule, error, &err);
    else if (error != NULL)
        note_root(expectation, error);
    expectation->changed(fatal ? &err : NULL, expectation->data);
}

static int
ask_group(struct expectation *expectation, struct arm *arm, const char *group,
          struct origin *origin, struct error *err)
{
    if (management_group_list(arm, group, take_member, group_finished, origin,
                              err)
        < 0)
        return -1;
    expectation->pending++;
    return 0;
}

int
expectation_ask_groups(struct expectation *expectation, struct arm *arm,
                       const struct scope_rules *groups, struct error *err)
{
    for (size_t i = 0; i < groups->count; i++) {
        const struct scope_rule *rule = &groups->items[i];
        const char *words =
            arena_printf(expectation->arena,
                         "it is below management group '%s'", rule->text);
        struct origin *origin =
            words != NULL
                ? add_origin(expectation, COVERAGE_SOURCE_GROUPS, words, err)
                : NULL;
        if (origin == NULL)
            return error_set_memory(err);
        origin->rule = rule;
        if (ask_group(expectation, arm, rule->text, origin, err) < 0)
            return -1;
    }
    return 0;
}

int
expectation_set_tenant(struct expectation *expectation, const char *tenant_id,
                       struct error *err)
{
    if (!text_is_uuid(tenant_id))
        return 0;
    expectation->tenant_id = arena_copy(expectation->arena, tenant_id);
    return expectation->tenant_id != NULL ? 0 : error_set_memory(err);
}

int
expectation_ask_root(struct expectation *expectation, struct arm *arm,
                     struct error *err)
{
    if (*expectation->tenant_id == '\0') {
        expectation->reason = COVERAGE_REASON_NO_TENANT;
        return 0;
    }
    struct origin *origin =
        add_origin(expectation, COVERAGE_SOURCE_ROOT,
                   "it is below the root management group", err);
    return origin != NULL ? ask_group(expectation, arm, expectation->tenant_id,
                                      origin, err)
                          : -1;
}

void
expectation_doubt_list(struct expectation *expectation)
{
    for (size_t i = 0; i < expectation->set.count; i++)
        if (expectation->set.entries[i].sources == COVERAGE_SOURCE_FILE)
            expectation->set.entries[i].seen = true;
}

bool
expectation_pending(const struct expectation *expectation)
{
    return expectation->pending > 0;
}

void
expectation_sort(struct expectation *expectation)
{
    subscription_set_sort(&expectation->set);
}

bool
expectation_in_groups(const struct expectation *expectation, const char *id)
{
    const struct subscription_entry *entry =
        subscription_set_find(&expectation->set, id);

    return entry != NULL && (entry->sources & COVERAGE_SOURCE_GROUPS) != 0;
}

void
expectation_see(struct expectation *expectation,
                const struct subscription *listed)
{
    struct subscription_entry *entry =
        subscription_set_find(&expectation->set, listed->id);

    if (entry != NULL)
        entry->seen = true;
    if (!text_equal_ignoring_case(listed->tenant_id, expectation->tenant_id))
        return;
    expectation->own++;
    if (entry != NULL && (entry->sources & COVERAGE_SOURCE_ROOT) != 0)
        expectation->own_below_root++;
}

void
expectation_include(struct expectation *expectation, const char *id)
{
    const struct subscription_entry *entry =
        subscription_set_find(&expectation->set, id);

    if (entry == NULL)
        return;
    expectation->expected++;
    if (!entry->seen)
        expectation->not_visible++;
}

bool
expectation_next_missing(const struct expectation *expectation, size_t *index,
                         struct expectation_missing *ret_missing)
{
    const struct subscription_set *set = &expectation->set;

    while (*index < set->count && set->entries[*index].seen)
        (*index)++;
    if (*index == set->count)
        return false;
    const struct subscription_entry *entry = &set->entries[(*index)++];
    const struct origin *origin = expectation->origins[entry->origin];
    *ret_missing = (struct expectation_missing){
        .subscription = { .id = entry->id,
                          .name = entry->name,
                          .tenant_id = entry->sources != COVERAGE_SOURCE_FILE
                                           ? expectation->tenant_id
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
root_is_believable(const struct expectation *expectation)
{
    return expectation->own == 0 || expectation->own_below_root > 0;
}

struct coverage
expectation_coverage(const struct expectation *expectation)
{
    struct coverage coverage = {
        .expected = expectation->expected,
        .not_visible = expectation->not_visible,
        .reason = expectation->reason,
        .detail = expectation->detail,
    };

    for (size_t i = 0; i < expectation->origin_count; i++)
        if (expectation->origins[i]->whole)
            coverage.sources |= expectation->origins[i]->source;
    if ((coverage.sources & COVERAGE_SOURCE_ROOT) != 0
        && !root_is_believable(expectation)) {
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
expectation_why_unknown(const struct expectation *expectation,
                        struct coverage *coverage)
{
    if (expectation->reason == COVERAGE_REASON_NONE)
        return;
    coverage->reason = expectation->reason;
    coverage->detail = expectation->detail;
}

const struct scope_rule *
expectation_empty_group(const struct expectation *expectation, size_t index)
{
    for (size_t i = 0; i < expectation->origin_count; i++) {
        const struct origin *origin = expectation->origins[i];
        if (origin->rule != NULL && origin->whole && origin->subscriptions == 0
            && index-- == 0)
            return origin->rule;
    }
    return NULL;
}
