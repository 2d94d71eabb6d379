/* SPDX-License-Identifier: Apache-2.0 */
/* The writers of a test of delivery, one row each. */
#include "report/delivery_report.h"

#include <string.h>

#include "base/cleanup.h"

const struct delivery_format delivery_format_table[] = {
    { "text", delivery_text_write },
    { "json", delivery_json_write },
};

const size_t delivery_format_table_length =
    ARRAY_LENGTH(delivery_format_table);

const struct delivery_format *
delivery_format_by_name(const char *name)
{
    for (size_t i = 0; i < ARRAY_LENGTH(delivery_format_table); i++)
        if (strcmp(delivery_format_table[i].name, name) == 0)
            return &delivery_format_table[i];
    return NULL;
}
