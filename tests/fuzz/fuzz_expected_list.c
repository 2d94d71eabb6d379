/* SPDX-License-Identifier: Apache-2.0 */
/* Any bytes as a list of expected subscriptions. */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include "base/text.h"
#include "control/value/expected_list.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    const struct subscription_entry common = { .name = "" };
    struct arena *arena = arena_new();
    AUTOSUBSCRIPTION_SET set = SUBSCRIPTION_SET_INIT(arena);
    AUTOERROR err = ERROR_INIT;

    if (arena == NULL)
        return 0;
    if (expected_list_parse((const char *) bytes, length, "list", &common,
                            &set, &err)
        == 0) {
        subscription_set_sort(&set);
        if (set.count == 0)
            abort();
        for (size_t i = 0; i < set.count; i++)
            if (!text_is_uuid(set.entries[i].id)
                || subscription_set_find(&set, set.entries[i].id)
                       != &set.entries[i])
                abort();
    } else if (err.message == NULL) {
        abort();
    }
    arena_free(arena);
    return 0;
}
