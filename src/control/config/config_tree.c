/* SPDX-License-Identifier: Apache-2.0 */
/* A configuration's YAML as a tree. */
#include "control/config/config_tree.h"

#include <string.h>
#include <yaml.h>

#include "base/cleanup.h"

struct composer {
    yaml_parser_t parser;
    const char *name;
    const char *bytes;
    size_t length;
    struct arena *arena;
    size_t nodes;
};

#define AUTOEVENT CLEANUP(yaml_event_delete) yaml_event_t

static size_t
line_of(const yaml_event_t *event)
{
    return event->start_mark.line + 1;
}

static int
refuse(const struct composer *composer, size_t line, const char *why,
       struct error *err)
{
    return error_set(err, "%s:%zu: %s", composer->name, line, why);
}

/* The reader knows an offset where the scanner knows a line. */
static size_t
line_of_problem(const struct composer *composer)
{
    size_t line = 1;

    if (composer->parser.error != YAML_READER_ERROR)
        return composer->parser.problem_mark.line + 1;
    for (size_t i = 0; i < composer->parser.problem_offset; i++)
        if (composer->bytes[i] == '\n')
            line++;
    return line;
}

/* Whether a tab stands among the blanks that the line begins with. */
static bool
is_indented_by_tab(const struct composer *composer, size_t line)
{
    const char *text = composer->bytes;
    const char *end = text + composer->length;

    for (; line > 1 && text < end; text++)
        if (*text == '\n')
            line--;
    while (text < end && *text == ' ')
        text++;
    return text < end && *text == '\t';
}

/* What libyaml's words mean for somebody who writes a configuration. */
static const char *
advice_of(const struct composer *composer)
{
    const yaml_parser_t *parser = &composer->parser;
    const char *problem = parser->problem != NULL ? parser->problem : "";

    if (parser->error == YAML_READER_ERROR)
        return "save it as UTF-8";
    if (parser->context != NULL && strstr(parser->context, "alias") != NULL)
        return "a text that begins with * must stand in quotes";
    if (is_indented_by_tab(composer, line_of_problem(composer)))
        return "a tab stands here: indent with blanks";
    if (strstr(problem, "cannot start any token") != NULL)
        return "a text that begins with such a character must stand in quotes";
    if (strstr(problem, "mapping values are not allowed") != NULL)
        return "a blank must stand behind each colon, and keys of one level "
               "below each other";
    return NULL;
}

static int
explain(const struct composer *composer, struct error *err)
{
    const yaml_parser_t *parser = &composer->parser;

    if (parser->error == YAML_MEMORY_ERROR)
        return error_set_memory(err);
    error_set(err, "%s:%zu: is not YAML: %s%s%s", composer->name,
              line_of_problem(composer),
              parser->context != NULL ? parser->context : "",
              parser->context != NULL ? ", " : "",
              parser->problem != NULL ? parser->problem : "unreadable");
    const char *advice = advice_of(composer);
    return advice != NULL ? error_advise(err, "%s", advice) : -1;
}

static int
next_event(struct composer *composer, yaml_event_t *event, struct error *err)
{
    if (yaml_parser_parse(&composer->parser, event) == 0) {
        memset(event, 0, sizeof(*event));
        return explain(composer, err);
    }
    return 0;
}

/* What makes an event one of those refused; NULL where nothing does. */
static const char *
oddity_of(const yaml_event_t *event)
{
    const yaml_char_t *anchor = NULL, *tag = NULL;

    switch (event->type) {
    case YAML_ALIAS_EVENT:
        return "aliases (*name) are not used here";
    case YAML_SCALAR_EVENT:
        anchor = event->data.scalar.anchor;
        tag = event->data.scalar.tag;
        break;
    case YAML_SEQUENCE_START_EVENT:
        anchor = event->data.sequence_start.anchor;
        tag = event->data.sequence_start.tag;
        break;
    case YAML_MAPPING_START_EVENT:
        anchor = event->data.mapping_start.anchor;
        tag = event->data.mapping_start.tag;
        break;
    default:
        break;
    }
    if (anchor != NULL)
        return "anchors (&name) are not used here";
    return tag != NULL ? "tags (!name) are not used here" : NULL;
}

static int
copy_text(struct composer *composer, const yaml_event_t *event,
          const char **ret_text, struct error *err)
{
    const char *value = (const char *) event->data.scalar.value;
    const size_t length = event->data.scalar.length;

    if (memchr(value, '\0', length) != NULL)
        return refuse(composer, line_of(event), "a text holds a NUL", err);
    *ret_text = arena_copy_bytes(composer->arena, value, length);
    return *ret_text != NULL ? 0 : error_set_memory(err);
}

static int compose(struct composer *composer, const yaml_event_t *event,
                   unsigned depth, struct config_node **ret_node,
                   struct error *err);

/* Reads the key, and leaves the event of its value in its place. */
static int
compose_key(struct composer *composer, yaml_event_t *event,
            const char **ret_key, struct error *err)
{
    const char *odd = oddity_of(event);

    if (odd != NULL)
        return refuse(composer, line_of(event), odd, err);
    if (event->type != YAML_SCALAR_EVENT)
        return refuse(composer, line_of(event), "a key must be a text", err);
    if (copy_text(composer, event, ret_key, err) < 0)
        return -1;
    yaml_event_delete(event);
    return next_event(composer, event, err);
}

