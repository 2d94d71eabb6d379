/* SPDX-License-Identifier: Apache-2.0 */
/* The profile as a configuration adjusts it. */
#ifndef PIKET_CONTROL_CONFIG_CONFIG_PROFILE_H
#define PIKET_CONTROL_CONFIG_CONFIG_PROFILE_H

#include "base/arena.h"
#include "base/error.h"
#include "control/config/config.h"
#include "control/requirement/profile.h"

/* Makes, in the arena, the base with the configuration's requirements,
 * thresholds and desired contact, under the base's name. Borrows texts of
 * both. Fails where a requirement is both added and dropped, where none is
 * left, and where what the desired contact says does not meet the
 * requirements that result: nobody could ever comply. What it leaves out is
 * not held against it. */
int config_profile_make(const struct config *config,
                        const struct profile *base, struct arena *arena,
                        const struct profile **ret_profile, struct error *err);

/* Judges what the configuration's contact says by the requirements of a
 * finished profile. ret_finding is the first that fails; its requirement is
 * NULL where none does. Fails only where memory runs out. */
int config_profile_unmet(const struct config *config,
                         const struct profile *profile, struct arena *arena,
                         struct finding *ret_finding, struct error *err);

#endif
