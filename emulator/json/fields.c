/* SPDX-License-Identifier: Apache-2.0 */
/* JSON objects into structs, by a table of their members. */
#include "json/fields.h"

#include <stdint.h>
#include <string.h>

#include "base/text.h"

/* Where a member stands, for messages. */
struct place {
    const char *path;
    const char *name;
    struct arena *arena;
};

typedef int field_reader(const struct field *field, json_t *value,
                         const struct place *place, void *slot,
                         struct error *err);

static int
refuse(const struct place *place, const char *wanted, struct error *err)
{
    return error_set(err, "%s.%s: must be %s", place->path, place->name,
                     wanted);
}

static int
read_text(const struct field *field, json_t *value, const struct place *place,
          void *slot, struct error *err)
{
    (void) field;
    if (!json_is_string(value))
        return refuse(place, "text", err);
    char *text = arena_copy_bytes(place->arena, json_string_value(value),
                                  json_string_length(value));
    if (text == NULL)
        return error_set_memory(err);
    *(const char **) slot = text;
    return 0;
}

static int
read_uuid(const struct field *field, json_t *value, const struct place *place,
          void *slot, struct error *err)
{
    (void) field;
    if (!json_is_string(value) || !text_is_uuid(json_string_value(value)))
        return refuse(place,
                      "a UUID such as "
                      "00000000-0000-0000-0000-000000000001",
                      err);
    char *text = arena_copy(place->arena, json_string_value(value));
    if (text == NULL)
        return error_set_memory(err);
    for (char *next = text; *next != '\0'; next++)
        if (*next >= 'A' && *next <= 'F')
            *next = (char) (*next - 'A' + 'a');
    *(const char **) slot = text;
    return 0;
}

static int
read_flag(const struct field *field, json_t *value, const struct place *place,
          void *slot, struct error *err)
{
    (void) field;
    if (!json_is_boolean(value))
        return refuse(place, "true or false", err);
    *(bool *) slot = json_is_true(value);
    return 0;
}

static int
read_count(const struct field *field, json_t *value, const struct place *place,
           void *slot, struct error *err)
{
    (void) field;
    if (!json_is_integer(value) || json_integer_value(value) < 0)
        return refuse(place, "a whole number from 0", err);
    *(uint64_t *) slot = (uint64_t) json_integer_value(value);
    return 0;
}

static int
read_number(const struct field *field, json_t *value,
            const struct place *place, void *slot, struct error *err)
{
    (void) field;
    if (!json_is_number(value))
        return refuse(place, "a number", err);
    *(double *) slot = json_number_value(value);
    return 0;
}

static int
read_word(const struct field *field, json_t *value, const struct place *place,
          void *slot, struct error *err)
{
    AUTOBUFFER wanted = BUFFER_INIT(1024);
    const int index = json_is_string(value)
                          ? fields_word(json_string_value(value), field->words)
                          : -1;

    if (index >= 0) {
        *(int *) slot = index;
        return 0;
    }
    buffer_append_text(&wanted, "one of");
    for (size_t i = 0; field->words[i] != NULL; i++)
        if (field->words[i][0] != '\0')
            buffer_printf(&wanted, "%s %s", i > 0 ? "," : "", field->words[i]);
    return refuse(place, buffer_text(&wanted), err);
}

static int
read_json(const struct field *field, json_t *value, const struct place *place,
          void *slot, struct error *err)
{
    if (field->type == FIELD_ARRAY && !json_is_array(value))
        return refuse(place, "an array", err);
    if (field->type == FIELD_OBJECT && !json_is_object(value))
        return refuse(place, "an object", err);
    *(json_t **) slot = value;
    return 0;
}

static field_reader *const readers[] = {
    [FIELD_TEXT] = read_text,     [FIELD_UUID] = read_uuid,
    [FIELD_FLAG] = read_flag,     [FIELD_COUNT] = read_count,
    [FIELD_NUMBER] = read_number, [FIELD_WORD] = read_word,
    [FIELD_ARRAY] = read_json,    [FIELD_OBJECT] = read_json,
    [FIELD_ANY] = read_json,
};

int
fields_word(const char *word, const char *const *words)
{
    for (int i = 0; words[i] != NULL; i++)
        if (text_equal_ignoring_case(word, words[i]))
            return i;
    return -1;
}

static const struct field *
find(const struct field *fields, size_t count, const char *name)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(fields[i].name, name) == 0)
            return &fields[i];
    return NULL;
}

static int
refuse_unknown(const struct field *fields, size_t count,
               const struct place *place, struct error *err)
{
    const char *names[64];
    size_t known = 0;

    for (size_t i = 0; i < count && known < 64; i++)
        names[known++] = fields[i].name;
    error_set(err, "%s.%s: is not known here", place->path, place->name);
    const char *near = text_nearest(place->name, names, known);
    if (near != NULL)
        error_advise(err, "did you mean \"%s\"?", near);
    return -1;
}

static int
require_all(json_t *object, const struct field *fields, size_t count,
            const char *path, struct error *err)
{
    for (size_t i = 0; i < count; i++)
        if (fields[i].required
            && json_is_null(json_object_get(object, fields[i].name)))
            return error_set(err, "%s.%s: must not be null", path,
                             fields[i].name);
        else if (fields[i].required
                 && json_object_get(object, fields[i].name) == NULL)
            return error_set(err, "%s.%s: is missing", path, fields[i].name);
    return 0;
}

int
fields_read(json_t *object, const struct field *fields, size_t count,
            const char *path, struct arena *arena, void *target,
            struct error *err)
{
    const char *name;
    json_t *value;

    if (!json_is_object(object))
        return error_set(err, "%s: must be an object", path);
    json_object_foreach(object, name, value)
    {
        const struct place place = { path, name, arena };
        const struct field *field = find(fields, count, name);
        if (field == NULL)
            return refuse_unknown(fields, count, &place, err);
        if (field->type == FIELD_IGNORED || json_is_null(value))
            continue;
        if (readers[field->type](field, value, &place,
                                 (char *) target + field->offset, err)
            < 0)
            return -1;
    }
    return require_all(object, fields, count, path, err);
}
