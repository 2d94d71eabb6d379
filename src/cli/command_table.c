/* SPDX-License-Identifier: Apache-2.0 */
/* All commands, in the order of help. */
#include "cli/command_table.h"

#include "base/cleanup.h"
#include "cli/check_command.h"
#include "cli/doctor_command.h"
#include "cli/explain_command.h"
#include "cli/export_command.h"
#include "cli/history_command.h"
#include "cli/init_command.h"
#include "cli/remediate_command.h"
#include "cli/report_command.h"
#include "cli/revert_command.h"
#include "cli/test_alert_command.h"

const struct command *const command_table[] = {
    &check_command,   &remediate_command, &revert_command, &test_alert_command,
    &history_command, &report_command,    &export_command, &explain_command,
    &doctor_command,  &init_command,
};

const size_t command_table_length = ARRAY_LENGTH(command_table);
