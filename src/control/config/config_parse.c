/* SPDX-License-Identifier: Apache-2.0 */
/* The configuration that a user writes. */
#include "control/config/config_parse.h"

#include <stdint.h>
#include <string.h>

#include "base/buffer.h"
#include "base/cleanup.h"
#include "base/text.h"
#include "control/config/config_schema.h"
#include "control/config/config_tree.h"
#include "control/config/config_value.h"
#include "control/value/rule_index.h"

enum {
    CONFIG_KEYS_CEILING = 16, /* of one mapping */
    CONFIG_PATH_CEILING = 4096,
};

_Static_assert(sizeof(((struct config *) NULL)->mutes)
                   == sizeof(struct config_list),
               "config_list is what a list of mappings fills");

struct reading {
    const char *name; /* of the file */
    struct arena *arena;
};

/* A value: where it stands, and how that is called. */
struct place {
    const struct place *outer; /* NULL for the whole file */
    const char *key;           /* NULL in a list */
    size_t index;
    const struct config_node *node;
};

static void
append_path(struct buffer *path, const struct place *place)
{
    const struct place *chain[CONFIG_DEPTH_CEILING];
    size_t depth = 0;

    for (; place->outer != NULL && depth < ARRAY_LENGTH(chain);
         place = place->outer)
        chain[depth++] = place;
    while (depth-- > 0) {
        if (chain[depth]->key == NULL)
            buffer_printf(path, "[%zu]", chain[depth]->index);
        else
            buffer_printf(path, "%s%s", path->length > 0 ? "." : "",
                          chain[depth]->key);
    }
}

/* Puts file, line and key in front of what is wrong. */
static int
misplaced(const struct reading *reading, const struct place *place,
          struct error *err)
{
    AUTOBUFFER path = BUFFER_INIT(CONFIG_PATH_CEILING);

    append_path(&path, place);
    if (path.length > 0)
        error_wrap(err, "%s:%zu: %s", reading->name, place->node->line,
                   buffer_text(&path));
    else
        error_wrap(err, "%s:%zu", reading->name, place->node->line);
    return -1;
}

static int
advise_nearest(const char *word, const char *const *known, size_t count,
               struct error *err)
{
    const char *nearest = text_nearest(word, known, count);

    return nearest != NULL ? error_advise(err, "did you mean '%s'?", nearest)
                           : -1;
}

/* Says that a value is not of the kind wanted. */
static int
wrong_kind(const struct config_node *node, const char *wanted,
           struct error *err)
{
    const char *kind;

    if (node->kind != CONFIG_NODE_TEXT)
        return error_set(err, "must be %s, not a %s", wanted,
                         node->kind == CONFIG_NODE_LIST ? "list" : "mapping");
    kind = node->plain ? config_value_plain_kind(node->text) : NULL;
    if (kind == NULL)
        return error_set(err, "must be %s, not the text '%s'", wanted,
                         node->text);
    if (strcmp(kind, "null") == 0)
        return error_set(err, "must be %s, and nothing is given", wanted);
    return error_set(err, "must be %s, not %s %s", wanted, kind, node->text);
}

static int
check_word(const struct config_key *key, const char *text, struct error *err)
{
    AUTOBUFFER list = BUFFER_INIT(CONFIG_PATH_CEILING);
    const char *known[CONFIG_KEYS_CEILING], *word;
    size_t count = 0;

    while (count < ARRAY_LENGTH(known) && (word = key->words(count)) != NULL) {
        if (strcmp(word, text) == 0)
            return 0;
        buffer_printf(&list, "%s%s", count > 0 ? ", " : "", word);
        known[count++] = word;
    }
    error_set(err, "'%s' is none of %s", text, buffer_text(&list));
    return advise_nearest(text, known, count, err);
}