/* Reads what stands in a list or mapping, up to its end. */
static int
compose_inside(struct composer *composer, struct config_node *outer,
               unsigned depth, struct error *err)
{
    const struct config_node **slot = &outer->first;

    for (;;) {
        AUTOEVENT event = { 0 };
        struct config_node *node;
        const char *key = NULL;
        if (next_event(composer, &event, err) < 0)
            return -1;
        if (event.type == YAML_SEQUENCE_END_EVENT
            || event.type == YAML_MAPPING_END_EVENT)
            return 0;
        const size_t line = line_of(&event);
        if (outer->kind == CONFIG_NODE_MAPPING
            && compose_key(composer, &event, &key, err) < 0)
            return -1;
        if (compose(composer, &event, depth + 1, &node, err) < 0)
            return -1;
        node->key = key;
        node->line = line;
        outer->count++;
        *slot = node;
        slot = &node->next;
    }
}

static int
compose(struct composer *composer, const yaml_event_t *event, unsigned depth,
        struct config_node **ret_node, struct error *err)
{
    const char *odd = oddity_of(event);
    struct config_node *node = arena_allocate(composer->arena, sizeof(*node));

    *ret_node = node;
    if (node == NULL) {
        error_set_memory(err);
        return -1;
    }
    if (odd != NULL) {
        refuse(composer, line_of(event), odd, err);
        return event->type == YAML_ALIAS_EVENT
                   ? error_advise(err, "a text that begins with * must stand "
                                       "in quotes")
                   : -1;
    }
    if (depth > CONFIG_DEPTH_CEILING)
        return refuse(composer, line_of(event), "is nested too deeply", err);
    if (++composer->nodes > CONFIG_NODES_CEILING)
        return refuse(composer, line_of(event), "too much stands here", err);
    node->line = line_of(event);
    if (event->type == YAML_SCALAR_EVENT) {
        node->kind = CONFIG_NODE_TEXT;
        node->plain = event->data.scalar.style == YAML_PLAIN_SCALAR_STYLE;
        return copy_text(composer, event, &node->text, err);
    }
    node->kind = event->type == YAML_MAPPING_START_EVENT ? CONFIG_NODE_MAPPING
                                                         : CONFIG_NODE_LIST;
    return compose_inside(composer, node, depth, err);
}

/* Reads the next event, which must be of this type. */
static int
expect(struct composer *composer, yaml_event_type_t type,
       const char *otherwise, struct error *err)
{
    AUTOEVENT event = { 0 };

    if (next_event(composer, &event, err) < 0)
        return -1;
    if (event.type != type)
        return refuse(composer, line_of(&event), otherwise, err);
    return 0;
}

static int
begin_document(struct composer *composer, struct error *err)
{
    if (expect(composer, YAML_DOCUMENT_START_EVENT, "nothing stands here", err)
        == 0)
        return 0;
    return composer->parser.error != YAML_NO_ERROR
               ? -1
               : error_advise(err, CONFIG_FIRST_LINE);
}

static int
compose_document(struct composer *composer, struct config_node **ret_root,
                 struct error *err)
{
    AUTOEVENT event = { 0 };

    if (expect(composer, YAML_STREAM_START_EVENT, "is not YAML", err) < 0
        || begin_document(composer, err) < 0
        || next_event(composer, &event, err) < 0
        || compose(composer, &event, 1, ret_root, err) < 0
        || expect(composer, YAML_DOCUMENT_END_EVENT, "is not YAML", err) < 0)
        return -1;
    return expect(composer, YAML_STREAM_END_EVENT,
                  "a second document begins here; only one may be", err);
}

int
config_tree_parse(const char *bytes, size_t length, const char *name,
                  struct arena *arena, const struct config_node **ret_root,
                  struct error *err)
{
    static const char mark[] = "\xef\xbb\xbf"; /* byte-order */
    struct composer composer = { .name = name, .arena = arena };
    struct config_node *root = NULL;

    if (length > CONFIG_BYTES_CEILING)
        return error_set(err, "%s: is larger than %d bytes", name,
                         CONFIG_BYTES_CEILING);
    if (length >= strlen(mark) && memcmp(bytes, mark, strlen(mark)) == 0) {
        bytes += strlen(mark);
        length -= strlen(mark);
    }
    if (length == 0)
        bytes = "";
    composer.bytes = bytes;
    composer.length = length;
    if (yaml_parser_initialize(&composer.parser) == 0)
        return error_set_memory(err);
    yaml_parser_set_encoding(&composer.parser, YAML_UTF8_ENCODING);
    yaml_parser_set_input_string(&composer.parser,
                                 (const unsigned char *) bytes, length);
    const int result = compose_document(&composer, &root, err);
    yaml_parser_delete(&composer.parser);
    if (result == 0)
        *ret_root = root;
    return result;
}
