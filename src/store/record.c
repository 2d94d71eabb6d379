/* SPDX-License-Identifier: Apache-2.0 */
/* What an id in the store is of. */
#include "store/record.h"

#include "base/cleanup.h"
#include "store/record_id.h"
#include "store/store_parts.h"

int
record_find(struct store *store, const char *text, struct arena *arena,
            enum record_kind *ret_kind, const char **ret_id, struct error *err)
{
    static const char *const tables[] = {
        [RECORD_RUN] = "run",
        [RECORD_OPERATION] = "operation",
    };
    static const struct record_place place = { tables, ARRAY_LENGTH(tables),
                                               "run or operation" };
    size_t table = 0;

    if (record_id_find_in(store->connection, &place, text, arena, &table,
                          ret_id, err)
        < 0)
        return error_wrap(err, "look in the store");
    *ret_kind = (enum record_kind) table;
    return 0;
}
