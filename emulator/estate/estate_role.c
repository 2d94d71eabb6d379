/* SPDX-License-Identifier: Apache-2.0 */
/* The roles of an estate file. */
#include "estate/estate_role.h"

#include <stddef.h>

#include "base/cleanup.h"
#include "json/fields.h"
#include "json/text.h"

struct role_file {
    json_t *actions;
    json_t *not_actions;
};

static const struct field role_fields[] = {
    { "actions", FIELD_ARRAY, true, offsetof(struct role_file, actions),
      NULL },
    { "notActions", FIELD_ARRAY, false,
      offsetof(struct role_file, not_actions), NULL },
};

/* The texts of an array, which may be absent; ends with NULL. */
static const char **
read_patterns(struct estate *estate, json_t *values, const char *path,
              struct error *err)
{
    const char **patterns = arena_allocate_array(
        estate->arena, json_array_size(values) + 1, sizeof(*patterns));
    size_t index;
    json_t *value;

    if (patterns == NULL) {
        error_set_memory(err);
        return NULL;
    }
    json_array_foreach(values, index, value)
    {
        if (!json_is_string(value)) {
            error_set(err, "%s: an action must be text", path);
            return NULL;
        }
        patterns[index] = arena_copy(estate->arena, json_string_value(value));
        if (patterns[index] == NULL) {
            error_set_memory(err);
            return NULL;
        }
    }
    return patterns;
}

int
estate_roles_read(struct estate *estate, struct subscription *subscription,
                  json_t *values, const char *path, struct error *err)
{
    size_t index;
    json_t *value;

    if (values == NULL)
        return 0;
    subscription->role_count = json_array_size(values);
    subscription->roles =
        arena_allocate_array(estate->arena, subscription->role_count + 1,
                             sizeof(*subscription->roles));
    if (subscription->roles == NULL)
        return error_set_memory(err);
    json_array_foreach(values, index, value)
    {
        struct role *role = &subscription->roles[index];
        struct role_file file = { NULL, NULL };
        const char *where =
            arena_printf(estate->arena, "%s.roles[%zu]", path, index);
        if (where == NULL)
            return error_set_memory(err);
        if (fields_read(value, role_fields, ARRAY_LENGTH(role_fields), where,
                        estate->arena, &file, err)
            < 0)
            return -1;
        role->actions = read_patterns(estate, file.actions, where, err);
        role->not_actions =
            read_patterns(estate, file.not_actions, where, err);
        if (role->actions == NULL || role->not_actions == NULL)
            return -1;
    }
    return 0;
}

static void
write_patterns(const char *name, const char *const *patterns,
               struct buffer *target)
{
    buffer_printf(target, "\"%s\":[", name);
    for (size_t i = 0; patterns[i] != NULL; i++) {
        buffer_append_text(target, i > 0 ? "," : "");
        json_text_string(target, patterns[i]);
    }
    buffer_append_text(target, "]");
}

void
estate_roles_write(const struct subscription *subscription,
                   struct buffer *target)
{
    if (subscription->roles == NULL)
        return;
    buffer_append_text(target, ",\"roles\":[");
    for (size_t i = 0; i < subscription->role_count; i++) {
        buffer_append_text(target, i > 0 ? ",{" : "{");
        write_patterns("actions", subscription->roles[i].actions, target);
        buffer_append_text(target, ",");
        write_patterns("notActions", subscription->roles[i].not_actions,
                       target);
        buffer_append_text(target, "}");
    }
    buffer_append_text(target, "]");
}
