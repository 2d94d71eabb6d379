/* SPDX-License-Identifier: Apache-2.0 */
/* What differs between the properties that were written and those that are
 * there. */
#ifndef PIKET_AZURE_CONTACT_CONTACT_RESIDUE_H
#define PIKET_AZURE_CONTACT_CONTACT_RESIDUE_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/error.h"
#include "control/plan/operation.h"

/* As contact_snapshot_residue; NULL stands for no contact. */
int contact_residue_find(const json_t *intended, const json_t *actual,
                         bool exact, struct arena *arena,
                         struct change_residue **ret_residue,
                         size_t *ret_count, struct error *err);

#endif
