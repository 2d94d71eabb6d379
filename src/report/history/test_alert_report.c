/* SPDX-License-Identifier: Apache-2.0 */
/* The writers of a test of delivery, one row each. */
#include "report/history/test_alert_report.h"

#include <string.h>

#include "base/cleanup.h"

const struct test_alert_format test_alert_format_table[] = {
    { "text", test_alert_text_write },
    { "json", test_alert_json_write },
};

const size_t test_alert_format_table_length =
    ARRAY_LENGTH(test_alert_format_table);

const struct test_alert_format *
test_alert_format_by_name(const char *name)
{
    for (size_t i = 0; i < ARRAY_LENGTH(test_alert_format_table); i++)
        if (strcmp(test_alert_format_table[i].name, name) == 0)
            return &test_alert_format_table[i];
    return NULL;
}
