/* SPDX-License-Identifier: Apache-2.0 */
/* The writers of what is kept of the past, one row per format. */
#include "report/history/history_report.h"

#include <string.h>

#include "base/cleanup.h"

const struct history_format history_format_table[] = {
    { "text", history_list_text_write, history_detail_text_write,
      history_timeline_text_write, history_contacts_text_write,
      history_drift_text_write, history_pruned_text_write },
    { "json", history_list_json_write, history_detail_json_write,
      history_timeline_json_write, history_contacts_json_write,
      history_drift_json_write, history_pruned_json_write },
};

const size_t history_format_table_length = ARRAY_LENGTH(history_format_table);

const struct history_format *
history_format_by_name(const char *name)
{
    for (size_t i = 0; i < ARRAY_LENGTH(history_format_table); i++)
        if (strcmp(history_format_table[i].name, name) == 0)
            return &history_format_table[i];
    return NULL;
}
