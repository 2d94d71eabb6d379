/* SPDX-License-Identifier: Apache-2.0 */
/* piket revert: undoes a remediation from the journal, or from a backup. */
#ifndef PIKET_CLI_COMMAND_REVERT_COMMAND_H
#define PIKET_CLI_COMMAND_REVERT_COMMAND_H

#include "cli/command/command.h"

extern const struct command revert_command;

#endif
