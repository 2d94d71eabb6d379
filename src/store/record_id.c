/* SPDX-License-Identifier: Apache-2.0 */
/* The ids of runs and operations, as people type them. */
#include "store/record_id.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "base/buffer.h"
#include "base/cleanup.h"
#include "store/sql/connection.h"
#include "store/sql/connection_error.h"
#include "store/sql/proof.h"
#include "store/row_list.h"
#include "store/sql/statement.h"

enum {
    RECORD_ID_SHOWN = 3,   /* of several that were meant */
    RECORD_ID_TEXT = 4096, /* of a list of them */
};

/* What has an id, and the command that shows it. */
struct record_noun {
    const char *table;
    const char *words;
    const char *command;
};

static const struct record_noun nouns[] = {
    { "run", "a check", "piket report" },
    { "operation", "a remediation or a reversal", "piket history" },
    { "test", "a test of delivery", "piket test-alert show" },
};

/* An id, and the number of the table that has it. */
struct found {
    const char *id;
    size_t table;
};

static int
make_sql(const struct record_place *place, struct buffer *sql)
{
    for (size_t i = 0; i < place->count; i++)
        buffer_printf(sql,
                      "%sSELECT id, %zu, started_at, number FROM %s NOT "
                      "INDEXED WHERE "
                      "substr(id, 1, length($1)) = $1",
                      i > 0 ? " UNION ALL " : "", i, place->tables[i]);
    buffer_append_text(sql, " ORDER BY 3 DESC, 4 DESC LIMIT $2");
    return buffer_failed(sql) ? -1 : 0;
}

/* The ids that begin with text, newest first, at most limit. */
static int
read_ids(struct connection *connection, const struct record_place *place,
         const char *text, size_t limit, struct row_list *ids,
         struct error *err)
{
    AUTOSTATEMENT struct statement *statement = NULL;
    AUTOBUFFER sql = BUFFER_INIT(RECORD_ID_TEXT);
    bool row = false;

    if (make_sql(place, &sql) < 0)
        return error_set_memory(err);
    if (statement_prepare(&statement, connection, buffer_text(&sql), err) < 0)
        return -1;
    statement_bind_text(statement, text);
    statement_bind_integer(statement, (int64_t) limit);
    for (;;) {
        if (statement_step(statement, &row, err) < 0)
            return -1;
        if (!row)
            return 0;
        if (statement_check(statement, 1, err) < 0)
            return -1;
        struct found *found = row_list_add(ids);
        if (found == NULL
            || statement_copy(statement, 0, ids->arena, &found->id) < 0)
            return error_set_memory(err);
        found->table = (size_t) statement_integer(statement, 1);
    }
}

static int
advise_ids(struct error *err, const char *words, const struct row_list *ids)
{
    AUTOBUFFER text = BUFFER_INIT(RECORD_ID_TEXT);
    const struct found *items = ids->rows;

    for (size_t i = 0; i < ids->count && i < RECORD_ID_SHOWN; i++)
        buffer_printf(&text, "%s%s", i > 0 ? ", " : "", items[i].id);
    return error_advise(err, "%s %s%s", words, buffer_text(&text),
                        ids->count > RECORD_ID_SHOWN ? ", …" : "");
}

static bool
has_table(const struct record_place *place, const char *table)
{
    for (size_t i = 0; i < place->count; i++)
        if (strcmp(place->tables[i], table) == 0)
            return true;
    return false;
}

/* Says so where the id is that of something else: *ret_told. */
static int
refuse_elsewhere(struct connection *connection,
                 const struct record_place *place, const char *text,
                 struct arena *arena, bool *ret_told, struct error *err)
{
    for (size_t i = 0; i < ARRAY_LENGTH(nouns); i++) {
        const struct record_noun *noun = &nouns[i];
        const struct record_place other = { &noun->table, 1, noun->words };
        struct row_list ids = ROW_LIST_INIT(arena, struct found);
        if (has_table(place, noun->table))
            continue;
        if (read_ids(connection, &other, text, 2, &ids, err) < 0)
            return -1;
        if (ids.count != 1)
            continue;
        const struct found *only = ids.rows;
        *ret_told = true;
        error_set(err, "%s is the id of %s, which is not what this takes",
                  only->id, noun->words);
        return error_advise(err, "%s %s shows it", noun->command, only->id);
    }
    return 0;
}

