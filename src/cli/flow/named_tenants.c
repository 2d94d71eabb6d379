/* SPDX-License-Identifier: Apache-2.0 */
/* The tenants that somebody named. */
#include "cli/flow/named_tenants.h"

#include "base/text.h"
#include "cli/terminal/language_option.h"

bool
named_tenants_given(const struct naming *naming)
{
    return naming->azure->tenant_count > 0
           || naming->configuration->config.tenant != NULL;
}

int
named_tenants_demand(const struct naming *naming, struct error *err)
{
    if (named_tenants_given(naming))
        return 0;
    error_set(err, "%s",
              _("--apply writes only to a tenant that is named, and none "
                "is"));
    return error_advise(err, "%s",
                        _("name it: --tenant ID, or tenant: ID in "
                          "piket.yaml"));
}

int
named_tenants_agree(const struct naming *naming, struct error *err)
{
    const struct azure_options *azure = naming->azure;
    const char *own = naming->configuration->config.tenant;

    for (size_t i = 0; own != NULL && i < azure->tenant_count; i++) {
        const char *tenant = azure->tenants[i];
        if (!text_is_uuid(tenant) || text_equal_ignoring_case(tenant, own))
            continue;
        error_set(err, _("%s is for tenant %s, and --tenant names %s"),
                  naming->configuration->path, own, tenant);
        return error_advise(err, "%s",
                            _("give that tenant's own configuration: "
                              "--config"));
    }
    return 0;
}

static void
add_run_tenants(const struct run *run, const char **items,
                struct plan_texts *tenants)
{
    for (size_t i = 0; i < run->tenant_count; i++)
        if (!run->tenants[i].delegated && *run->tenants[i].id != '\0')
            items[tenants->count++] = run->tenants[i].id;
}

int
named_tenants_list(const struct naming *naming, struct arena *arena,
                   struct plan_texts *ret_tenants, struct error *err)
{
    const struct azure_options *azure = naming->azure;
    const struct run *run = naming->run;
    const char *own = naming->configuration->config.tenant;
    const size_t room =
        1 + azure->tenant_count + (run != NULL ? run->tenant_count : 0);
    const char **items = arena_allocate_array(arena, room, sizeof(*items));

    if (items == NULL)
        return error_set_memory(err);
    *ret_tenants = (struct plan_texts){ items, 0 };
    if (own != NULL) {
        items[ret_tenants->count++] = own;
        return 0;
    }
    /* Each of the run's was asked for, where any was. */
    if (run != NULL && (azure->tenant_count > 0 || !naming->writing)) {
        add_run_tenants(run, items, ret_tenants);
        return 0;
    }
    for (size_t i = 0; i < azure->tenant_count; i++)
        if (text_is_uuid(azure->tenants[i]))
            items[ret_tenants->count++] = azure->tenants[i];
    return 0;
}

static bool
is_named(const struct plan_texts *tenants, const char *id)
{
    for (size_t i = 0; i < tenants->count; i++)
        if (text_equal_ignoring_case(tenants->items[i], id))
            return true;
    return false;
}

int
named_tenants_cover(const struct plan_texts *tenants, const struct plan *plan,
                    struct error *err)
{
    for (size_t i = 0; i < plan->change_count; i++) {
        const char *id = plan->changes[i].subscription.tenant_id;
        if (is_named(tenants, id))
            continue;
        error_set(err, _("the plan changes tenant %s, which is not named"),
                  *id != '\0' ? id : "?");
        return error_advise(err, "%s",
                            _("name it by its id: --tenant ID, or tenant: ID "
                              "in piket.yaml"));
    }
    return 0;
}
