/* SPDX-License-Identifier: Apache-2.0 */
/* Which tenant is signed in to. */
#include "engine/tenancy.h"

#include <stdlib.h>
#include <string.h>

#include "base/cleanup.h"
#include "base/text.h"

int
tenancy_learn(struct tenancy *tenancy, const struct session *session,
              const struct subscription *first, struct run *run,
              struct error *err)
{
    const char *wanted = session_tenant(session);
    AUTOFREE char *claim = session_claim(session, "tid");
    const char *id = text_is_uuid(claim)    ? claim
                     : text_is_uuid(wanted) ? wanted
                     : first != NULL        ? first->tenant_id
                                            : "";

    tenancy->known = true;
    tenancy->id = strdup(id);
    if (tenancy->id == NULL)
        return error_set_memory(err);
    if (wanted == NULL)
        return 0;
    if (text_is_uuid(wanted))
        tenancy->only = wanted;
    else if (text_is_uuid(claim))
        tenancy->only = tenancy->id;
    else
        return run_add_note(run,
                            "--tenant: the token does not say of which tenant "
                            "it is, so that subscriptions of other tenants "
                            "were not left out",
                            err);
    return 0;
}

bool
tenancy_takes(const struct tenancy *tenancy,
              const struct subscription *subscription)
{
    return tenancy->only == NULL || *subscription->tenant_id == '\0'
           || text_equal_ignoring_case(subscription->tenant_id, tenancy->only);
}

void
tenancy_done(struct tenancy *tenancy)
{
    free(tenancy->id);
    *tenancy = (struct tenancy){ .id = NULL };
}
