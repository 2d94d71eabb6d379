/* SPDX-License-Identifier: Apache-2.0 */
/* The contact that would be, while a plan is made: what remedies change. */
#ifndef PIKET_CONTROL_PLAN_PLANNED_CONTACT_H
#define PIKET_CONTROL_PLAN_PLANNED_CONTACT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "control/contact/contact.h"
#include "control/config/desired_contact.h"
#include "control/plan/plan.h"
#include "control/requirement/requirement.h"

struct planned_contact {
    struct arena *arena; /* of all that follows; borrowed, as the next two */
    const struct desired_contact *desired;
    const struct thresholds *thresholds;
    struct contact contact;
    struct plan_drop *drops;
    size_t drop_count;
    enum plan_obstacle_reason obstacle; /* why there is no way;
                                           PLAN_OBSTACLE_COUNT: there is one */
    const char *argument;               /* of the obstacle, or NULL */
};

/* All of these return 0, or -1 where memory runs out. */

/* Begins with the contact of the reading; where there is none, with a new one
 * that is enabled, has what is desired, and, where nothing else is, notifies
 * Owner and mails alerts of High. */
int planned_contact_begin(struct planned_contact *draft,
                          const struct contact_reading *reading);

/* Adds those of the desired addresses that are not there yet, in their order,
 * behind those that are. */
int planned_contact_add_emails(struct planned_contact *draft);

/* Takes out each address that fails and is not desired; where none is left,
 * those desired are added, and where none is desired, there is no way. */
typedef int planned_contact_test(const struct planned_contact *draft,
                                 const char *email, bool *ret_fails);
int planned_contact_drop_emails(struct planned_contact *draft,
                                planned_contact_test *test,
                                enum plan_drop_reason reason);

/* Takes out the addresses that the user wants out, likewise. */
int planned_contact_remove_emails(struct planned_contact *draft);

/* Turns role mail on, and adds Owner and the desired roles to those
 * listed. */
int planned_contact_notify_owner(struct planned_contact *draft);

/* Mails from this level on. */
void planned_contact_set_level(struct contact_threshold *threshold,
                               enum contact_level level);

/* Says that there is no way; the first obstacle stays. Returns 0. */
int planned_contact_obstruct(struct planned_contact *draft,
                             enum plan_obstacle_reason reason,
                             const char *argument);

#endif
