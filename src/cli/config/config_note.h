/* SPDX-License-Identifier: Apache-2.0 */
/* What of the configuration has no effect: nobody finds that out from a
 * report that only lacks it. */
#ifndef PIKET_CLI_CONFIG_CONFIG_NOTE_H
#define PIKET_CLI_CONFIG_CONFIG_NOTE_H

#include "base/error.h"
#include "cli/config/configuration.h"
#include "control/run/run.h"

/* Notes in the run the files of the working directory that look like a
 * configuration and are not read, the settings that no requirement in effect
 * looks at, and the requirements in effect that lack their setting. */
int config_note_ineffective(const struct configuration *configuration,
                            struct run *run, struct error *err);

#endif
