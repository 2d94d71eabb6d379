/* SPDX-License-Identifier: Apache-2.0 */
/* The management groups of an open tenant, for a draft. */
#ifndef PIKET_ENGINE_INVENTORY_GROUP_SURVEY_H
#define PIKET_ENGINE_INVENTORY_GROUP_SURVEY_H

#include "control/config/config_draft.h"
#include "control/run/run.h"
#include "engine/session/session.h"
#include "net/loop/loop.h"

/* Reads the groups, in the order of their ids and without the tenant's root,
 * which is the same as no group. That they cannot be listed is told in
 * ret_groups: it takes a role on a management group, which reading contacts
 * does not. Texts are made in the run's arena. Fails where memory runs out,
 * or the loop does not run. */
int group_survey_read(struct session *session, struct loop *loop,
                      const struct run *run,
                      struct config_draft_groups *ret_groups,
                      struct error *err);

#endif
