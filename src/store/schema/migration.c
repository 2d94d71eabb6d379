/* SPDX-License-Identifier: Apache-2.0 */
/* The database's schema, and the steps that lead to it. */
#include "store/schema/migration.h"

#include <stdio.h>

#include "base/cleanup.h"
#include "store/sql/connection.h"
#include "store/sql/proof.h"

/* A file that says so in its head is piket's: "pikt". */
enum { MIGRATION_APPLICATION = 0x70696b74 };

/* Each step as it was released; a later one alters what it left. Times are
 * milliseconds since 1970, enumerations the words of reports. */
static const char *const steps[] = {
    /* What does not change from one run to the next, nearly everything, is
     * one row of assessment, which run_assessment refers to; a foreign key
     * would need another index, and each row of it. */
    "CREATE TABLE run ("
    "  number INTEGER PRIMARY KEY,"
    "  id TEXT NOT NULL UNIQUE,"
    "  started_at INTEGER NOT NULL,"
    "  finished_at INTEGER NOT NULL,"
    "  cloud TEXT NOT NULL,"
    "  profile TEXT NOT NULL,"
    "  tenants TEXT NOT NULL,"
    "  complete INTEGER NOT NULL,"
    "  interrupted INTEGER NOT NULL,"
    "  status TEXT NOT NULL,"
    "  subscriptions INTEGER NOT NULL,"
    "  compliant INTEGER NOT NULL,"
    "  muted INTEGER NOT NULL,"
    "  non_compliant INTEGER NOT NULL,"
    "  unknown INTEGER NOT NULL,"
    "  not_applicable INTEGER NOT NULL,"
    "  reach_contact INTEGER NOT NULL,"
    "  reach_owners INTEGER NOT NULL,"
    "  reach_nobody INTEGER NOT NULL,"
    "  reach_unknown INTEGER NOT NULL,"
    "  excluded INTEGER NOT NULL,"
    "  other_tenants INTEGER NOT NULL,"
    "  json TEXT NOT NULL"
    ") STRICT;"
    "CREATE INDEX run_started_at ON run (started_at);"
    "CREATE TABLE assessment ("
    "  number INTEGER PRIMARY KEY,"
    "  status TEXT NOT NULL,"
    "  reach TEXT NOT NULL,"
    "  failing TEXT NOT NULL,"
    "  json TEXT NOT NULL"
    ") STRICT;"
    "CREATE TABLE run_assessment ("
    "  run INTEGER NOT NULL REFERENCES run (number),"
    "  position INTEGER NOT NULL,"
    "  subscription TEXT NOT NULL,"
    "  assessment INTEGER NOT NULL,"
    "  PRIMARY KEY (run, position)"
    ") STRICT, WITHOUT ROWID;"
    "CREATE INDEX run_assessment_subscription"
    "  ON run_assessment (subscription, run, assessment);"
    /* The journal. What was there and what is there now are Azure's bytes,
     * as they came. Ids are never used again. */
    "CREATE TABLE operation ("
    "  number INTEGER PRIMARY KEY AUTOINCREMENT,"
    "  id TEXT NOT NULL UNIQUE,"
    "  kind TEXT NOT NULL,"
    "  started_at INTEGER NOT NULL,"
    "  finished_at INTEGER NOT NULL,"
    "  cloud TEXT NOT NULL,"
    "  endpoint TEXT NOT NULL,"
    "  profile TEXT NOT NULL,"
    "  config TEXT,"
    "  identity TEXT,"
    "  reason TEXT,"
    "  reverts TEXT,"
    "  plan TEXT"
    ") STRICT;"
    "CREATE TABLE change ("
    "  id INTEGER PRIMARY KEY AUTOINCREMENT,"
    "  operation TEXT NOT NULL REFERENCES operation (id),"
    "  subscription TEXT NOT NULL,"
    "  subscription_name TEXT NOT NULL,"
    "  tenant TEXT NOT NULL,"
    "  action TEXT NOT NULL,"
    "  version TEXT NOT NULL,"
    "  reverts INTEGER NOT NULL,"
    "  journalled_at INTEGER NOT NULL,"
    "  finished_at INTEGER NOT NULL,"
    "  outcome TEXT NOT NULL,"
    "  settled INTEGER NOT NULL,"
    "  request_id TEXT,"
    "  error_status INTEGER,"
    "  error_code TEXT,"
    "  error_message TEXT,"
    "  error_request_id TEXT,"
    "  before_version TEXT,"
    "  before BLOB,"
    "  body TEXT,"
    "  after_version TEXT,"
    "  after BLOB"
    ") STRICT;"
    "CREATE INDEX change_operation ON change (operation, outcome);"
    "CREATE INDEX change_subscription ON change (subscription);"
    "CREATE INDEX change_pending ON change (id) WHERE outcome = 'pending';"
    "CREATE TABLE residue ("
    "  change INTEGER NOT NULL REFERENCES change (id),"
    "  position INTEGER NOT NULL,"
    "  member TEXT NOT NULL,"
    "  intended TEXT,"
    "  actual TEXT,"
    "  PRIMARY KEY (change, position)"
    ") STRICT, WITHOUT ROWID;",
    /* Tests of whether alerts reach somebody. */
    "CREATE TABLE test ("
    "  number INTEGER PRIMARY KEY AUTOINCREMENT,"
    "  id TEXT NOT NULL UNIQUE,"
    "  started_at INTEGER NOT NULL,"
    "  cloud TEXT NOT NULL,"
    "  endpoint TEXT NOT NULL,"
    "  identity TEXT,"
    "  bundles TEXT NOT NULL"
    ") STRICT;"
    "CREATE TABLE test_target ("
    "  test TEXT NOT NULL REFERENCES test (id),"
    "  position INTEGER NOT NULL,"
    "  subscription TEXT NOT NULL,"
    "  subscription_name TEXT NOT NULL,"
    "  tenant TEXT NOT NULL,"
    "  reach TEXT NOT NULL,"
    "  roles INTEGER NOT NULL,"
    "  outcome TEXT NOT NULL,"
    "  location TEXT,"
    "  error_status INTEGER,"
    "  error_code TEXT,"
    "  error_message TEXT,"
    "  error_request_id TEXT,"
    "  PRIMARY KEY (test, position)"
    ") STRICT, WITHOUT ROWID;"
    "CREATE TABLE test_address ("
    "  test TEXT NOT NULL REFERENCES test (id),"
    "  target INTEGER NOT NULL,"
    "  position INTEGER NOT NULL,"
    "  address TEXT NOT NULL,"
    "  PRIMARY KEY (test, target, position)"
    ") STRICT, WITHOUT ROWID;"
    "CREATE TABLE test_confirmation ("
    "  test TEXT NOT NULL REFERENCES test (id),"
    "  address TEXT NOT NULL COLLATE NOCASE,"
    "  confirmed_at INTEGER NOT NULL,"
    "  PRIMARY KEY (test, address)"
    ") STRICT, WITHOUT ROWID;",
    /* Each row has its proof (store/proof.h), and what has rows below it
     * counts them. What is there already has none: it is marked so, and what
     * changes from here on is seen all the same. */
    "CREATE TABLE ledger ("
    "  noun TEXT PRIMARY KEY,"
    "  rows INTEGER NOT NULL,"
    "  digest BLOB"
    ") STRICT, WITHOUT ROWID;"
    "INSERT INTO ledger (noun, rows) SELECT 'run', count(*) FROM run;"
    "INSERT INTO ledger (noun, rows) SELECT 'operation', count(*) FROM "
    "operation;"
    "INSERT INTO ledger (noun, rows) SELECT 'test', count(*) FROM test;"
    "UPDATE ledger SET digest = row_digest(NULL, " PROOF_LEDGER ");"
    "ALTER TABLE run ADD COLUMN assessments BLOB;"
    "ALTER TABLE run ADD COLUMN digest BLOB;"
    "UPDATE run SET assessments = (SELECT rows_digest(" PROOF_RUN_ASSESSMENT
    ") FROM run_assessment WHERE run_assessment.run = run.number);"
    "UPDATE run SET digest = row_digest(zeroblob(33), " PROOF_RUN ");"
    "ALTER TABLE assessment ADD COLUMN digest BLOB;"
    "UPDATE assessment SET digest = row_digest(zeroblob(33), " PROOF_ASSESSMENT
    ");"
    "ALTER TABLE operation ADD COLUMN changes INTEGER;"
    "ALTER TABLE operation ADD COLUMN digest BLOB;"
    "UPDATE operation SET changes = (SELECT count(*) FROM change WHERE "
    "change.operation = operation.id);"
    "UPDATE operation SET digest = row_digest(zeroblob(33), " PROOF_OPERATION
    ");"
    "ALTER TABLE change ADD COLUMN residues INTEGER;"
    "ALTER TABLE change ADD COLUMN digest BLOB;"
    "UPDATE change SET residues = (SELECT count(*) FROM residue WHERE "
    "residue.change = change.id);"
    "UPDATE change SET digest = row_digest(zeroblob(33), " PROOF_CHANGE ");"
    "ALTER TABLE residue ADD COLUMN digest BLOB;"
    "UPDATE residue SET digest = row_digest(zeroblob(33), " PROOF_RESIDUE ");"
    "ALTER TABLE test ADD COLUMN targets INTEGER;"
    "ALTER TABLE test ADD COLUMN addresses INTEGER;"
    "ALTER TABLE test ADD COLUMN confirmations INTEGER;"
    "ALTER TABLE test ADD COLUMN digest BLOB;"
    "UPDATE test SET targets = (SELECT count(*) FROM test_target WHERE "
    "test_target.test = test.id), addresses = (SELECT count(*) FROM "
    "test_address WHERE test_address.test = test.id), confirmations = "
    "(SELECT count(*) FROM test_confirmation WHERE test_confirmation.test = "
    "test.id);"
    "UPDATE test SET digest = row_digest(zeroblob(33), " PROOF_TEST ");"
    "ALTER TABLE test_target ADD COLUMN digest BLOB;"
    "UPDATE test_target SET digest = "
    "row_digest(zeroblob(33), " PROOF_TEST_TARGET ");"
    "ALTER TABLE test_address ADD COLUMN digest BLOB;"
    "UPDATE test_address SET digest = "
    "row_digest(zeroblob(33), " PROOF_TEST_ADDRESS ");"
    "ALTER TABLE test_confirmation ADD COLUMN digest BLOB;"
    "UPDATE test_confirmation SET digest = "
    "row_digest(zeroblob(33), " PROOF_TEST_CONFIRMATION ");",
};

