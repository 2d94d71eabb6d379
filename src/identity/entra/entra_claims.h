/* SPDX-License-Identifier: Apache-2.0 */
/* The claims parameter of a token request. */
#ifndef PIKET_IDENTITY_ENTRA_ENTRA_CLAIMS_H
#define PIKET_IDENTITY_ENTRA_ENTRA_CLAIMS_H

#include "base/error.h"

/* What a client says that answers claims challenges (capability CP1 of
 * "Claims challenges, claims requests and client capabilities"), together
 * with the claims of a challenge, a JSON object, or NULL. Where both name
 * the same thing, the challenge prevails. The caller frees the text. */
char *entra_claims_make(const char *challenge, struct error *err);

#endif
