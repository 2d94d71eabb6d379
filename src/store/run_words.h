/* SPDX-License-Identifier: Apache-2.0 */
/* Words about runs that are columns of the database. */
#ifndef PIKET_STORE_RUN_WORDS_H
#define PIKET_STORE_RUN_WORDS_H

#include "control/contact/reach.h"
#include "control/run/run.h"

/* As in reports, which have no word for where no alert can arise:
 * "not-applicable". */
const char *run_words_reach(enum reach reach);

/* Returns -1 for what is no such word; NULL is none. */
int run_words_read_reach(const char *word, enum reach *ret_reach);

/* The tenants by which runs are compared: the ids of those that were signed
 * in to, in lower case and sorted, with blanks between. Who delegates to them
 * may change from run to run. The caller frees it; NULL where memory ran
 * out. */
char *run_words_tenants(const struct run *run);

#endif