static const int64_t newest = ARRAY_LENGTH(steps);

static int
refuse_foreign(const char *path, struct error *err)
{
    error_set(err, "%s: is a database of something else than piket", path);
    return error_advise(err, "name another file with --store");
}

/* How many steps the database has taken. */
static int
read_version(struct connection *connection, const char *path,
             int64_t *ret_version, struct error *err)
{
    int64_t application = 0, version = 0, objects = 0;

    if (connection_number(connection, "PRAGMA application_id", &application,
                          err)
            < 0
        || connection_number(connection, "PRAGMA user_version", &version, err)
               < 0
        || connection_number(connection, "SELECT count(*) FROM sqlite_schema",
                             &objects, err)
               < 0)
        return -1;
    /* One that was begun and never made is empty. */
    if (application != MIGRATION_APPLICATION
        && (application != 0 || version != 0 || objects != 0))
        return refuse_foreign(path, err);
    if (version < 0 || version > newest) {
        error_set(err,
                  "%s: was made by a newer piket (schema %lld; this one knows "
                  "%lld)",
                  path, (long long) version, (long long) newest);
        return error_advise(err, "use that piket, or name another file with "
                                 "--store");
    }
    *ret_version = version;
    return 0;
}

static int
take_steps(struct connection *connection, const char *path, struct error *err)
{
    int64_t version = 0;
    char marks[128];

    /* Read once more: another process may have been the first. */
    if (read_version(connection, path, &version, err) < 0)
        return -1;
    for (; version < newest; version++)
        if (connection_execute(connection, steps[version], err) < 0)
            return error_wrap(err, "step %lld of the schema",
                              (long long) version + 1);
    (void) snprintf(marks, sizeof(marks),
                    "PRAGMA application_id = %d; PRAGMA user_version = %lld",
                    MIGRATION_APPLICATION, (long long) newest);
    return connection_execute(connection, marks, err);
}