static int
read_text(const struct config_key *key, const struct config_node *node,
          const char **ret_text, struct error *err)
{
    const char *kind = NULL;

    if (node->kind != CONFIG_NODE_TEXT)
        return wrong_kind(node, "a text", err);
    if (node->plain)
        kind = config_value_plain_kind(node->text);
    if (kind != NULL
        && !(key->digits_are_text && strcmp(kind, "the number") == 0)) {
        wrong_kind(node, "a text", err);
        return *node->text != '\0' ? error_advise(
                   err, "in quotes it is one: \"%s\"", node->text)
                                   : -1;
    }
    if (text_is_blank(node->text))
        return error_set(err, "must not be empty");
    if (key->words != NULL && check_word(key, node->text, err) < 0)
        return -1;
    if (key->check != NULL && key->check(node->text, err) < 0)
        return -1;
    *ret_text = node->text;
    return 0;
}

static int
read_number(const struct config_key *key, const struct config_node *node,
            unsigned *ret_number, struct error *err)
{
    uint64_t number = 0;

    if (node->kind != CONFIG_NODE_TEXT || !node->plain
        || config_value_plain_kind(node->text) == NULL)
        return wrong_kind(node, "a number", err);
    if (text_to_unsigned(node->text, key->maximum, &number) < 0
        || number < key->minimum || (*node->text == '0' && number > 0)) {
        if (key->minimum == key->maximum)
            return error_set(err, "must be %u, not %s", key->minimum,
                             node->text);
        return error_set(err, "must be a whole number from %u to %u, not %s",
                         key->minimum, key->maximum, node->text);
    }
    *ret_number = (unsigned) number;
    return 0;
}

static int read_value(const struct reading *reading,
                      const struct config_key *key, const struct place *place,
                      void *target, struct error *err);

static int
read_texts(const struct reading *reading, const struct config_key *key,
           const struct place *place, struct config_texts *ret_texts,
           struct error *err)
{
    const struct config_node *list = place->node;
    size_t count = 0, globs = 0;

    if (list->kind != CONFIG_NODE_LIST) {
        wrong_kind(list, "a list", err);
        if (list->kind == CONFIG_NODE_TEXT && !text_is_blank(list->text))
            error_advise(err, "a list stands in brackets, with commas between "
                              "its texts");
        return misplaced(reading, place, err);
    }
    if (!key->subscriptions && list->count > CONFIG_LIST_CEILING) {
        error_set(err, "holds %zu texts, more than %d", list->count,
                  CONFIG_LIST_CEILING);
        return misplaced(reading, place, err);
    }
    const char **items =
        arena_allocate_array(reading->arena, list->count + 1, sizeof(*items));
    if (items == NULL)
        return error_set_memory(err);
    for (const struct config_node *node = list->first; node != NULL;
         node = node->next, count++) {
        const struct place inner = { place, NULL, count, node };
        if (read_text(key, node, &items[count], err) < 0
            || (key->subscriptions
                && rule_index_admit(items[count], &globs, err) < 0))
            return misplaced(reading, &inner, err);
    }
    *ret_texts = (struct config_texts){ items, count };
    return 0;
}

/* The row for a member of a mapping, with its index; NULL where there is
 * none. */
static const struct config_key *
find_key(const struct config_key *keys, const char *name, size_t *ret_index)
{
    for (size_t i = 0; keys[i].name != NULL; i++)
        if (strcmp(keys[i].name, name) == 0) {
            *ret_index = i;
            return &keys[i];
        }
    return NULL;
}

static int
unknown_key(const struct config_key *keys, const char *name, struct error *err)
{
    const char *known[CONFIG_KEYS_CEILING];
    size_t count = 0;

    for (; keys[count].name != NULL && count < ARRAY_LENGTH(known); count++)
        known[count] = keys[count].name;
    error_set(err, "there is no such key");
    return advise_nearest(name, known, count, err);
}

static int
read_member(const struct reading *reading, const struct config_key *keys,
            const struct place *place, size_t lines[CONFIG_KEYS_CEILING],
            void *target, struct error *err)
{
    size_t index = 0;
    const struct config_key *key = find_key(keys, place->key, &index);

    if (key == NULL) {
        unknown_key(keys, place->key, err);
        return misplaced(reading, place, err);
    }
    if (lines[index] != 0) {
        error_set(err, "is there twice, first on line %zu", lines[index]);
        return misplaced(reading, place, err);
    }
    lines[index] = place->node->line;
    return read_value(reading, key, place, target, err);
}

