/* SPDX-License-Identifier: Apache-2.0 */
/* The parts of a draft that speak of contacts. Failures stick to target. */
#ifndef PIKET_REPORT_DRAFT_YAML_CONTACT_H
#define PIKET_REPORT_DRAFT_YAML_CONTACT_H

#include "base/buffer.h"
#include "control/config_draft.h"

/* contact: what most contacts have in common. */
void draft_yaml_contact(struct buffer *target,
                        const struct config_draft *draft);

/* thresholds: and requirements:. */
void draft_yaml_thresholds(struct buffer *target,
                           const struct config_draft *draft);

#endif
