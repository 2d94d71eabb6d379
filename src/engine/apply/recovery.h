/* SPDX-License-Identifier: Apache-2.0 */
/* Finds out what became of changes whose process was killed: by reading what
 * is there now, never by sending anything again. */
#ifndef PIKET_ENGINE_APPLY_RECOVERY_H
#define PIKET_ENGINE_APPLY_RECOVERY_H

#include <stddef.h>

#include "base/error.h"
#include "engine/session/session.h"
#include "net/loop/loop.h"
#include "store/store.h"

/* Settles each unfinished change of the store, whose journal is locked, that
 * belongs to one of these sessions' tenants and endpoints: DONE where what was
 * intended is there; NOT_SENT where all is as before, but UNVERIFIED while its
 * request may still be on its way in Azure; DIFFERENT where there is something
 * else; UNVERIFIED where the two cannot be compared. What cannot be read stays
 * unfinished. Journals what it finds. ret_left counts the unfinished ones that
 * stay. */
int recovery_run(struct store *store, struct session *const *sessions,
                 size_t session_count, struct loop *loop, size_t *ret_settled,
                 size_t *ret_left, struct error *err);

#endif
