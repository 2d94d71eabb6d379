/* SPDX-License-Identifier: Apache-2.0 */
/* piket doctor: says what a check would use, and what is missing. */
#ifndef PIKET_CLI_COMMAND_DOCTOR_COMMAND_H
#define PIKET_CLI_COMMAND_DOCTOR_COMMAND_H

#include "cli/command/command.h"

extern const struct command doctor_command;

#endif
