/* SPDX-License-Identifier: Apache-2.0 */
/* By which session a tenant's subscriptions are read and written. */
#include "engine/session/tenant_access.h"

#include <stdlib.h>

#include "base/cleanup.h"
#include "base/text.h"

int
tenant_access_list_init(struct tenant_access_list *list,
                        struct session *const *sessions, size_t count,
                        struct error *err)
{
    *list = (struct tenant_access_list){
        .items = calloc(count, sizeof(*list->items)),
    };
    if (list->items == NULL && count > 0)
        return error_set_memory(err);
    for (size_t i = 0; i < count; i++) {
        struct tenant_access *access = &list->items[i];
        access->session = sessions[i];
        list->count++;
        if (contact_reader_new(&access->reader, session_arm(sessions[i]), err)
            < 0) {
            tenant_access_list_done(list);
            return -1;
        }
        contact_reader_keep_images(access->reader);
    }
    return 0;
}

void
tenant_access_list_done(struct tenant_access_list *list)
{
    for (size_t i = 0; i < list->count; i++)
        contact_reader_free(list->items[i].reader);
    free(list->items);
    *list = (struct tenant_access_list){ .items = NULL };
}

void
tenant_access_list_cancel(const struct tenant_access_list *list)
{
    for (size_t i = 0; i < list->count; i++)
        http_client_cancel(arm_client(session_arm(list->items[i].session)));
}

const struct tenant_access *
tenant_access_find(const struct tenant_access_list *list,
                   const char *tenant_id)
{
    const struct tenant_access *unknown = NULL;

    for (size_t i = 0; i < list->count; i++) {
        const struct tenant_access *access = &list->items[i];
        const char *wanted = session_tenant(access->session);
        AUTOFREE char *claim = session_claim(access->session, "tid");
        if (text_equal_ignoring_case(wanted, tenant_id)
            || text_equal_ignoring_case(claim, tenant_id))
            return access;
        /* A domain names a tenant whose id only the token tells. */
        if (unknown == NULL && !text_is_uuid(wanted) && claim == NULL)
            unknown = access;
    }
    return unknown;
}
