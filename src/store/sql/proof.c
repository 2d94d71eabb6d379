/* SPDX-License-Identifier: Apache-2.0 */
/* The proof of a row. */
#include "store/sql/proof.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/cleanup.h"
#include "control/value/digest.h"
#include "store/sql/connection_error.h"
#include "store/sql/connection_handle.h"
#include "store/sql/statement.h"

enum {
    /* The digest of a row that was not proved when it was written has this
     * byte behind it. */
    PROOF_MARK = 0,
    PROOF_MARKED_LENGTH = DIGEST_LENGTH + 1,
};

static void
take_value(struct digest *digest, sqlite3_value *value)
{
    const char *text;

    switch (sqlite3_value_type(value)) {
    case SQLITE_INTEGER:
        digest_integer(digest, sqlite3_value_int64(value));
        break;
    case SQLITE_TEXT:
        text = (const char *) sqlite3_value_text(value);
        digest_text(digest, text, (size_t) sqlite3_value_bytes(value));
        break;
    case SQLITE_BLOB:
        digest_bytes(digest, sqlite3_value_blob(value),
                     (size_t) sqlite3_value_bytes(value));
        break;
    case SQLITE_NULL:
        digest_null(digest);
        break;
    default: /* no table has a column of another kind */
        digest_text(digest, "?", 1);
        break;
    }
}

/* Returns whether the digest could be computed; tells SQLite where not. */
static bool
compute(sqlite3_context *context, int count, sqlite3_value **values,
        unsigned char ret_digest[DIGEST_LENGTH])
{
    struct digest *digest = sqlite3_user_data(context);

    digest_begin(digest);
    for (int i = 0; i < count; i++)
        take_value(digest, values[i]);
    if (digest_end(digest, ret_digest) == 0)
        return true;
    sqlite3_result_error(context, "a SHA-256 could not be computed", -1);
    return false;
}

static bool
is_marked(sqlite3_value *digest)
{
    if (sqlite3_value_type(digest) != SQLITE_BLOB)
        return false;
    const unsigned char *bytes = sqlite3_value_blob(digest);
    return sqlite3_value_bytes(digest) == PROOF_MARKED_LENGTH && bytes != NULL
           && bytes[DIGEST_LENGTH] == PROOF_MARK;
}

static bool
is_digest(sqlite3_value *digest)
{
    return is_marked(digest)
           || (sqlite3_value_type(digest) == SQLITE_BLOB
               && sqlite3_value_blob(digest) != NULL
               && sqlite3_value_bytes(digest) == DIGEST_LENGTH);
}

static void
row_digest(sqlite3_context *context, int count, sqlite3_value **values)
{
    unsigned char digest[PROOF_MARKED_LENGTH] = { 0 };

    if (count < 1 || !compute(context, count - 1, &values[1], digest))
        return;
    digest[DIGEST_LENGTH] = PROOF_MARK;
    sqlite3_result_blob(context, digest,
                        is_marked(values[0]) ? PROOF_MARKED_LENGTH
                                             : DIGEST_LENGTH,
                        SQLITE_TRANSIENT);
}

static void
row_proof(sqlite3_context *context, int count, sqlite3_value **values)
{
    unsigned char digest[DIGEST_LENGTH];
    enum proof proof = PROOF_BROKEN;

    if (count < 1 || !compute(context, count - 1, &values[1], digest))
        return;
    const bool marked = is_marked(values[0]);
    if (is_digest(values[0])
        && memcmp(sqlite3_value_blob(values[0]), digest, DIGEST_LENGTH) == 0)
        proof = marked ? PROOF_NONE : PROOF_HOLDS;
    sqlite3_result_int(context, proof);
}

static void
rows_step(sqlite3_context *context, int count, sqlite3_value **values)
{
    unsigned char digest[DIGEST_LENGTH];
    unsigned char *sum = sqlite3_aggregate_context(context, DIGEST_LENGTH);

    if (sum == NULL)
        sqlite3_result_error_nomem(context);
    else if (compute(context, count, values, digest))
        for (size_t i = 0; i < DIGEST_LENGTH; i++)
            sum[i] ^= digest[i];
}

static void
rows_end(sqlite3_context *context)
{
    static const unsigned char none[DIGEST_LENGTH];
    const unsigned char *sum = sqlite3_aggregate_context(context, 0);

    sqlite3_result_blob(context, sum != NULL ? sum : none, DIGEST_LENGTH,
                        SQLITE_TRANSIENT);
}

static void
release(void *digest)
{
    digest_free(digest);
}

int
proof_install(struct connection *connection, struct error *err)
{
    static const struct {
        const char *name;
        void (*call)(sqlite3_context *context, int count,
                     sqlite3_value **values);
        void (*step)(sqlite3_context *context, int count,
                     sqlite3_value **values);
        void (*end)(sqlite3_context *context);
    } functions[] = {
        { "row_digest", row_digest, NULL, NULL },
        { "row_proof", row_proof, NULL, NULL },
        { "rows_digest", NULL, rows_step, rows_end },
    };

    for (size_t i = 0; i < ARRAY_LENGTH(functions); i++) {
        /* SQLite releases it, also where it fails. */
        struct digest *digest = digest_new();
        if (digest == NULL)
            return error_set_memory(err);
        const int code = sqlite3_create_function_v2(
            connection->database, functions[i].name, -1,
            SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_DIRECTONLY, digest,
            functions[i].call, functions[i].step, functions[i].end, release);
        if (code != SQLITE_OK)
            return connection_fail(connection, code, err);
    }
    return 0;
}

enum proof
proof_of(struct statement *statement, int column)
{
    const int64_t proof = statement_integer(statement, column);

    return proof == PROOF_HOLDS || proof == PROOF_NONE ? (enum proof) proof
                                                       : PROOF_BROKEN;
}

/* Tables whose rows have an id, each with what its digest covers. */
static const struct {
    const char *noun, *columns;
} nouns[] = {
    { "run", PROOF_RUN },
    { "operation", PROOF_OPERATION },
    { "change", PROOF_CHANGE },
    { "test", PROOF_TEST },
};

const char *
proof_columns(const char *noun)
{
    for (size_t i = 0; i < ARRAY_LENGTH(nouns); i++)
        if (strcmp(nouns[i].noun, noun) == 0)
            return nouns[i].columns;
    return "NULL";
}

int
proof_renew(struct connection *connection, const char *noun, const char *id,
            struct error *err)
{
    AUTOSTATEMENT struct statement *statement = NULL;
    AUTOFREE char *sql = NULL;

    if (asprintf(&sql,
                 "UPDATE %s SET digest = row_digest(digest, %s) WHERE id = $1",
                 noun, proof_columns(noun))
        < 0) {
        sql = NULL;
        return error_set_memory(err);
    }
    if (statement_prepare(&statement, connection, sql, err) < 0)
        return -1;
    statement_bind_text(statement, id);
    return statement_run(statement, err);
}

int
proof_count(struct connection *connection, const char *noun, int64_t added,
            struct error *err)
{
    AUTOSTATEMENT struct statement *statement = NULL;

    if (statement_prepare(
            &statement, connection,
            "UPDATE ledger SET rows = rows + $1, digest = row_digest(digest, "
            "'ledger', noun, rows + $1) WHERE noun = $2 AND "
            "row_proof(digest, " PROOF_LEDGER ") > 0",
            err)
        < 0)
        return -1;
    statement_bind_integer(statement, added);
    statement_bind_text(statement, noun);
    return statement_run(statement, err);
}
