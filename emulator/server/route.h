/* SPDX-License-Identifier: Apache-2.0 */
/* Which function answers which path. */
#ifndef EMULATOR_SERVER_ROUTE_H
#define EMULATOR_SERVER_ROUTE_H

#include "server/exchange.h"

struct arm_rule;

struct route {
    enum plane plane;
    const char *method;
    const char *pattern;         /* {} stands for one whole segment */
    const struct arm_rule *rule; /* what ARM checks first; NULL is nothing */
    void (*handle)(struct exchange *exchange);
};

/* Whether path fits pattern, without regard to case and to a slash at the
 * end. The segments that {} stands for go into parameters (in the
 * exchange's arena). */
bool route_fits(const char *pattern, const char *path, struct arena *arena,
                const char *parameters[EXCHANGE_PARAMETERS]);

/* The row of the table for exchange->path; its parameters are filled in.
 * NULL where there is none; *ret_known tells whether the path has another
 * method. */
const struct route *route_find(const struct route *routes, size_t count,
                               struct exchange *exchange, bool *ret_known);

#endif
