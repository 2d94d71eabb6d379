/* SPDX-License-Identifier: Apache-2.0 */
/* piket check: assesses every subscription and reports. */
#ifndef PIKET_CLI_COMMAND_CHECK_COMMAND_H
#define PIKET_CLI_COMMAND_CHECK_COMMAND_H

#include "cli/command/command.h"

extern const struct command check_command;

#endif
