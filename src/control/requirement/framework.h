/* SPDX-License-Identifier: Apache-2.0 */
/* Where the requirements stand in the frameworks that auditors ask about:
 * benchmarks, standards, laws. */
#ifndef PIKET_CONTROL_REQUIREMENT_FRAMEWORK_H
#define PIKET_CONTROL_REQUIREMENT_FRAMEWORK_H

#include <stdbool.h>
#include <stddef.h>

#include "control/requirement/requirement.h"

enum { FRAMEWORK_REQUIREMENTS_CEILING = 8 };

struct framework {
    const char *id; /* "cis-3.0" */
    const char *title;
    const char *version; /* or the number of the law; never NULL */
    const char *publisher;
};

/* What somebody can claim by pointing at a row. */
enum framework_strength {
    FRAMEWORK_DIRECT,  /* the control's own text asks for the setting */
    FRAMEWORK_RELATED, /* somebody maps the setting to the control, whose
                          text asks for something wider */
};

/* One control of a framework, and the requirements that show it. */
struct framework_control {
    const char *framework; /* its id */
    const char *number;    /* "3.1.13"; unique within the framework */
    const char *title;     /* what it asks for, in our words */
    enum framework_strength strength;
    const char *source; /* who maps it, by name: "azure-policy, Prowler" */
    /* ids, in the order of requirement_table; ends in NULL */
    const char *requirements[FRAMEWORK_REQUIREMENTS_CEILING];
};

extern const struct framework framework_table[];
extern const size_t framework_table_length;

/* Rows of one framework stand together, in the order of framework_table. */
extern const struct framework_control framework_control_table[];
extern const size_t framework_control_table_length;

/* The framework with this id, in any letter case; NULL where there is
 * none. */
const struct framework *framework_by_id(const char *id);

/* The id that a person most likely meant, or NULL where none is near. */
const char *framework_nearest(const char *word);

/* The first control of the framework at or behind index; the length of the
 * table where there is none. */
size_t framework_control_next(const struct framework *framework, size_t index);

/* Whether the requirement is among those of the control. */
bool framework_control_names(const struct framework_control *control,
                             const struct requirement *requirement);

/* "direct", "related". */
const char *framework_strength_name(enum framework_strength strength);

#endif
