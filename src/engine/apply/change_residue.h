/* SPDX-License-Identifier: Apache-2.0 */
/* What the residue of a change means. */
#ifndef PIKET_ENGINE_APPLY_CHANGE_RESIDUE_H
#define PIKET_ENGINE_APPLY_CHANGE_RESIDUE_H

#include <stdbool.h>

#include "control/plan/operation.h"

/* Whether all that came back different was to be cleared, and is still there.
 * The service is known to keep members that a write leaves out or empties
 * (recorded for phone in 2023-09, with 2020-01-01-preview): so such a write
 * has been heard, and the next one will be no better. */
bool change_residue_is_kept(const struct change_result *result);

#endif
