/* SPDX-License-Identifier: Apache-2.0 */
/* A value in a JSON document that has to be just so. */
#include "control/value/json_cursor.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/buffer.h"
#include "base/cleanup.h"
#include "base/text.h"

/* Of what an error quotes. */
enum { JSON_CURSOR_QUOTE_CEILING = 60, JSON_CURSOR_PATH_CEILING = 4096 };

struct json_cursor
json_cursor_document(const char *file, const json_t *value)
{
    return (struct json_cursor){ .file = file, .value = value };
}

struct json_cursor
json_cursor_member(const struct json_cursor *above, const char *member)
{
    return (struct json_cursor){ .above = above,
                                 .member = member,
                                 .file = above->file,
                                 .value =
                                     json_object_get(above->value, member) };
}

struct json_cursor
json_cursor_item(const struct json_cursor *above, size_t index)
{
    return (struct json_cursor){ .above = above,
                                 .index = index,
                                 .file = above->file,
                                 .value =
                                     json_array_get(above->value, index) };
}

static void
append_path(const struct json_cursor *place, struct buffer *path)
{
    if (place->above == NULL)
        return;
    append_path(place->above, path);
    if (place->member == NULL)
        buffer_printf(path, "[%zu]", place->index);
    else
        buffer_printf(path, "%s%s", path->length > 0 ? "." : "",
                      place->member);
}

int
json_cursor_fail(const struct json_cursor *place, struct error *err,
                 const char *format, ...)
{
    AUTOBUFFER path = BUFFER_INIT(JSON_CURSOR_PATH_CEILING);
    AUTOFREE char *what = NULL;
    va_list arguments;

    va_start(arguments, format);
    const int printed = vasprintf(&what, format, arguments);
    va_end(arguments);
    append_path(place, &path);
    if (printed < 0) {
        what = NULL;
        return error_set_memory(err);
    }
    return error_set(err, "%s: %s%s%s", place->file, buffer_text(&path),
                     path.length > 0 ? ": " : "", what);
}

static const char *
type_name(const json_t *value)
{
    static const char *const names[] = {
        [JSON_OBJECT] = "an object", [JSON_ARRAY] = "a list",
        [JSON_STRING] = "a text",    [JSON_INTEGER] = "a number",
        [JSON_REAL] = "a number",    [JSON_TRUE] = "true",
        [JSON_FALSE] = "false",      [JSON_NULL] = "null",
    };

    return names[json_typeof(value)];
}

static int
fail_type(const struct json_cursor *place, const char *wanted,
          struct error *err)
{
    if (place->value == NULL)
        return json_cursor_fail(place, err, "is missing");
    return json_cursor_fail(place, err, "is %s, not %s",
                            type_name(place->value), wanted);
}

/* Appends what the file says, as far as a person needs it. */
static int
fail_word(const struct json_cursor *place, const char *what,
          const char *quoted, struct error *err)
{
    AUTOBUFFER quote = BUFFER_INIT(4 * JSON_CURSOR_QUOTE_CEILING);

    if (text_append_line(&quote, quoted, JSON_CURSOR_QUOTE_CEILING) < 0)
        return error_set_memory(err);
    return json_cursor_fail(place, err, "%s '%s'", what, buffer_text(&quote));
}

static bool
is_member(const char *const *members, const char *name)
{
    for (size_t i = 0; members[i] != NULL; i++)
        if (strcmp(members[i], name) == 0)
            return true;
    return false;
}

int
json_cursor_object(const struct json_cursor *place, const char *const *members,
                   struct error *err)
{
    json_t *object = (json_t *) (uintptr_t) place->value;
    const char *name;
    json_t *value;

    if (!json_is_object(object))
        return fail_type(place, "an object", err);
    json_object_foreach(object, name, value)
    {
        if (!is_member(members, name))
            return fail_word(place, "has a member that is not known,", name,
                             err);
    }
    for (size_t i = 0; members[i] != NULL; i++) {
        const struct json_cursor member =
            json_cursor_member(place, members[i]);
        if (member.value == NULL)
            return fail_type(&member, "there", err);
    }
    return 0;
}

int
json_cursor_list(const struct json_cursor *place, size_t *ret_count,
                 struct error *err)
{
    if (!json_is_array(place->value))
        return fail_type(place, "a list", err);
    *ret_count = json_array_size(place->value);
    return 0;
}

int
json_cursor_boolean(const struct json_cursor *place, bool *ret_value,
                    struct error *err)
{
    if (!json_is_boolean(place->value))
        return fail_type(place, "true or false", err);
    *ret_value = json_is_true(place->value);
    return 0;
}

int
json_cursor_integer(const struct json_cursor *place, int64_t maximum,
                    int64_t *ret_value, struct error *err)
{
    if (!json_is_integer(place->value))
        return fail_type(place, "a whole number", err);
    const json_int_t value = json_integer_value(place->value);
    if (value < 0 || value > maximum)
        return json_cursor_fail(place, err, "is not between 0 and %lld",
                                (long long) maximum);
    *ret_value = value;
    return 0;
}

int
json_cursor_text(const struct json_cursor *place, struct arena *arena,
                 const char **ret_text, struct error *err)
{
    if (!json_is_string(place->value))
        return fail_type(place, "a text", err);
    const char *copy = arena_copy(arena, json_string_value(place->value));
    if (copy == NULL)
        return error_set_memory(err);
    *ret_text = copy;
    return 0;
}

int
json_cursor_text_or_null(const struct json_cursor *place, struct arena *arena,
                         const char **ret_text, struct error *err)
{
    if (json_is_null(place->value)) {
        *ret_text = NULL;
        return 0;
    }
    return json_cursor_text(place, arena, ret_text, err);
}

int
json_cursor_texts(const struct json_cursor *place, struct arena *arena,
                  const char *const **ret_texts, size_t *ret_count,
                  struct error *err)
{
    size_t count = 0;

    if (json_cursor_list(place, &count, err) < 0)
        return -1;
    const char **texts =
        arena_allocate_array(arena, count + 1, sizeof(*texts));
    if (texts == NULL)
        return error_set_memory(err);
    for (size_t i = 0; i < count; i++) {
        const struct json_cursor item = json_cursor_item(place, i);
        if (json_cursor_text(&item, arena, &texts[i], err) < 0)
            return -1;
    }
    *ret_texts = texts;
    *ret_count = count;
    return 0;
}

int
json_cursor_word(const struct json_cursor *place, const char *const *words,
                 size_t count, size_t *ret_index, struct error *err)
{
    const char *text = json_string_value(place->value);

    if (text == NULL)
        return fail_type(place, "a text", err);
    for (size_t i = 0; i < count; i++)
        if (strcmp(words[i], text) == 0) {
            *ret_index = i;
            return 0;
        }
    return fail_word(place, "is not known:", text, err);
}
