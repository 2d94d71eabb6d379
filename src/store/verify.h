/* SPDX-License-Identifier: Apache-2.0 */
/* Holds what the store has against its digests and counts. What is damaged is
 * an error, or noted: store_broken. */
#ifndef PIKET_STORE_VERIFY_H
#define PIKET_STORE_VERIFY_H

#include "base/error.h"
#include "store/store.h"

/* The rows of "run", "operation" or "test", each by itself, and how many there
 * are. Not through an index, which may be damaged, too. */
int verify_rows(struct store *store, const char *noun, struct error *err);

/* All operations, changes and residues. */
int verify_journal(struct store *store, struct error *err);

#endif
