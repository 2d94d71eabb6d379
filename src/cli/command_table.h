/* SPDX-License-Identifier: Apache-2.0 */
/* All commands, in the order of help. */
#ifndef PIKET_CLI_COMMAND_TABLE_H
#define PIKET_CLI_COMMAND_TABLE_H

#include <stddef.h>

#include "cli/command/command.h"

extern const struct command *const command_table[];
extern const size_t command_table_length;

#endif
