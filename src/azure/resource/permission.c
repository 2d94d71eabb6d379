/* SPDX-License-Identifier: Apache-2.0 */
/* What the caller may do in a subscription. */
#include "azure/resource/permission.h"

#include <stdio.h>
#include <stdlib.h>

#include "azure/arm/arm_list.h"
#include "base/cleanup.h"
#include "control/value/glob.h"

struct reading {
    const char *const *actions;
    size_t count;
    permission_done *done;
    void *data;
    bool allowed[]; /* one for each action */
};

/* An action holds no question mark, which a glob would take for a letter. */
static bool
any_covers(const char *const *patterns, size_t count, const char *action)
{
    for (size_t i = 0; i < count; i++)
        if (glob_match(patterns[i], action))
            return true;
    return false;
}

bool
permission_allows(const struct permission *permission, const char *action)
{
    return any_covers(permission->actions, permission->action_count, action)
           && !any_covers(permission->not_actions,
                          permission->not_action_count, action);
}

/* The texts of an array, borrowed from it, in memory that the caller frees.
 * What is no text could hide something that is taken away. */
static int
take_patterns(const json_t *element, const char *member,
              const char ***ret_patterns, size_t *ret_count, struct error *err)
{
    const json_t *array = json_object_get(element, member);
    const size_t count = json_array_size(array);

    if (array != NULL && !json_is_array(array) && !json_is_null(array))
        return error_set(err, "%s of a permission are no list", member);
    const char **patterns = calloc(count + 1, sizeof(*patterns));
    if (patterns == NULL)
        return error_set_memory(err);
    for (size_t i = 0; i < count; i++) {
        patterns[i] = json_string_value(json_array_get(array, i));
        if (patterns[i] == NULL) {
            free(patterns);
            return error_set(err, "%s of a permission are not all texts",
                             member);
        }
    }
    *ret_patterns = patterns;
    *ret_count = count;
    return 0;
}

static int
take_element(struct reading *reading, const json_t *element, struct error *err)
{
    AUTOFREE const char **actions = NULL;
    AUTOFREE const char **not_actions = NULL;
    struct permission permission = { NULL, 0, NULL, 0 };

    if (!json_is_object(element))
        return error_set(err, "a permission is no object");
    if (take_patterns(element, "actions", &actions, &permission.action_count,
                      err)
            < 0
        || take_patterns(element, "notActions", &not_actions,
                         &permission.not_action_count, err)
               < 0)
        return -1;
    permission.actions = actions;
    permission.not_actions = not_actions;
    for (size_t i = 0; i < reading->count; i++)
        if (permission_allows(&permission, reading->actions[i]))
            reading->allowed[i] = true;
    return 0;
}

static int
take_page(const json_t *elements, void *data, struct error *err)
{
    for (size_t i = 0; i < json_array_size(elements); i++)
        if (take_element(data, json_array_get(elements, i), err) < 0)
            return -1;
    return 0;
}

static void
end(const struct arm_error *error, void *data)
{
    AUTOFREE struct reading *reading = data;

    reading->done(reading->allowed, error, reading->data);
}

int
permission_read(struct arm *arm, const char *subscription_id,
                const char *const *actions, size_t count,
                permission_done *done, void *data, struct error *err)
{
    AUTOFREE struct reading *reading =
        calloc(1, sizeof(*reading) + count * sizeof(reading->allowed[0]));
    AUTOFREE char *path = NULL;

    if (reading == NULL
        || asprintf(&path,
                    "/subscriptions/%s/providers/Microsoft.Authorization"
                    "/permissions?api-version=2022-04-01",
                    subscription_id)
               < 0) {
        path = NULL;
        return error_set_memory(err);
    }
    reading->actions = actions;
    reading->count = count;
    reading->done = done;
    reading->data = data;
    const struct arm_listing pages = { .path = path,
                                       .ceiling = &arm_list_of_few,
                                       .on_page = take_page,
                                       .on_end = end,
                                       .data = reading };
    if (arm_list(arm, &pages, err) < 0)
        return -1;
    reading = NULL;
    return 0;
}