/* An id that is damaged or missing may be the one that is meant, or another
 * that begins alike: how many there are in these tables. */
static int
count_damaged(struct connection *connection, const struct record_place *place,
              int64_t *ret_count, struct error *err)
{
    *ret_count = 0;
    for (size_t i = 0; i < place->count; i++) {
        AUTOFREE char *sql = NULL;
        int64_t count = 0;
        if (asprintf(&sql,
                     "SELECT coalesce(sum(row_proof(digest, %s) = 0), 0) + "
                     "coalesce(abs(count(*) - (SELECT rows FROM ledger WHERE "
                     "noun = '%s' AND row_proof(digest, " PROOF_LEDGER
                     ") > 0)), 1) FROM %s NOT INDEXED",
                     proof_columns(place->tables[i]), place->tables[i],
                     place->tables[i])
            < 0) {
            sql = NULL;
            return error_set_memory(err);
        }
        if (connection_number(connection, sql, &count, err) < 0)
            return -1;
        *ret_count += count;
    }
    return 0;
}

static int
refuse_damaged(struct connection *connection, const struct record_place *place,
               const char *text, int64_t damaged, struct error *err)
{
    return connection_damaged(connection, err,
                              "%lld of what it holds is not as piket wrote "
                              "it, or missing, and may be the %s that %s "
                              "means",
                              (long long) damaged, place->words, text);
}

/* No id is guessed: those of one day look alike, and what is meant may be
 * about to be taken back. */
static int
refuse_unknown(struct connection *connection, const struct record_place *place,
               const char *text, struct arena *arena, struct error *err)
{
    struct row_list latest = ROW_LIST_INIT(arena, struct found);
    bool told = false;

    if (refuse_elsewhere(connection, place, text, arena, &told, err) < 0
        || told
        || read_ids(connection, place, "", RECORD_ID_SHOWN + 1, &latest, err)
               < 0)
        return -1;
    if (latest.count == 0)
        return error_set(err, "there is no %s in the store yet", place->words);
    error_set(err, "there is no %s %s in the store", place->words, text);
    return advise_ids(err, "the last ones are", &latest);
}

int
record_id_find_in(struct connection *connection,
                  const struct record_place *place, const char *text,
                  struct arena *arena, size_t *ret_table, const char **ret_id,
                  struct error *err)
{
    struct row_list found = ROW_LIST_INIT(arena, struct found);
    int64_t damaged = 0;

    if (*text == '\0')
        return error_set(err, "the id of the %s must not be empty",
                         place->words);
    if (read_ids(connection, place, text, RECORD_ID_SHOWN + 1, &found, err)
        < 0)
        return -1;
    const struct found *only = found.rows;
    const bool whole = found.count == 1 && strcmp(only->id, text) == 0;
    if (!whole && count_damaged(connection, place, &damaged, err) < 0)
        return -1;
    if (damaged > 0)
        return refuse_damaged(connection, place, text, damaged, err);
    if (found.count == 0)
        return refuse_unknown(connection, place, text, arena, err);
    if (found.count > 1) {
        error_set(err, "more than one %s begins with %s", place->words, text);
        return advise_ids(err, "write more of it:", &found);
    }
    *ret_table = only->table;
    *ret_id = only->id;
    return 0;
}

int
record_id_find(struct connection *connection, const char *table,
               const char *text, struct arena *arena, const char **ret_id,
               struct error *err)
{
    const struct record_place place = { &table, 1, table };
    size_t which;

    return record_id_find_in(connection, &place, text, arena, &which, ret_id,
                             err);
}
