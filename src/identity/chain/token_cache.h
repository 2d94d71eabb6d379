/* SPDX-License-Identifier: Apache-2.0 */
/* The token in use for one tenant and audience: fetched when first needed,
 * refreshed before it ends, replaced once when ARM refuses it. */
#ifndef PIKET_IDENTITY_CHAIN_TOKEN_CACHE_H
#define PIKET_IDENTITY_CHAIN_TOKEN_CACHE_H

#include <stdint.h>

#include "base/buffer.h"
#include "base/error.h"
#include "net/http/http_client.h"
#include "identity/chain/credential_chain.h"

struct token_cache;

/* Called from loop_run when a wait has ended, well or badly:
 * http_client_authorized. */
typedef void token_cache_ready(void *data);

/* chain and loop are borrowed, and outlive the cache. */
int token_cache_new(struct token_cache **ret_cache, struct loop *loop,
                    struct credential_chain *chain, token_cache_ready *ready,
                    void *data, struct error *err);

/* Wipes the token. NULL is allowed. */
void token_cache_free(struct token_cache *cache);

/* An http_authorize (data is the cache). Starts a refresh where one is due:
 * at the issuer's refresh time, else at the smaller of five minutes and half
 * the lifetime before the end; callers wait only when the token has really
 * ended. A refresh that fails is ignored while the old token lives, and
 * tried again 30 seconds later at the earliest. */
enum http_authorization token_cache_authorize(struct buffer *header,
                                              unsigned *ret_generation,
                                              void *data);

/* An http_rejected (data is the cache): drops the token if it is still the
 * one that was refused. The claims of a challenge go into the next request.
 * A static token is not replaced: what waits is refused. Where a credential
 * gives the refused token again, as az does from its cache, or several new
 * ones were refused in a row, the token stays, and the answer is about the
 * request.
 *
 * A token that other answers accepted is not lost by this: a static one
 * stays, and another comes back where the credential gives no new one, as az
 * cannot meet a challenge. One tenant's rules must not end a run over many
 * subscriptions. */
void token_cache_rejected(const struct http_response *response, void *data);

/* Tells the cache (data) of an answer that took the token; generation is
 * what authorize returned for it. Cheap. */
void token_cache_accepted(unsigned generation, void *data);

/* Why there is no token, with advice: NULL while there is hope. Borrowed. */
const struct error *token_cache_error(const struct token_cache *cache);

/* When the token ends, in milliseconds since 1970: INT64_MAX where nobody
 * said, 0 where there is no token. */
int64_t token_cache_expires_at(const struct token_cache *cache);

/* The token's claims for display, unverified: "tid", "appid", "oid", "upn"
 * and such. The caller frees it. NULL where there is no token, it is no JWT
 * or has no such text. */
char *token_cache_claim(const struct token_cache *cache, const char *name);

#endif
