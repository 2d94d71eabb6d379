/* SPDX-License-Identifier: Apache-2.0 */
/* piket export: the desired contact in the languages of estates. */
#ifndef PIKET_CLI_COMMAND_EXPORT_COMMAND_H
#define PIKET_CLI_COMMAND_EXPORT_COMMAND_H

#include "cli/command/command.h"

extern const struct command export_command;

#endif
