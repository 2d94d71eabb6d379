/* SPDX-License-Identifier: Apache-2.0 */
/* What each requirement needs where it fails, one row each. */
#ifndef PIKET_CONTROL_PLAN_REMEDY_H
#define PIKET_CONTROL_PLAN_REMEDY_H

#include "control/plan/planned_contact.h"

struct remedy {
    const char *requirement; /* an id of requirement_table */

    /* Changes the draft, no more than needed, so that the requirement
     * passes, or says what is missing for that (planned_contact_obstruct).
     * Returns 0, or -1 where memory runs out. */
    int (*apply)(struct planned_contact *draft);

    /* Says why there is no way, where it fails all the same. NULL: what is
     * given contradicts it. Returns as apply. */
    int (*unmet)(struct planned_contact *draft);
};

extern const struct remedy remedy_table[];
extern const size_t remedy_table_length;

/* NULL where there is none. */
const struct remedy *remedy_by_requirement(const char *id);

#endif
