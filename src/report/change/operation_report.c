/* SPDX-License-Identifier: Apache-2.0 */
/* The writers of an applied plan, one row each. */
#include "report/change/operation_report.h"

#include <string.h>

#include "base/cleanup.h"

const struct operation_format operation_format_table[] = {
    { "text", operation_text_write },
    { "json", operation_json_write },
};

const size_t operation_format_table_length =
    ARRAY_LENGTH(operation_format_table);

const struct operation_format *
operation_format_by_name(const char *name)
{
    for (size_t i = 0; i < ARRAY_LENGTH(operation_format_table); i++)
        if (strcmp(operation_format_table[i].name, name) == 0)
            return &operation_format_table[i];
    return NULL;
}
