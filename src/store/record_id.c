/* SPDX-License-Identifier: Apache-2.0 */
/* The ids of runs and operations, as people type them. */
#include "store/record_id.h"

#include <stdio.h>

#include "base/buffer.h"
#include "base/cleanup.h"
#include "base/text.h"
#include "store/row_list.h"
#include "store/statement.h"

enum {
    RECORD_ID_SHOWN = 3,    /* of several that were meant */
    RECORD_ID_TEXT = 4096,  /* of a list of them */
    RECORD_ID_LATEST = 500, /* in which the nearest is looked for */
};

/* The ids that begin with text, newest first, at most limit. The table's name
 * is the program's. */
static int
read_ids(struct connection *connection, const char *table, const char *text,
         size_t limit, struct row_list *ids, struct error *err)
{
    AUTOSTATEMENT struct statement *statement = NULL;
    AUTOFREE char *sql = NULL;
    bool row = false;

    if (asprintf(&sql,
                 "SELECT id FROM %s WHERE substr(id, 1, length($1)) = $1 "
                 "ORDER BY started_at DESC, number DESC LIMIT $2",
                 table)
        < 0) {
        sql = NULL;
        return error_set_memory(err);
    }
    if (statement_prepare(&statement, connection, sql, err) < 0)
        return -1;
    statement_bind_text(statement, text);
    statement_bind_integer(statement, (int64_t) limit);
    for (;;) {
        if (statement_step(statement, &row, err) < 0)
            return -1;
        if (!row)
            return 0;
        const char **id = row_list_add(ids);
        if (id == NULL || statement_copy(statement, 0, ids->arena, id) < 0)
            return error_set_memory(err);
    }
}

static int
advise_ids(struct error *err, const char *words, const struct row_list *ids)
{
    AUTOBUFFER text = BUFFER_INIT(RECORD_ID_TEXT);
    const char *const *items = ids->rows;

    for (size_t i = 0; i < ids->count && i < RECORD_ID_SHOWN; i++)
        buffer_printf(&text, "%s%s", i > 0 ? ", " : "", items[i]);
    return error_advise(err, "%s %s%s", words, buffer_text(&text),
                        ids->count > RECORD_ID_SHOWN ? ", …" : "");
}

static int
refuse_unknown(struct connection *connection, const char *table,
               const char *text, struct arena *arena, struct error *err)
{
    struct row_list latest = ROW_LIST_INIT(arena, const char *);

    if (read_ids(connection, table, "", RECORD_ID_LATEST, &latest, err) < 0)
        return -1;
    if (latest.count == 0)
        return error_set(err, "there is no %s in the store yet", table);
    error_set(err, "there is no %s %s in the store", table, text);
    const char *nearest = text_nearest(text, latest.rows, latest.count);
    if (nearest != NULL)
        return error_advise(err, "did you mean %s?", nearest);
    return advise_ids(err, "the last ones are", &latest);
}

int
record_id_find(struct connection *connection, const char *table,
               const char *text, struct arena *arena, const char **ret_id,
               struct error *err)
{
    struct row_list found = ROW_LIST_INIT(arena, const char *);

    if (*text == '\0')
        return error_set(err, "the id of the %s must not be empty", table);
    if (read_ids(connection, table, text, RECORD_ID_SHOWN + 1, &found, err)
        < 0)
        return -1;
    if (found.count == 0)
        return refuse_unknown(connection, table, text, arena, err);
    if (found.count > 1) {
        error_set(err, "more than one %s begins with %s", table, text);
        return advise_ids(err, "write more of it:", &found);
    }
    *ret_id = *(const char *const *) found.rows;
    return 0;
}
