/* SPDX-License-Identifier: Apache-2.0 */
/* piket test-alert: raises sample alerts, and records that the mail came. */
#ifndef PIKET_CLI_COMMAND_TEST_ALERT_COMMAND_H
#define PIKET_CLI_COMMAND_TEST_ALERT_COMMAND_H

#include "cli/command/command.h"

extern const struct command test_alert_command;

#endif
