/* SPDX-License-Identifier: Apache-2.0 */
/* The parts of a draft that speak of contacts. */
#ifndef PIKET_REPORT_INIT_DRAFT_YAML_CONTACT_H
#define PIKET_REPORT_INIT_DRAFT_YAML_CONTACT_H

#include "report/init/draft_page.h"

/* contact: what most contacts have in common. */
void draft_yaml_contact(struct draft_page *page);

/* thresholds: and requirements:. */
void draft_yaml_thresholds(struct draft_page *page);

#endif
