/* SPDX-License-Identifier: Apache-2.0 */
/* A configuration's YAML as a tree of texts, lists and mappings, each with
 * its line: the only file that knows libyaml.
 *
 * What could make a small file large, or mean something else than it shows,
 * is refused: anchors, aliases and tags. */
#ifndef PIKET_CONTROL_CONFIG_CONFIG_TREE_H
#define PIKET_CONTROL_CONFIG_CONFIG_TREE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/error.h"

enum {
    CONFIG_BYTES_CEILING = 1024 * 1024,
    CONFIG_DEPTH_CEILING = 16,
    CONFIG_NODES_CEILING = 200000,
};

/* What to do where a configuration does not even begin. */
#define CONFIG_FIRST_LINE "a configuration begins with the line: version: 1"

enum config_node_kind {
    CONFIG_NODE_TEXT,
    CONFIG_NODE_LIST,
    CONFIG_NODE_MAPPING,
};

struct config_node {
    /* What to do where a configuration does not even begin. */
#define CONFIG_FIRST_LINE "a configuration begins with the line: version: 1"

    enum config_node_kind kind;
    size_t line;                     /* from 1; that of the key, if any */
    const char *key;                 /* within a mapping, else NULL */
    const char *text;                /* of a TEXT */
    bool plain;                      /* the TEXT stands without quotes */
    const struct config_node *first; /* of a LIST or MAPPING, in order */
    const struct config_node *next;  /* beside this one */
    size_t count;                    /* of a LIST or MAPPING */
};

/* Reads the one document in bytes, which may also be JSON. name is that of
 * the file: errors read "NAME:LINE: what is wrong". The tree lives in the
 * arena. */
int config_tree_parse(const char *bytes, size_t length, const char *name,
                      struct arena *arena, const struct config_node **ret_root,
                      struct error *err);

#endif
