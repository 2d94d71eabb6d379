/* SPDX-License-Identifier: Apache-2.0 */
/* piket explain. */
#ifndef PIKET_CLI_COMMAND_EXPLAIN_COMMAND_H
#define PIKET_CLI_COMMAND_EXPLAIN_COMMAND_H

#include "cli/command/command.h"

extern const struct command explain_command;

#endif
