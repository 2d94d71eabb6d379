/* SPDX-License-Identifier: Apache-2.0 */
/* Whether all subscriptions that there are were seen, and how that is
 * known: Azure lists only those on which the caller has a role. */
#ifndef PIKET_CONTROL_RUN_COVERAGE_H
#define PIKET_CONTROL_RUN_COVERAGE_H

#include <stdbool.h>
#include <stddef.h>

/* Who says which subscriptions there are: bits, as several may. */
enum coverage_source {
    COVERAGE_SOURCE_ROOT = 1 << 0,   /* the root management group */
    COVERAGE_SOURCE_GROUPS = 1 << 1, /* those that the scope names */
    COVERAGE_SOURCE_FILE = 1 << 2,   /* a list of the user's */
};

/* Why it is not known. */
enum coverage_reason {
    COVERAGE_REASON_NONE,
    COVERAGE_REASON_ROOT_REFUSED,    /* detail: what Azure said */
    COVERAGE_REASON_ROOT_FAILED,     /* detail: what went wrong */
    COVERAGE_REASON_NO_TENANT,       /* nothing names the tenant */
    COVERAGE_REASON_LIST_INCOMPLETE, /* of subscriptions, broken off */
    COVERAGE_REASON_COUNT,
};

/* All zero: nobody has asked. */
struct coverage {
    bool known;
    unsigned sources;            /* of those that could be read */
    size_t expected;             /* subscriptions in scope that they name */
    size_t not_visible;          /* of these, not listed */
    enum coverage_reason reason; /* NONE where it is known */
    const char *detail;          /* of the reason; hostile; or NULL */
};

#endif
