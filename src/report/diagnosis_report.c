/* SPDX-License-Identifier: Apache-2.0 */
/* The writers of a diagnosis, one row each. */
#include "report/diagnosis_report.h"

#include <string.h>

#include "base/cleanup.h"

const struct diagnosis_format diagnosis_format_table[] = {
    { "text", diagnosis_text_write },
    { "json", diagnosis_json_write },
};

const size_t diagnosis_format_table_length =
    ARRAY_LENGTH(diagnosis_format_table);

const struct diagnosis_format *
diagnosis_format_by_name(const char *name)
{
    for (size_t i = 0; i < ARRAY_LENGTH(diagnosis_format_table); i++)
        if (strcmp(diagnosis_format_table[i].name, name) == 0)
            return &diagnosis_format_table[i];
    return NULL;
}
