/* SPDX-License-Identifier: Apache-2.0 */
/* One execution over one or more tenants, with all its assessments. */
#include "control/run/run.h"

#include <string.h>

#include "base/cleanup.h"
#include "base/clock.h"
#include "base/text.h"

static const char *const status_names[] = {
    [RUN_COMPLIANT] = "compliant",
    [RUN_NON_COMPLIANT] = "non-compliant",
    [RUN_UNKNOWN] = "unknown",
};

const char *
run_status_name(enum run_status status)
{
    return status_names[status];
}

int
run_new(struct run **ret_run, int64_t started_at, uint16_t unique,
        const struct profile *profile, struct error *err)
{
    char time[CLOCK_TEXT_SIZE];
    struct arena *arena = arena_new();

    if (arena == NULL)
        return error_set_memory(err);
    struct run *run = arena_allocate(arena, sizeof(*run));
    char *id =
        arena_printf(arena, "%s-%04x", clock_format(started_at, time), unique);
    if (run == NULL || id == NULL) {
        arena_free(arena);
        return error_set_memory(err);
    }
    run->arena = arena;
    run->id = id;
    run->started_at = started_at;
    run->finished_at = started_at;
    run->profile = profile;
    *ret_run = run;
    return 0;
}

/* The run lies in its own arena. */
void
run_free(struct run *run)
{
    if (run != NULL)
        arena_free(run->arena);
}

static int
sentence_add(struct arena *arena, const char ***sentences, size_t *count,
             const char *text, struct error *err)
{
    for (size_t i = 0; i < *count; i++)
        if (strcmp((*sentences)[i], text) == 0)
            return 0;
    const char *copy = arena_copy(arena, text);
    const char **grown =
        arena_grow_array(arena, *sentences, *count, sizeof(*grown));
    if (copy == NULL || grown == NULL)
        return error_set_memory(err);
    grown[(*count)++] = copy;
    *sentences = grown;
    return 0;
}

int
run_add_limitation(struct run *run, const char *text, struct error *err)
{
    return sentence_add(run->arena, &run->limitations, &run->limitation_count,
                        text, err);
}

int
run_add_error(struct run *run, const char *text, struct error *err)
{
    return sentence_add(run->arena, &run->errors, &run->error_count, text,
                        err);
}

int
run_add_note(struct run *run, const char *text, struct error *err)
{
    return sentence_add(run->arena, &run->notes, &run->note_count, text, err);
}

int
run_add_tenant(struct run *run, const struct run_tenant *tenant,
               struct error *err)
{
    const size_t count = run->tenant_count;
    struct run_tenant *grown =
        arena_allocate_array(run->arena, count + 1, sizeof(*grown));

    if (grown == NULL)
        return error_set_memory(err);
    if (count > 0)
        memcpy(grown, run->tenants, count * sizeof(*grown));
    grown[count] = *tenant;
    run->tenants = grown;
    run->tenant_count = count + 1;
    return 0;
}

static int
compare_texts(const void *left, const void *right)
{
    return strcmp(*(const char *const *) left, *(const char *const *) right);
}

/* Whether the first count tenants have one of this id. */
static bool
has_tenant(const struct run *run, size_t count, const char *id)
{
    for (size_t i = 0; i < count; i++)
        if (text_equal_ignoring_case(run->tenants[i].id, id))
            return true;
    return false;
}

int
run_add_delegated(struct run *run, struct error *err)
{
    const size_t signed_in = run->tenant_count;
    AUTOFREE const char **ids =
        calloc(run->assessment_count + 1, sizeof(*ids));
    size_t count = 0, kept = 0;

    if (ids == NULL)
        return error_set_memory(err);
    for (size_t i = 0; i < run->assessment_count; i++) {
        const char *id = run->assessments[i].subscription.tenant_id;
        if (*id != '\0' && !has_tenant(run, signed_in, id))
            ids[count++] = id;
    }
    qsort(ids, count, sizeof(*ids), compare_texts);
    for (size_t i = 0; i < count; i++)
        if (kept == 0 || strcmp(ids[kept - 1], ids[i]) != 0)
            ids[kept++] = ids[i];
    if (kept == 0)
        return 0;
    struct run_tenant *grown =
        arena_allocate_array(run->arena, signed_in + kept, sizeof(*grown));
    if (grown == NULL)
        return error_set_memory(err);
    if (signed_in > 0)
        memcpy(grown, run->tenants, signed_in * sizeof(*grown));
    for (size_t i = 0; i < kept; i++)
        grown[signed_in + i] =
            (struct run_tenant){ .id = ids[i], .delegated = true };
    run->tenants = grown;
    run->tenant_count = signed_in + kept;
    return 0;
}

void
run_sort(struct run *run)
{
    size_t kept = 0;

    if (run->assessment_count > 0)
        qsort(run->assessments, run->assessment_count,
              sizeof(run->assessments[0]), assessment_compare);
    for (size_t i = 0; i < run->assessment_count; i++) {
        struct assessment *last = &run->assessments[kept > 0 ? kept - 1 : 0];
        if (kept == 0
            || strcmp(last->subscription.id,
                      run->assessments[i].subscription.id)
                   != 0)
            run->assessments[kept++] = run->assessments[i];
        else if (last->status == ASSESSMENT_UNKNOWN)
            *last = run->assessments[i];
    }
    run->assessment_count = kept;
}

static bool
run_incomplete(const struct run *run)
{
    for (size_t i = 0; i < run->tenant_count; i++)
        if (run->tenants[i].error != NULL)
            return true;
    return !run->complete || run->interrupted || run->assessment_count == 0;
}

struct run_summary
run_summarize(const struct run *run)
{
    size_t by_status[ASSESSMENT_NOT_APPLICABLE + 1] = { 0 };
    size_t by_reach[REACH_UNKNOWN + 1] = { 0 };

    for (size_t i = 0; i < run->assessment_count; i++) {
        by_status[run->assessments[i].status]++;
        by_reach[run->assessments[i].reach]++;
    }
    struct run_summary summary = {
        .status = RUN_COMPLIANT,
        .subscriptions = run->assessment_count,
        .compliant = by_status[ASSESSMENT_COMPLIANT],
        .muted = by_status[ASSESSMENT_MUTED],
        .non_compliant = by_status[ASSESSMENT_NON_COMPLIANT],
        .unknown = by_status[ASSESSMENT_UNKNOWN],
        .not_applicable = by_status[ASSESSMENT_NOT_APPLICABLE],
        .reach_contact = by_reach[REACH_CONTACT],
        .reach_owners = by_reach[REACH_OWNERS],
        .reach_nobody = by_reach[REACH_NOBODY],
        .reach_unknown = by_reach[REACH_UNKNOWN],
        .excluded = run->excluded,
        .other_tenants = run->other_tenants,
    };
    if (summary.unknown > 0 || run_incomplete(run))
        summary.status = RUN_UNKNOWN;
    else if (summary.non_compliant > 0)
        summary.status = RUN_NON_COMPLIANT;
    return summary;
}

bool
run_judges(const struct run *run, const struct assessment *assessment)
{
    size_t i = 0;

    for (; i < assessment->finding_count; i++) {
        const char *id = run->profile->requirements[i];
        if (id == NULL
            || strcmp(id, assessment->findings[i].requirement->id) != 0)
            return false;
    }
    return run->profile->requirements[i] == NULL;
}
