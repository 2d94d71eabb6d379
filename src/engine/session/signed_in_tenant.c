/* SPDX-License-Identifier: Apache-2.0 */
/* Which tenant is signed in to. */
#include "engine/session/signed_in_tenant.h"

#include <stdlib.h>
#include <string.h>

#include "base/cleanup.h"
#include "base/text.h"

int
signed_in_tenant_learn(struct signed_in_tenant *signed_in_tenant,
                       const struct session *session,
                       const struct subscription *first, struct run *run,
                       struct error *err)
{
    const char *wanted = session_tenant(session);
    AUTOFREE char *claim = session_claim(session, "tid");
    const char *id = text_is_uuid(claim)    ? claim
                     : text_is_uuid(wanted) ? wanted
                     : first != NULL        ? first->tenant_id
                                            : "";

    signed_in_tenant->known = true;
    signed_in_tenant->id = strdup(id);
    if (signed_in_tenant->id == NULL)
        return error_set_memory(err);
    if (wanted == NULL)
        return 0;
    if (text_is_uuid(wanted))
        signed_in_tenant->only = wanted;
    else if (text_is_uuid(claim))
        signed_in_tenant->only = signed_in_tenant->id;
    else
        return run_add_note(run,
                            "--tenant: the token does not say of which tenant "
                            "it is, so that subscriptions of other tenants "
                            "were not left out",
                            err);
    return 0;
}

bool
signed_in_tenant_takes(const struct signed_in_tenant *signed_in_tenant,
                       const struct subscription *subscription)
{
    return signed_in_tenant->only == NULL || *subscription->tenant_id == '\0'
           || text_equal_ignoring_case(subscription->tenant_id,
                                       signed_in_tenant->only);
}

void
signed_in_tenant_done(struct signed_in_tenant *signed_in_tenant)
{
    free(signed_in_tenant->id);
    *signed_in_tenant = (struct signed_in_tenant){ .id = NULL };
}
