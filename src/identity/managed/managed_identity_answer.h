/* SPDX-License-Identifier: Apache-2.0 */
/* The answer of a source that gives a token: bytes in, a token out. No input
 * and no output; any bytes at all may be given. */
#ifndef PIKET_IDENTITY_MANAGED_MANAGED_IDENTITY_ANSWER_H
#define PIKET_IDENTITY_MANAGED_MANAGED_IDENTITY_ANSWER_H

#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "identity/token/credential.h"
#include "identity/managed/managed_identity_id.h"
#include "identity/managed/managed_identity_source.h"

/* Reads the token. Where the source echoes, and an identity was chosen, the
 * answer must name that one: an agent that does not know how to choose would
 * give the token of another. A token that lives for more than two hours is to
 * be refreshed at half its life, where the answer does not say otherwise: so
 * do the SDKs, since the services renew theirs early and may fail for a
 * while. now is in milliseconds since 1970. The caller wipes ret_token. */
int managed_identity_answer_read(const struct managed_identity_source *source,
                                 const struct managed_identity_id *id,
                                 const char *bytes, size_t length, int64_t now,
                                 struct access_token *ret_token,
                                 struct error *err);

/* Whether the token is of this tenant (an id or a domain; NULL: any), as far
 * as it says: the platform knows one tenant only. */
int managed_identity_answer_check_tenant(const struct access_token *token,
                                         const char *tenant,
                                         struct error *err);

#endif
