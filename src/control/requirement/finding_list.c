/* SPDX-License-Identifier: Apache-2.0 */
/* Several values as one argument of a finding. */
#include "control/requirement/finding_list.h"

#include <string.h>

void
finding_list_add(struct finding_list *list, const char *value)
{
    const size_t length = strlen(value);

    list->count++;
    if (list->left_out > 0 || length > FINDING_LIST_CEILING
        || list->text.length > FINDING_LIST_CEILING - length) {
        list->left_out++;
        return;
    }
    if (list->text.length > 0)
        buffer_append_text(&list->text, ", ");
    buffer_append(&list->text, value, length);
}

void
finding_list_add_all(struct finding_list *list, const char *const *values,
                     size_t count)
{
    for (size_t i = 0; i < count; i++)
        finding_list_add(list, values[i]);
}

int
finding_list_text(struct finding_list *list, struct arena *arena,
                  const char **ret_text)
{
    if (list->count == 0) {
        *ret_text = NULL;
        return 0;
    }
    if (list->left_out > 0)
        buffer_printf(&list->text, "%s%zu more",
                      list->text.length > 0 ? " and " : "", list->left_out);
    if (buffer_failed(&list->text))
        return -1;
    const char *text = arena_copy(arena, buffer_text(&list->text));
    if (text == NULL)
        return -1;
    *ret_text = text;
    return 0;
}

void
finding_list_done(struct finding_list *list)
{
    buffer_done(&list->text);
}
