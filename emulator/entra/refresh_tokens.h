/* SPDX-License-Identifier: Apache-2.0 */
/* Refresh tokens: opaque texts that stand for a person's sign-in. As in
 * Entra, each use gives a new one, and the old one stays good. */
#ifndef EMULATOR_ENTRA_REFRESH_TOKENS_H
#define EMULATOR_ENTRA_REFRESH_TOKENS_H

#include "estate/estate.h"

enum { REFRESH_TOKEN_SIZE = 72 };

struct refresh_token {
    char value[REFRESH_TOKEN_SIZE]; /* "" where the slot is free */
    char client[40];                /* who may use it */
    const struct tenant *tenant;    /* of the estate */
};

struct refresh_tokens;

/* NULL where memory runs out. */
struct refresh_tokens *refresh_tokens_new(void);
void refresh_tokens_free(struct refresh_tokens *tokens);

/* Makes a new one; the oldest of many is forgotten. Borrowed. */
const struct refresh_token *refresh_tokens_issue(struct refresh_tokens *tokens,
                                                 const struct tenant *tenant,
                                                 const char *client);

/* NULL where there is none. */
const struct refresh_token *refresh_tokens_find(
    const struct refresh_tokens *tokens, const char *value);

#endif