/* read_version as of one moment: another process may be making the database
 * meanwhile, and half of it before and half after would be somebody
 * else's. */
static int
read_version_at_once(struct connection *connection, const char *path,
                     int64_t *ret_version, struct error *err)
{
    if (connection_begin_reading(connection, err) < 0)
        return -1;
    return connection_end(
        connection, read_version(connection, path, ret_version, err), err);
}

int
migration_run(struct connection *connection, const char *path,
              struct error *err)
{
    int64_t version = 0;

    if (read_version_at_once(connection, path, &version, err) < 0)
        return -1;
    if (version == newest)
        return 0;
    if (connection_begin(connection, err) < 0)
        return -1;
    return connection_end(connection, take_steps(connection, path, err), err);
}

int
migration_check(struct connection *connection, const char *path,
                struct error *err)
{
    int64_t version = 0;

    if (read_version_at_once(connection, path, &version, err) < 0)
        return -1;
    if (version == newest)
        return 0;
    if (version == 0) {
        error_set(err, "%s: is still being made, or never was to its end",
                  path);
        return error_advise(err, "try again; the next piket check makes it "
                                 "whole");
    }
    error_set(err,
              "%s: was made by an older piket (schema %lld; this one reads "
              "%lld)",
              path, (long long) version, (long long) newest);
    return error_advise(err, "the next piket check brings it up to date");
}
