/* SPDX-License-Identifier: Apache-2.0 */
/* piket report: a stored run in any format. */
#ifndef PIKET_CLI_COMMAND_REPORT_COMMAND_H
#define PIKET_CLI_COMMAND_REPORT_COMMAND_H

#include "cli/command/command.h"

extern const struct command report_command;

#endif
