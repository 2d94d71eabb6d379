/* SPDX-License-Identifier: Apache-2.0 */
/* The claims that ARM asks for in a 401 answer: Continuous Access Evaluation
 * and Conditional Access ("Claims challenges, claims requests and client
 * capabilities" of the Microsoft identity platform). */
#ifndef PIKET_IDENTITY_TOKEN_CLAIMS_CHALLENGE_H
#define PIKET_IDENTITY_TOKEN_CLAIMS_CHALLENGE_H

/* More would not fit into a token request that Entra accepts. */
enum { CLAIMS_CHALLENGE_CEILING = 16 * 1024 };

/* The claims in one WWW-Authenticate header (RFC 9110 11.6.1: a list of
 * challenges), decoded from base64: a JSON object as text, which the caller
 * frees. Only a Bearer challenge counts, whose error is insufficient_claims
 * or, as older services say, invalid_token. NULL where there is none, it
 * cannot be read, or memory runs out. header may be NULL. */
char *claims_challenge_read(const char *header);

#endif
