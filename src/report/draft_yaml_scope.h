/* SPDX-License-Identifier: Apache-2.0 */
/* The parts of a draft that speak of subscriptions. Failures stick to
 * target. */
#ifndef PIKET_REPORT_DRAFT_YAML_SCOPE_H
#define PIKET_REPORT_DRAFT_YAML_SCOPE_H

#include "base/buffer.h"
#include "control/config_draft.h"

/* scope: what the run was limited to, and the management groups. */
void draft_yaml_scope(struct buffer *target, const struct config_draft *draft);

/* mutes: an example. */
void draft_yaml_mutes(struct buffer *target);

#endif
