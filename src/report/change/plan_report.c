/* SPDX-License-Identifier: Apache-2.0 */
/* The writers of a plan, one row each. */
#include "report/change/plan_report.h"

#include <string.h>

#include "base/cleanup.h"

const struct plan_format plan_format_table[] = {
    { "text", plan_text_write },
    { "json", plan_json_write },
};

const size_t plan_format_table_length = ARRAY_LENGTH(plan_format_table);

const struct plan_format *
plan_format_by_name(const char *name)
{
    for (size_t i = 0; i < ARRAY_LENGTH(plan_format_table); i++)
        if (strcmp(plan_format_table[i].name, name) == 0)
            return &plan_format_table[i];
    return NULL;
}
