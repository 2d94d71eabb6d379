/* SPDX-License-Identifier: Apache-2.0 */
/* Where a machine's identities are to be asked for. */
#include "identity/managed/managed_identity_endpoint.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "net/http/url.h"
#include "identity/token/variable.h"

bool
managed_identity_endpoint_is_plain(
    const struct managed_identity_endpoint *endpoint)
{
    return text_starts_with_ignoring_case(endpoint->url, "http:");
}

int
managed_identity_endpoint_read(const char *variable,
                               struct managed_identity_endpoint *endpoint,
                               struct error *err)
{
    const char *url = variable_get(variable);

    if (url == NULL)
        return error_set(err, "%s is not set", variable);
    const bool plain = text_starts_with_ignoring_case(url, "http:");
    if (url_check(url, plain ? "http" : "https", err) < 0) {
        error_wrap(err, "%s", variable);
        return error_advise(err, "the platform sets it; see whether something "
                                 "else did");
    }
    char *copy = strdup(url);
    if (copy == NULL)
        return error_set_memory(err);
    endpoint->url = copy;
    endpoint->origin = variable;
    return 0;
}

void
managed_identity_endpoint_done(struct managed_identity_endpoint *endpoint)
{
    free(endpoint->url);
    *endpoint = (struct managed_identity_endpoint){ .url = NULL };
}
