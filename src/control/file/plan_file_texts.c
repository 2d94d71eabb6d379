/* SPDX-License-Identifier: Apache-2.0 */
/* Lists of texts in a plan file. */
#include "base/cleanup.h"
#include "control/file/plan_file_part.h"

json_t *
plan_file_texts(const char *const *texts, size_t count)
{
    AUTOTREE *list = json_array();

    for (size_t i = 0; i < count; i++)
        if (json_array_append_new(list, json_string(texts[i])) < 0)
            return NULL;
    return take_pointer(list);
}
