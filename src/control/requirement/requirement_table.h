/* SPDX-License-Identifier: Apache-2.0 */
/* All requirements, one row each. */
#ifndef PIKET_CONTROL_REQUIREMENT_REQUIREMENT_TABLE_H
#define PIKET_CONTROL_REQUIREMENT_REQUIREMENT_TABLE_H

#include <stddef.h>

#include "control/requirement/requirement.h"

extern const struct requirement requirement_table[];
extern const size_t requirement_table_length;

/* The row with this id; NULL where there is none. */
const struct requirement *requirement_by_id(const char *id);

#endif
