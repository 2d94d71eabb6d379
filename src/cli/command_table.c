/* SPDX-License-Identifier: Apache-2.0 */
/* All commands, in the order of help. */
#include "cli/command_table.h"

#include "base/cleanup.h"
#include "cli/command/check_command.h"
#include "cli/command/doctor_command.h"
#include "cli/command/explain_command.h"
#include "cli/command/export_command.h"
#include "cli/command/history_command.h"
#include "cli/command/init_command.h"
#include "cli/command/remediate_command.h"
#include "cli/command/report_command.h"
#include "cli/command/revert_command.h"
#include "cli/command/test_alert_command.h"

const struct command *const command_table[] = {
    &check_command,   &remediate_command, &revert_command, &test_alert_command,
    &history_command, &report_command,    &export_command, &explain_command,
    &doctor_command,  &init_command,
};

const size_t command_table_length = ARRAY_LENGTH(command_table);
