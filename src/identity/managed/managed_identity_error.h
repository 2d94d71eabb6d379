/* SPDX-License-Identifier: Apache-2.0 */
/* Why a source gave no token, for people. */
#ifndef PIKET_IDENTITY_MANAGED_MANAGED_IDENTITY_ERROR_H
#define PIKET_IDENTITY_MANAGED_MANAGED_IDENTITY_ERROR_H

#include <stddef.h>

#include "base/buffer.h"
#include "base/error.h"
#include "net/http/http_client.h"
#include "identity/managed/managed_identity_endpoint.h"
#include "identity/managed/managed_identity_id.h"
#include "identity/managed/managed_identity_source.h"

/* Appends what the body of a refusal says: error_description, message or
 * error, also within an object named error; one printable line without
 * secrets. Nothing where it says nothing. Any bytes may be given. Returns 0,
 * or -1 where memory runs out. */
int managed_identity_error_read(struct buffer *target, const char *bytes,
                                size_t length);

/* Says in err why an answer that is no 200 brought no token, or why there
 * was no answer, with what to do. Returns -1. */
int managed_identity_error_explain(
    const struct managed_identity_source *source,
    const struct managed_identity_endpoint *endpoint,
    const struct managed_identity_id *id, const struct http_response *response,
    struct error *err);

#endif
