/* SPDX-License-Identifier: Apache-2.0 */
/* piket remediate: plans the changes, or makes them. */
#ifndef PIKET_CLI_COMMAND_REMEDIATE_COMMAND_H
#define PIKET_CLI_COMMAND_REMEDIATE_COMMAND_H

#include "cli/command/command.h"

extern const struct command remediate_command;

#endif
