/* SPDX-License-Identifier: Apache-2.0 */
/* The lock under which the journal is written, and what an earlier process
 * left unfinished. */
#ifndef PIKET_CLI_FLOW_JOURNAL_RECOVERY_H
#define PIKET_CLI_FLOW_JOURNAL_RECOVERY_H

#include <stddef.h>

#include "base/error.h"
#include "cli/flow/check_flow.h"
#include "store/store.h"

/* Takes the journal's lock, saying whom is waited for, and finds out what
 * became of changes whose process ended early; says that, too. Signals have
 * their usual meaning meanwhile. The caller ends it with journal_unlock,
 * unless this fails. */
int journal_recovery_begin(struct store *store, struct check_flow *check_flow,
                           size_t *ret_settled, struct error *err);

#endif
