/* SPDX-License-Identifier: Apache-2.0 */
/* JSON as the nested blocks of a language: one member or element to a
 * line. */
#ifndef PIKET_REPORT_EXPORT_EXPORT_TREE_H
#define PIKET_REPORT_EXPORT_EXPORT_TREE_H

#include <jansson.h>
#include <stdbool.h>

#include "base/buffer.h"

struct export_dialect {
    const char *sets; /* between a member and its value: ": ", " = " */
    const char *ends; /* behind an element: "", "," */
    bool aligned;     /* what sets stands in one column for members of one
                         line that follow one another */
    /* Appends a text of the language that means these letters and nothing
     * else. */
    void (*quote)(struct buffer *target, const char *text);
};

/* Appends the value, whose first line stands behind what is there already;
 * those after it are indented by so many times two blanks. Names of members
 * are words that need no quotes. Failures stick to target. */
void export_tree_write(struct buffer *target, const json_t *value,
                       unsigned depth, const struct export_dialect *dialect);

#endif
