/* SPDX-License-Identifier: Apache-2.0 */
/* What of the configuration has no effect: nobody finds that out from a
 * report that only lacks it. */
#ifndef PIKET_CLI_CONFIG_CONFIG_NOTE_H
#define PIKET_CLI_CONFIG_CONFIG_NOTE_H

#include "base/error.h"
#include "cli/config/configuration.h"
#include "control/run/run.h"

/* Notes in the finished run what the configuration brought about: how the
 * profile was adjusted, that the tenant is another one, what has no effect,
 * which mutes need attention. */
int config_note_all(const struct configuration *configuration, struct run *run,
                    struct error *err);

#endif
