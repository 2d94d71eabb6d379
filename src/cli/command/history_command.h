/* SPDX-License-Identifier: Apache-2.0 */
/* piket history: runs and changes, and what differs between them. */
#ifndef PIKET_CLI_COMMAND_HISTORY_COMMAND_H
#define PIKET_CLI_COMMAND_HISTORY_COMMAND_H

#include "cli/command/command.h"

extern const struct command history_command;

#endif
