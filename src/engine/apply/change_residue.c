/* SPDX-License-Identifier: Apache-2.0 */
/* What the residue of a change means. */
#include "engine/apply/change_residue.h"

#include <stddef.h>
#include <string.h>

bool
change_residue_is_kept(const struct change_result *result)
{
    for (size_t i = 0; i < result->residue_count; i++) {
        const char *intended = result->residue[i].intended;
        if (intended != NULL && strcmp(intended, "\"\"") != 0)
            return false;
    }
    return result->residue_count > 0;
}
