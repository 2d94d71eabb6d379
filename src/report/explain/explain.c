/* SPDX-License-Identifier: Apache-2.0 */
/* The formats in which a topic is explained. */
#include "report/explain/explain.h"

#include <string.h>

#include "base/cleanup.h"
#include "control/requirement/requirement_table.h"
#include "report/explain/explain_page.h"
#include "report/explain/explain_writers.h"

const struct explain_format explain_format_table[] = {
    { "text", explain_text_write },
    { "json", explain_json_write },
    { "markdown", explain_markdown_write },
};

const size_t explain_format_table_length = ARRAY_LENGTH(explain_format_table);

const struct explain_format *
explain_format_by_name(const char *name)
{
    for (size_t i = 0; i < ARRAY_LENGTH(explain_format_table); i++)
        if (strcmp(explain_format_table[i].name, name) == 0)
            return &explain_format_table[i];
    return NULL;
}

void
explain_page_write(struct explain_page *page,
                   const struct explain_topic *topic)
{
    if (topic->requirement != NULL)
        explain_requirement_write(page, topic->requirement);
    else if (topic->profile != NULL)
        explain_profile_write(page, topic->profile);
    else if (topic->framework != NULL)
        explain_framework_write(page, topic->framework);
    else
        explain_control_write(page);
}
