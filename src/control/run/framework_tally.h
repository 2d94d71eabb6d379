/* SPDX-License-Identifier: Apache-2.0 */
/* How the subscriptions of a run stand to one control of a framework. */
#ifndef PIKET_CONTROL_RUN_FRAMEWORK_TALLY_H
#define PIKET_CONTROL_RUN_FRAMEWORK_TALLY_H

#include <stdbool.h>
#include <stddef.h>

#include "control/requirement/framework.h"
#include "control/requirement/profile.h"
#include "control/run/run.h"

/* Each subscription counts once, by the worst of the findings on the
 * control's requirements: fail, then unknown, muted, pass; it is not
 * applicable where all of them are. Only what the profile judges has
 * findings, and the profile's thresholds decide. All are 0 where the tally is
 * not possible. */
struct framework_tally {
    size_t pass, fail, muted, unknown, not_applicable;
};

struct framework_tally framework_tally(
    const struct run *run, const struct framework_control *control);

/* Whether the profile judges the requirement with this id. */
bool framework_tally_judged(const struct profile *profile,
                            const char *requirement);

/* Whether the requirement is only a condition for others to have effect, such
 * as contact-enabled, and never what a control asks for. */
bool framework_tally_condition(const char *requirement);

/* Whether the profile judges anything that the control asks for: conditions
 * alone say nothing of it. */
bool framework_tally_possible(const struct profile *profile,
                              const struct framework_control *control);

#endif
