/* SPDX-License-Identifier: Apache-2.0 */
/* Assessments by consequence, worst first: how people are told of them. */
#ifndef PIKET_REPORT_WORDING_REPORT_GROUP_H
#define PIKET_REPORT_WORDING_REPORT_GROUP_H

#include <stdbool.h>
#include <stddef.h>

#include "control/run/run.h"

enum report_group {
    REPORT_GROUP_NOBODY,    /* whatever the profile says of it */
    REPORT_GROUP_OWNERS,    /* non-compliant, and only owners are mailed */
    REPORT_GROUP_UNCERTAIN, /* non-compliant, and who is mailed is unknown */
    REPORT_GROUP_DEMANDED,  /* non-compliant, but somebody is mailed */
    REPORT_GROUP_UNKNOWN,
    REPORT_GROUP_MUTED,
    REPORT_GROUP_COMPLIANT,
    REPORT_GROUP_NOT_APPLICABLE,
    REPORT_GROUP_COUNT,
};

struct report_group_words {
    const char *title;       /* "NOBODY IS MAILED" */
    const char *explanation; /* "the contact is switched off, or names …" */
    bool only_all;           /* not shown unless everything is asked for */
};

/* The words of a group. Muted ones are only counted, unless everything is
 * asked for: somebody has decided about them. */
const struct report_group_words *report_group_words(enum report_group group);

enum report_group report_group_of(const struct assessment *assessment);

/* What stands behind the cause where nobody is mailed and the profile does
 * not object: " (muted)"; "" elsewhere. */
const char *report_group_remark(const struct assessment *assessment);

/* The first assessment of the group at or behind index; the count of all
 * where there is none. */
size_t report_group_next(const struct run *run, enum report_group group,
                         size_t index);

#endif
