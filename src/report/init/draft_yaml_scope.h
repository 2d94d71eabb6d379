/* SPDX-License-Identifier: Apache-2.0 */
/* The parts of a draft that speak of subscriptions. */
#ifndef PIKET_REPORT_INIT_DRAFT_YAML_SCOPE_H
#define PIKET_REPORT_INIT_DRAFT_YAML_SCOPE_H

#include "report/init/draft_page.h"

/* scope: what the run was limited to, and the management groups. */
void draft_yaml_scope(struct draft_page *page);

/* mutes: an example. */
void draft_yaml_mutes(struct draft_page *page);

#endif
