/* SPDX-License-Identifier: Apache-2.0 */
/* A store, and runs of the sample's subscriptions that are kept in it. */
#ifndef PIKET_TESTS_UNIT_STORE_RUN_FIXTURE_H
#define PIKET_TESTS_UNIT_STORE_RUN_FIXTURE_H

#include "store/run_store.h"
#include "unit/store/store_fixture.h"
#include "unit/unit.h"

/* Made by run_setup; a test may close the store and open it again. */
extern struct store *store;
extern struct arena *arena;

int run_setup(void **state);
int run_teardown(void **state);

/* Each fails the test where it fails. */
void save(const struct run *run);
struct run *load(const char *id);

/* A run on a day of November 2026, with the id of that day. */
struct run *run_of_day(int day);
void save_day(int day);

#endif
