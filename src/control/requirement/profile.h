/* SPDX-License-Identifier: Apache-2.0 */
/* Named sets of requirements and thresholds. */
#ifndef PIKET_CONTROL_REQUIREMENT_PROFILE_H
#define PIKET_CONTROL_REQUIREMENT_PROFILE_H

#include <stddef.h>

#include "control/requirement/requirement.h"

enum { PROFILE_REQUIREMENTS_CEILING = 16 };

struct profile {
    const char *name;  /* "baseline-nl" */
    const char *title; /* one line for people */
    /* ids, in the order of requirement_table; ends in NULL */
    const char *requirements[PROFILE_REQUIREMENTS_CEILING];
    struct thresholds thresholds; /* also for requirements that are added */
};

extern const struct profile profile_table[];
extern const size_t profile_table_length;

/* The first row: baseline-nl. */
const struct profile *profile_default(void);

/* NULL where there is none of that name. */
const struct profile *profile_by_name(const char *name);

#endif
