/* SPDX-License-Identifier: Apache-2.0 */
/* The proof of a row: a SHA-256 over all its columns, in the row itself.
 *
 * It is made and held against the row within SQL, by functions that each
 * connection has:
 *
 *   row_digest(old, kind, column…)    the digest of a row of this kind. old is
 *                                     NULL, or the digest that the row had
 *                                     before: what was not proved stays so
 *   row_proof(digest, kind, column…)  enum proof
 *   rows_digest(kind, column…)        an aggregate over rows, each of which
 *                                     is different, in whatever order
 *
 * kind is the name of the table, and the row's ids are among the columns: the
 * digest of one row proves no other. */
#ifndef PIKET_STORE_SQL_PROOF_H
#define PIKET_STORE_SQL_PROOF_H

#include <stdint.h>

#include "base/error.h"

struct connection;
struct statement;

enum proof {
    PROOF_BROKEN, /* not the row that was written, or without a digest */
    PROOF_HOLDS,
    PROOF_NONE, /* from before there were digests; it holds since then */
};

/* Gives a connection these functions. */
int proof_install(struct connection *connection, struct error *err);

/* The columns of each table for row_digest and row_proof, behind old or
 * digest: its kind, then all that the digest covers. */
#define PROOF_RUN                                                           \
    "'run', number, id, started_at, finished_at, cloud, profile, tenants, " \
    "complete, interrupted, status, subscriptions, compliant, muted, "      \
    "non_compliant, unknown, not_applicable, reach_contact, reach_owners, " \
    "reach_nobody, reach_unknown, excluded, other_tenants, json, "          \
    "assessments"
#define PROOF_ASSESSMENT "'assessment', number, status, reach, failing, json"
#define PROOF_RUN_ASSESSMENT \
    "'run_assessment', position, subscription, assessment"
#define PROOF_OPERATION                                               \
    "'operation', number, id, kind, started_at, finished_at, cloud, " \
    "endpoint, profile, config, identity, reason, reverts, plan, changes"
#define PROOF_CHANGE                                                         \
    "'change', id, operation, subscription, subscription_name, tenant, "     \
    "action, version, reverts, journalled_at, finished_at, outcome, "        \
    "settled, request_id, error_status, error_code, error_message, "         \
    "error_request_id, before_version, before, body, after_version, after, " \
    "residues"
#define PROOF_RESIDUE "'residue', change, position, member, intended, actual"
#define PROOF_TEST                                                \
    "'test', number, id, started_at, cloud, endpoint, identity, " \
    "bundles, targets, addresses, confirmations"
#define PROOF_TEST_TARGET                                              \
    "'test_target', test, position, subscription, subscription_name, " \
    "tenant, reach, roles, outcome, location, error_status, "          \
    "error_code, error_message, error_request_id"
#define PROOF_TEST_ADDRESS "'test_address', test, target, position, address"
#define PROOF_TEST_CONFIRMATION \
    "'test_confirmation', test, address, confirmed_at"
#define PROOF_LEDGER "'ledger', noun, rows"

/* What row_proof gave as this column of the row. */
enum proof proof_of(struct statement *statement, int column);

/* Makes the digest of a row of "run", "operation", "change" or "test" anew, in
 * the transaction that has changed it. Whoever changes one holds it against
 * its digest before. */
int proof_renew(struct connection *connection, const char *noun,
                const char *id, struct error *err);

/* How many rows of "run", "operation" or "test" there are is a row of its
 * own, so that one that is missing is noticed. Adds to it, in the transaction
 * in which rows are added. A number that is damaged stays so. */
int proof_count(struct connection *connection, const char *noun, int64_t added,
                struct error *err);

/* What the digest of a row of "run", "operation", "change" or "test" covers,
 * as above. */
const char *proof_columns(const char *noun);

#endif
