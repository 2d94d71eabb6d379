/* SPDX-License-Identifier: Apache-2.0 */
/* piket init: writes a configuration from what the tenant has today. */
#ifndef PIKET_CLI_COMMAND_INIT_COMMAND_H
#define PIKET_CLI_COMMAND_INIT_COMMAND_H

#include "cli/command/command.h"

extern const struct command init_command;

#endif
