/* SPDX-License-Identifier: Apache-2.0 */
/* A store whose journal is locked, and what is journalled in it. */
#ifndef PIKET_TESTS_UNIT_STORE_JOURNAL_FIXTURE_H
#define PIKET_TESTS_UNIT_STORE_JOURNAL_FIXTURE_H

#include "store/journal.h"
#include "unit/store/store_fixture.h"
#include "unit/unit.h"

#define TENANT "7c0ffee0-0000-4000-8000-00000000abcd"
#define FIRST "4b2f0c1e-0000-4000-8000-000000000001"
#define SECOND "4b2f0c1e-0000-4000-8000-000000000002"

/* Images as Azure sends them: one that is not even text, no bytes at all, and
 * an object. */
extern const struct contact_snapshot before, nothing, after;

extern const struct operation remediation, reversal;

/* Made by journal_setup; a test may close the store and open it again. */
extern struct store *store;
extern struct arena *arena;

int journal_setup(void **state);
int journal_teardown(void **state);

/* A change of the remediation, from before. */
struct change new_change(const char *subscription, enum plan_action action);

/* Each fails the test where it fails. */
void begin(const struct operation *operation);
void record(struct change *change);
void complete(const struct change *change, const struct change_result *result);

/* The changes that the filter lets through, of which there are so many. */
struct change *changes(const struct journal_filter *filter, size_t expected);

void assert_image(const struct contact_snapshot *actual,
                  const struct contact_snapshot *expected);

#endif
