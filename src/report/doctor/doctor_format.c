/* SPDX-License-Identifier: Apache-2.0 */
/* The writers of a diagnosis, one row each. */
#include "report/doctor/doctor_format.h"

#include <string.h>

#include "base/cleanup.h"

const struct doctor_report_format doctor_report_format_table[] = {
    { "text", doctor_report_text_write },
    { "json", doctor_report_json_write },
};

const size_t doctor_report_format_table_length =
    ARRAY_LENGTH(doctor_report_format_table);

const struct doctor_report_format *
doctor_report_format_by_name(const char *name)
{
    for (size_t i = 0; i < ARRAY_LENGTH(doctor_report_format_table); i++)
        if (strcmp(doctor_report_format_table[i].name, name) == 0)
            return &doctor_report_format_table[i];
    return NULL;
}
