/* SPDX-License-Identifier: Apache-2.0 */
/* Answers that repeat what they were sent: a refusal may quote the very
 * secret that it refuses, and refusals are shown. */
#ifndef PIKET_NET_HTTP_ECHO_H
#define PIKET_NET_HTTP_ECHO_H

#include <stdbool.h>

#include "base/buffer.h"
#include "net/http/request.h"

/* Puts asterisks over the token of an authorization ("Bearer eyJ…", "" where
 * there is none) wherever it stands in the body. The length stays, so that
 * JSON stays JSON. Nothing that answers has a reason to repeat it, whatever
 * its status. */
void echo_blank_token(struct buffer *body, const char *authorization);

/* Whether the text holds that token. */
bool echo_has_token(const char *text, const char *authorization);

/* Puts asterisks over each other secret of the request in the same way: the
 * values of its own headers that trace.h hides, and of fields of a form whose
 * names end in secret, assertion, token or code (RFC 6749, 7521, 8628). For
 * refusals only: an answer may give a refresh token that it was sent. A secret
 * that is written in another way, such as in base64, or is shorter than eight
 * bytes, is not found. Returns -1 where memory runs out, and the body is empty
 * then. */
int echo_blank(struct buffer *body, const struct request *request);

#endif
