/* SPDX-License-Identifier: Apache-2.0 */
/* The question for a token, in the words of a source. */
#ifndef PIKET_IDENTITY_MANAGED_MANAGED_IDENTITY_REQUEST_H
#define PIKET_IDENTITY_MANAGED_MANAGED_IDENTITY_REQUEST_H

#include "base/buffer.h"
#include "base/error.h"
#include "identity/managed/managed_identity_endpoint.h"
#include "identity/managed/managed_identity_id.h"
#include "identity/managed/managed_identity_source.h"

enum {
    /* An endpoint, an audience and a resource id, percent-encoded. */
    MANAGED_IDENTITY_URL_CEILING = 16 * 1024,
    MANAGED_IDENTITY_HEADER_CEILING = 16 * 1024,
};

struct managed_identity_request {
    struct buffer url;
    struct buffer header; /* a whole line; a secret */
    struct buffer form;   /* empty for a GET */
};

#define MANAGED_IDENTITY_REQUEST_INIT                                  \
    {                                                                  \
        .url = BUFFER_INIT(MANAGED_IDENTITY_URL_CEILING),              \
        .header = BUFFER_SECRET_INIT(MANAGED_IDENTITY_HEADER_CEILING), \
        .form = BUFFER_SECRET_INIT(MANAGED_IDENTITY_URL_CEILING),      \
    }

/* Asks for this identity's token for the audience. An identity that cannot
 * be chosen at this source is an error: leaving it out would sign in as
 * another. request is empty before; the caller releases it either way. */
int managed_identity_request_make(
    struct managed_identity_request *request,
    const struct managed_identity_source *source,
    const struct managed_identity_endpoint *endpoint,
    const struct managed_identity_id *id, const char *audience,
    struct error *err);

void managed_identity_request_done(struct managed_identity_request *request);

#endif
