/* SPDX-License-Identifier: Apache-2.0 */
/* A folder of a test's own, with a store in it. */
#ifndef PIKET_TESTS_UNIT_STORE_STORE_FIXTURE_H
#define PIKET_TESTS_UNIT_STORE_STORE_FIXTURE_H

#include <stddef.h>

#include "base/error.h"
#include "store/store.h"

/* For cmocka: makes the folder, and removes it with all that is in it. */
int fixture_setup(void **state);
int fixture_teardown(void **state);

/* The path of something in the folder; borrowed until the eighth call after
 * it. */
const char *fixture_path(const char *name);

/* "state/piket.db", in a folder that is not there yet. */
const char *fixture_store(void);

/* Opens it, or fails the test. */
struct store *fixture_open(enum store_access access);

/* Fails the test where opening the path does not fail with these words, and
 * this advice. */
void fixture_refuses(const char *path, enum store_access access,
                     const char *words, const char *advice);

/* Runs SQL on the database, as another program would, or fails the test. */
void fixture_execute(const char *path, const char *sql);

/* The number that SQL gives. */
long long fixture_number(const char *path, const char *sql);

/* The text that it gives; the caller frees it. */
char *fixture_text(const char *path, const char *sql);

/* Overwrites bytes of a file. */
void fixture_overwrite(const char *path, long offset, const void *bytes,
                       size_t length);

/* Runs what a child is to do, as nobody where as_nobody and this is root, and
 * returns its wait status. The child ends with the number that is returned. */
int fixture_child(int (*act)(void *data), void *data, int as_nobody);

/* Fails the test where a call, which gives its error to done_err, fails. */
#define EXPECT_DONE(call_)                                        \
    do {                                                          \
        AUTOERROR done_err = ERROR_INIT;                          \
        if ((call_) < 0)                                          \
            fail_msg("%s: %s", #call_, error_message(&done_err)); \
    } while (0)

#endif
