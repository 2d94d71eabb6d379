/* SPDX-License-Identifier: Apache-2.0 */
/* Answers that repeat what they were sent: a refusal may quote the very
 * secret that it refuses, and refusals are shown. */
#ifndef PIKET_HTTP_ECHO_H
#define PIKET_HTTP_ECHO_H

#include "base/buffer.h"
#include "http/request.h"

/* Puts asterisks over each secret of the request that stands in the body:
 * the values of its own headers that trace.h hides, and of fields of a form
 * whose names end in secret, assertion, token or code (RFC 6749, 7521, 8628).
 * The token of authorize is the transfer's to hide. The length stays, so that
 * JSON stays JSON. A secret that is written in another way, such as in
 * base64, or is shorter than eight bytes, is not found. Returns -1 where
 * memory runs out, and the body is empty then. */
int echo_blank(struct buffer *body, const struct request *request);

#endif
