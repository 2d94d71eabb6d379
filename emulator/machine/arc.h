/* SPDX-License-Identifier: Apache-2.0 */
/* The agent of Azure Arc, which makes who asks for a token read a file
 * first. */
#ifndef EMULATOR_MACHINE_ARC_H
#define EMULATOR_MACHINE_ARC_H

#include "base/error.h"
#include "server/exchange.h"

struct arc;

/* folder is where keys are written; NULL is the agent's own on Linux, where
 * clients are told to read them in any case. */
struct arc *arc_new(const char *folder, struct error *err);

/* Removes the key that nobody came for. NULL is allowed. */
void arc_free(struct arc *arc);

/* GET /arc/metadata/identity/oauth2/token. Without authorization: a new key
 * and 401. With it: the token, once for each key. */
void arc_token(struct exchange *exchange);

#endif
