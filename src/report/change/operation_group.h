/* SPDX-License-Identifier: Apache-2.0 */
/* The changes of an applied plan by what became of them, worst first, and
 * behind those that failed what could not even be planned. */
#ifndef PIKET_REPORT_CHANGE_OPERATION_GROUP_H
#define PIKET_REPORT_CHANGE_OPERATION_GROUP_H

#include <stddef.h>

#include "control/plan/operation.h"
#include "report/markup/terminal_writer.h"

enum operation_group {
    OPERATION_GROUP_REFUSED,
    OPERATION_GROUP_DIFFERENT,
    OPERATION_GROUP_UNVERIFIED,
    OPERATION_GROUP_PENDING,
    OPERATION_GROUP_CONFLICT,
    OPERATION_GROUP_NOT_SENT,
    OPERATION_GROUP_OBSTACLE, /* not of the plan's changes */
    OPERATION_GROUP_ALREADY,
    OPERATION_GROUP_DONE,
    OPERATION_GROUP_COUNT,
};

struct operation_group_words {
    const char *title;       /* "CAME BACK DIFFERENT" */
    const char *explanation; /* one line */
    const char *one, *many;  /* "1 refused" */
    enum terminal_writer_style style;
};

/* What a remediation calls fixed, a reversal calls restored. */
const struct operation_group_words *operation_group_words(
    enum operation_group group, enum plan_kind kind);

enum operation_group operation_group_of(enum change_outcome outcome);

size_t operation_group_count(const struct operation_report *report,
                             enum operation_group group);

/* The index of the first change of the group, or of the first obstacle, at or
 * behind index; the count of all where there is none. */
size_t operation_group_next(const struct operation_report *report,
                            enum operation_group group, size_t index);

/* The subscription of a change, or of an obstacle, of the group. */
const struct subscription *operation_group_subject(
    const struct operation_report *report, enum operation_group group,
    size_t index);

#endif
