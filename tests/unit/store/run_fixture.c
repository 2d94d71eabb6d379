/* SPDX-License-Identifier: Apache-2.0 */
/* A store, and runs of the sample's subscriptions that are kept in it. */
#include "unit/store/run_fixture.h"

#include "store/store.h"
#include "unit/report/sample_run.h"

struct store *store;
struct arena *arena;

int
run_setup(void **state)
{
    if (fixture_setup(state) < 0)
        return -1;
    arena = arena_new();
    store = fixture_open(STORE_WRITE);
    return 0;
}

int
run_teardown(void **state)
{
    store_close(store);
    store = NULL;
    arena_free(arena);
    return fixture_teardown(state);
}

void
save(const struct run *run)
{
    EXPECT_DONE(run_store_save(store, run, NULL, &done_err));
}

struct run *
load(const char *id)
{
    struct run *run = NULL;

    EXPECT_DONE(run_store_load(store, id, &run, &done_err));
    return run;
}

struct run *
run_of_day(int day)
{
    struct run *run = sample_run_new(profile_default());

    run->started_at += (day - 22) * INT64_C(86400000);
    run->id = arena_printf(run->arena, "2026-11-%02dT09:14:07Z-3f9a", day);
    assert_non_null(run->id);
    return run;
}

void
save_day(int day)
{
    struct run *run = run_of_day(day);

    save(run);
    run_free(run);
}
