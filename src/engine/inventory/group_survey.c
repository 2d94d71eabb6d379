/* SPDX-License-Identifier: Apache-2.0 */
/* The management groups of an open tenant, for a draft. */
#include "engine/inventory/group_survey.h"

#include <stdlib.h>
#include <string.h>

#include "azure/resource/management_group_list.h"
#include "base/cleanup.h"
#include "base/text.h"

/* Azure allows 10,000 groups in a tenant. */
enum { GROUP_SURVEY_CEILING = 20000 };

struct survey {
    struct loop *loop;
    struct arena *arena;
    const char *root; /* the tenant's id, or NULL */
    struct config_draft_group *groups;
    size_t count;
    const char *error;
    struct error failure; /* of our own: memory */
};

static int
take_group(const char *id, const char *name, void *data, struct error *err)
{
    struct survey *survey = data;

    if (!scope_valid_group(id) || text_equal_ignoring_case(id, survey->root))
        return 0;
    if (survey->count == GROUP_SURVEY_CEILING)
        return error_set(err, "there are more than %d management groups",
                         GROUP_SURVEY_CEILING);
    struct config_draft_group *group = &survey->groups[survey->count];
    group->id = arena_copy(survey->arena, id);
    group->name = arena_copy(survey->arena, name);
    if (group->id == NULL || group->name == NULL) {
        error_set_memory(&survey->failure);
        return error_set_memory(err);
    }
    survey->count++;
    return 0;
}

/* Azure's own sentence holds what differs each time: it stays out. */
static const char *
describe(const struct arm_error *error, struct arena *arena)
{
    if (error->http_status == 0)
        return arena_copy(arena, error->message);
    return arena_printf(arena, "HTTP %d %s", error->http_status,
                        error->code != NULL ? error->code : "");
}

static void
finished(const struct arm_error *error, void *data)
{
    struct survey *survey = data;

    if (error != NULL) {
        survey->error = describe(error, survey->arena);
        if (survey->error == NULL)
            error_set_memory(&survey->failure);
    }
    loop_stop(survey->loop);
}

static int
compare_groups(const void *left, const void *right)
{
    return text_compare_ignoring_case(
        ((const struct config_draft_group *) left)->id,
        ((const struct config_draft_group *) right)->id);
}

static void
take_first(const struct survey *survey, struct config_draft_groups *groups)
{
    *groups = (struct config_draft_groups){ .error = survey->error };
    for (size_t i = 0; i < survey->count; i++)
        if (groups->count < CONFIG_DRAFT_SHOWN)
            groups->items[groups->count++] = survey->groups[i];
        else
            groups->more++;
}

int
group_survey_read(struct session *session, struct loop *loop,
                  const struct run *run,
                  struct config_draft_groups *ret_groups, struct error *err)
{
    AUTOFREE struct config_draft_group *groups =
        calloc(GROUP_SURVEY_CEILING, sizeof(*groups));
    struct survey survey = {
        .loop = loop,
        .arena = run->arena,
        .root = run->tenant_count > 0 ? run->tenants[0].id : NULL,
        .groups = groups,
    };

    if (groups == NULL)
        return error_set_memory(err);
    if (management_group_list_read(session_arm(session), take_group, finished,
                                   &survey, err)
            < 0
        || loop_run(loop, err) < 0) {
        /* Nothing may come back to a survey that is gone. */
        http_client_cancel(arm_client(session_arm(session)));
        error_done(&survey.failure);
        return -1;
    }
    if (survey.failure.message != NULL) {
        error_move(err, &survey.failure);
        return -1;
    }
    if (survey.count > 0)
        qsort(groups, survey.count, sizeof(*groups), compare_groups);
    take_first(&survey, ret_groups);
    return 0;
}
