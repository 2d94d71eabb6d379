/* SPDX-License-Identifier: Apache-2.0 */
/* What an OpenID Connect issuer of a pipeline answers: bytes in, a token out.
 * Any bytes at all may be given. */
#ifndef PIKET_IDENTITY_FEDERATED_OIDC_ANSWER_H
#define PIKET_IDENTITY_FEDERATED_OIDC_ANSWER_H

#include <stddef.h>

#include "base/buffer.h"
#include "base/error.h"

/* As much as other clients take. */
enum { OIDC_ANSWER_CEILING = 1024 * 1024, OIDC_ANSWER_LINE_CEILING = 300 };

/* The JWT in the member of this name. The caller gives it to secret_free;
 * NULL where there is none. No error repeats a part of the answer. */
char *oidc_answer_parse(const char *bytes, size_t length, const char *member,
                        struct error *err);

/* Appends what a refusal says: its "message" where it is JSON that has one,
 * else its first line; printable, without what looks like a token, and cut
 * at the ceiling. Nothing where it says nothing. */
void oidc_answer_complaint(struct buffer *target, const char *bytes,
                           size_t length);

#endif