static int
read_mapping(const struct reading *reading, const struct config_key *keys,
             const struct place *place, void *target, struct error *err)
{
    size_t lines[CONFIG_KEYS_CEILING] = { 0 };

    if (place->node->kind != CONFIG_NODE_MAPPING) {
        wrong_kind(place->node, "a mapping", err);
        if (place->node->kind == CONFIG_NODE_TEXT
            && text_is_blank(place->node->text))
            error_advise(err, "its keys stand below it, further to the right");
        return misplaced(reading, place, err);
    }
    for (const struct config_node *node = place->node->first; node != NULL;
         node = node->next) {
        const struct place inner = { place, node->key, 0, node };
        if (read_member(reading, keys, &inner, lines, target, err) < 0)
            return -1;
    }
    for (size_t i = 0; keys[i].name != NULL; i++) {
        const struct place inner = { place, keys[i].name, 0, place->node };
        if (keys[i].required && lines[i] == 0) {
            error_set(err, "is missing");
            if (strcmp(keys[i].name, "version") == 0)
                error_advise(err, CONFIG_FIRST_LINE);
            return misplaced(reading, &inner, err);
        }
    }
    return 0;
}

static int
read_mappings(const struct reading *reading, const struct config_key *key,
              const struct place *place, struct config_list *ret_list,
              struct error *err)
{
    const struct config_node *list = place->node;
    size_t count = 0;

    if (list->kind != CONFIG_NODE_LIST) {
        wrong_kind(list, "a list", err);
        return misplaced(reading, place, err);
    }
    char *items =
        arena_allocate_array(reading->arena, list->count + 1, key->size);
    if (items == NULL)
        return error_set_memory(err);
    for (const struct config_node *node = list->first; node != NULL;
         node = node->next, count++) {
        const struct place inner = { place, NULL, count, node };
        char *item = items + count * key->size;
        memcpy(item + key->line_offset, &node->line, sizeof(node->line));
        if (read_mapping(reading, key->members, &inner, item, err) < 0)
            return -1;
    }
    *ret_list = (struct config_list){ items, count };
    return 0;
}

static int
read_level(const struct config_key *key, const struct config_node *node,
           enum contact_level *ret_level, struct error *err)
{
    const char *text;

    if (read_text(key, node, &text, err) < 0)
        return -1;
    *ret_level = contact_level_parse(text);
    return 0;
}

static int
read_value(const struct reading *reading, const struct config_key *key,
           const struct place *place, void *target, struct error *err)
{
    void *value = (char *) target + key->offset;
    int result = -1;

    switch (key->type) {
    case CONFIG_NUMBER:
        result = read_number(key, place->node, value, err);
        break;
    case CONFIG_TEXT:
        result = read_text(key, place->node, value, err);
        break;
    case CONFIG_LEVEL:
        result = read_level(key, place->node, value, err);
        break;
    case CONFIG_TEXTS:
        return read_texts(reading, key, place, value, err);
    case CONFIG_MAPPING:
        *(size_t *) value = place->node->line;
        return read_mapping(reading, key->members, place, target, err);
    case CONFIG_MAPPINGS:
        return read_mappings(reading, key, place, value, err);
    }
    return result == 0 ? 0 : misplaced(reading, place, err);
}

static int
check_mutes(const struct config *config, struct error *err)
{
    size_t globs = 0;

    for (size_t i = 0; i < config->mutes.count; i++) {
        const struct mute *mute = &config->mutes.items[i];
        if (rule_index_admit(mute->subscription, &globs, err) < 0)
            return error_wrap(err, "%s:%zu: mutes[%zu].subscription",
                              config->name, mute->line, i);
    }
    return 0;
}

int
config_parse(const char *bytes, size_t length, const char *name,
             struct arena *arena, struct config *ret_config, struct error *err)
{
    const struct reading reading = { name, arena };
    struct config config = { .name = name };
    struct place root = { 0 };

    if (config_tree_parse(bytes, length, name, arena, &root.node, err) < 0
        || read_mapping(&reading, config_schema, &root, &config, err) < 0
        || check_mutes(&config, err) < 0)
        return -1;
    *ret_config = config;
    return 0;
}
