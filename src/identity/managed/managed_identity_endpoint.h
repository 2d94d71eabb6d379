/* SPDX-License-Identifier: Apache-2.0 */
/* Where a machine's identities are to be asked for. */
#ifndef PIKET_IDENTITY_MANAGED_MANAGED_IDENTITY_ENDPOINT_H
#define PIKET_IDENTITY_MANAGED_MANAGED_IDENTITY_ENDPOINT_H

#include <stdbool.h>

#include "base/error.h"

struct managed_identity_endpoint {
    char *url;          /* owned */
    const char *origin; /* the variable that names it; NULL: nobody did */
    const char *header; /* "Metadata": it keeps out who cannot set one */
    const char *value;  /* of that header, borrowed; often a secret */
};

/* Sets url and origin from a variable. Fails where it is neither http nor
 * https, names a user or has a fragment, or memory runs out; says which
 * variable. */
int managed_identity_endpoint_read(const char *variable,
                                   struct managed_identity_endpoint *endpoint,
                                   struct error *err);

/* Whether the service speaks plain http, as most of them do: it is on the
 * machine, or one hop away. */
bool managed_identity_endpoint_is_plain(
    const struct managed_identity_endpoint *endpoint);

void managed_identity_endpoint_done(
    struct managed_identity_endpoint *endpoint);

#endif
