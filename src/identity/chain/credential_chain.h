/* SPDX-License-Identifier: Apache-2.0 */
/* Tries credentials in order, as the SDKs' ChainedTokenCredential does: an
 * unavailable one is passed over, a refused one ends the attempt (tools of
 * developers excepted), and the first that succeeds is kept for good. */
#ifndef PIKET_IDENTITY_CHAIN_CREDENTIAL_CHAIN_H
#define PIKET_IDENTITY_CHAIN_CREDENTIAL_CHAIN_H

#include <stddef.h>

#include "base/error.h"
#include "identity/token/credential.h"

struct credential_chain;

/* context is copied member by member; its texts and loop are borrowed. */
int credential_chain_new(struct credential_chain **ret_chain,
                         const struct credential_type *const *types,
                         size_t count,
                         const struct credential_context *context,
                         struct error *err);

/* Drops a request under way without an answer. NULL is allowed. Not to be
 * called from an answer, which a credential may still be busy giving. */
void credential_chain_free(struct credential_chain *chain);

/* As credential_type.request. Where all failed, the error has one line for
 * each credential tried, "Name: why", and the advice what to do. */
void credential_chain_request(struct credential_chain *chain,
                              const char *claims, credential_answer *answer,
                              void *data);

/* Drops a request under way without an answer. */
void credential_chain_cancel(struct credential_chain *chain);

/* The kind that succeeded, NULL before that. */
const struct credential_type *credential_chain_chosen(
    const struct credential_chain *chain);

/* The kind at this index of the types given, NULL past the last. */
const struct credential_type *credential_chain_type(
    const struct credential_chain *chain, size_t index);

/* Why an earlier credential was passed over: the reason of the one at this
 * index of the types given, NULL where it was not tried. Borrowed. */
const char *credential_chain_reason(const struct credential_chain *chain,
                                    size_t index);

#endif
