/* SPDX-License-Identifier: Apache-2.0 */
/* Holds what the store has against its digests and counts. */
#include "store/verify.h"

#include <stdio.h>
#include <string.h>

#include "base/cleanup.h"
#include "store/sql/proof.h"
#include "store/sql/statement.h"
#include "store/store_parts.h"

/* Calls tell with each row of the statement. */
static int
tell_rows(struct store *store, const char *sql,
          int (*tell)(struct store *store, struct statement *statement,
                      struct error *err),
          struct error *err)
{
    AUTOSTATEMENT struct statement *statement = NULL;
    bool row = false;

    if (statement_prepare(&statement, store->connection, sql, err) < 0)
        return -1;
    for (;;) {
        if (statement_step(statement, &row, err) < 0)
            return -1;
        if (!row)
            return 0;
        if (tell(store, statement, err) < 0)
            return -1;
    }
}

/* A text of the row, which may be anything. */
static const char *
word(struct statement *statement, int column)
{
    const char *text = statement_text(statement, column);

    return text != NULL ? text : "(unknown)";
}

static int
tell_broken(struct store *store, struct statement *statement,
            struct error *err)
{
    return store_broken(store, err,
                        "%s %s (row %lld) is not as piket wrote it",
                        word(statement, 0), word(statement, 1),
                        (long long) statement_integer(statement, 2));
}

static int
tell_count(struct store *store, struct statement *statement, struct error *err)
{
    const int64_t expected = statement_integer(statement, 1);
    const int64_t found = statement_integer(statement, 2);

    if (statement_is_null(statement, 1))
        return store_broken(store, err, "how many %ss it holds is damaged",
                            word(statement, 0));
    return expected == found
               ? 0
               : store_broken(store, err, "it has %lld of its %lld %ss",
                              (long long) found, (long long) expected,
                              word(statement, 0));
}

int
verify_rows(struct store *store, const char *noun, struct error *err)
{
    AUTOFREE char *broken = NULL, *count = NULL;
    struct store_damage *damage = store->damage;

    if (damage != NULL && strcmp(noun, "run") == 0) {
        if (damage->runs_told)
            return 0;
        damage->runs_told = true;
    }
    if (asprintf(&broken,
                 "SELECT '%s', id, number FROM %s NOT INDEXED WHERE "
                 "row_proof(digest, %s) = 0",
                 noun, noun, proof_columns(noun))
        < 0)
        broken = NULL;
    if (asprintf(&count,
                 "SELECT '%s', (SELECT rows FROM ledger WHERE noun = '%s' "
                 "AND row_proof(digest, " PROOF_LEDGER
                 ") > 0), count(*) FROM %s NOT INDEXED",
                 noun, noun, noun)
        < 0)
        count = NULL;
    if (broken == NULL || count == NULL)
        return error_set_memory(err);
    if (tell_rows(store, broken, tell_broken, err) < 0)
        return -1;
    return tell_rows(store, count, tell_count, err);
}

static int
tell_change(struct store *store, struct statement *statement,
            struct error *err)
{
    return store_broken(store, err,
                        "change %lld, of subscription %s in operation %s, is "
                        "not as piket wrote it",
                        (long long) statement_integer(statement, 0),
                        word(statement, 1), word(statement, 2));
}

static int
tell_changes(struct store *store, struct statement *statement,
             struct error *err)
{
    return store_broken(
        store, err, "operation %s has %lld of its %lld changes",
        word(statement, 0), (long long) statement_integer(statement, 1),
        (long long) statement_integer(statement, 2));
}

int
verify_journal(struct store *store, struct error *err)
{
    /* What did not come back as it was written is part of the change. */
    static const char changes[] =
        "SELECT id, subscription, operation FROM change NOT INDEXED WHERE "
        "row_proof(digest, " PROOF_CHANGE
        ") = 0 OR (SELECT count(*) FROM residue WHERE residue.change = "
        "change.id AND row_proof(residue.digest, " PROOF_RESIDUE
        ") > 0) IS NOT residues";
    static const char counts[] =
        "SELECT operation.id, coalesce(found.count, 0), changes FROM "
        "operation NOT INDEXED LEFT JOIN (SELECT operation AS id, count(*) AS "
        "count FROM change NOT INDEXED GROUP BY operation) AS found ON "
        "found.id = operation.id WHERE coalesce(found.count, 0) IS NOT "
        "changes";
    struct store_damage *damage = store->damage;

    if (damage != NULL && damage->journal_told)
        return 0;
    if (verify_rows(store, "operation", err) < 0
        || tell_rows(store, changes, tell_change, err) < 0
        || tell_rows(store, counts, tell_changes, err) < 0)
        return -1;
    if (damage != NULL)
        damage->journal_told = true;
    return 0;
}
