/* SPDX-License-Identifier: Apache-2.0 */
/* JSON as the nested blocks of a language. */
#include "report/export/export_tree.h"

#include <stdint.h>
#include <string.h>

static void
indent(struct buffer *target, unsigned depth)
{
    buffer_printf(target, "%*s", (int) (2 * depth), "");
}

static bool
is_nested(const json_t *value)
{
    return json_is_object(value) || json_is_array(value);
}

/* The longest name of the members around this one that align with it. */
static int
column_of(json_t *members, const char *wanted)
{
    const char *name;
    json_t *value;
    int longest = 0;
    bool seen = false;

    json_object_foreach(members, name, value)
    {
        const int length = (int) strlen(name);
        if (is_nested(value)) {
            if (seen)
                break;
            longest = 0;
            continue;
        }
        seen = seen || strcmp(name, wanted) == 0;
        if (length > longest)
            longest = length;
    }
    return longest;
}

static void
write_object(struct buffer *target, const json_t *object, unsigned depth,
             const struct export_dialect *dialect)
{
    json_t *members = (json_t *) (uintptr_t) object;
    const char *name;
    json_t *value;

    buffer_append_text(target, "{\n");
    json_object_foreach(members, name, value)
    {
        indent(target, depth + 1);
        const int width = dialect->aligned && !is_nested(value)
                              ? column_of(members, name)
                              : 0;
        buffer_printf(target, "%-*s%s", width, name, dialect->sets);
        export_tree_write(target, value, depth + 1, dialect);
        buffer_append_text(target, "\n");
    }
    indent(target, depth);
    buffer_append_text(target, "}");
}

static void
write_array(struct buffer *target, const json_t *array, unsigned depth,
            const struct export_dialect *dialect)
{
    size_t index;
    json_t *value;

    buffer_append_text(target, "[\n");
    json_array_foreach(array, index, value)
    {
        indent(target, depth + 1);
        export_tree_write(target, value, depth + 1, dialect);
        buffer_printf(target, "%s\n", dialect->ends);
    }
    indent(target, depth);
    buffer_append_text(target, "]");
}

void
export_tree_write(struct buffer *target, const json_t *value, unsigned depth,
                  const struct export_dialect *dialect)
{
    if (json_is_object(value))
        write_object(target, value, depth, dialect);
    else if (json_is_array(value))
        write_array(target, value, depth, dialect);
    else if (json_is_string(value))
        dialect->quote(target, json_string_value(value));
    else
        buffer_append_text(target, json_is_true(value) ? "true" : "false");
}
