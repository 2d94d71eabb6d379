/* SPDX-License-Identifier: Apache-2.0 */
/* Words about runs that are columns of the database. */
#ifndef PIKET_STORE_RUN_WORDS_H
#define PIKET_STORE_RUN_WORDS_H

#include "control/run.h"

/* Of a subscription in which no alert can arise; reports have no word. */
#define RUN_WORDS_NO_REACH "not-applicable"

/* The tenants by which runs are compared: the ids of those that were signed
 * in to, in lower case and sorted, with blanks between. Who delegates to them
 * may change from run to run. The caller frees it; NULL where memory ran
 * out. */
char *run_words_tenants(const struct run *run);

#endif
