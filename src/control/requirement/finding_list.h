/* SPDX-License-Identifier: Apache-2.0 */
/* Several values as one argument of a finding: "Owner, Contributor". */
#ifndef PIKET_CONTROL_REQUIREMENT_FINDING_LIST_H
#define PIKET_CONTROL_REQUIREMENT_FINDING_LIST_H

#include <stddef.h>

#include "base/arena.h"
#include "base/buffer.h"

struct finding_list {
    struct buffer text;
    size_t count;    /* of all values added */
    size_t left_out; /* of those that found no room */
};

/* A longer list than this helps nobody; it ends in "and 12 more". */
enum { FINDING_LIST_CEILING = 4096 };

#define FINDING_LIST_INIT                           \
    {                                               \
        BUFFER_INIT(2 * FINDING_LIST_CEILING), 0, 0 \
    }

/* A list that is released at the end of its scope. */
#define AUTOFINDING_LIST \
    __attribute__((cleanup(finding_list_done))) struct finding_list

/* A failure sticks until finding_list_text. */
void finding_list_add(struct finding_list *list, const char *value);
void finding_list_add_all(struct finding_list *list, const char *const *values,
                          size_t count);

/* The list as text of the arena, *ret_text being NULL where nothing was
 * added. Returns 0, or -1 where memory ran out. */
int finding_list_text(struct finding_list *list, struct arena *arena,
                      const char **ret_text);

void finding_list_done(struct finding_list *list);

#endif
