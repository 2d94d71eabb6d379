/* SPDX-License-Identifier: Apache-2.0 */
/* Ids that are the same in every run. */
#include "report/json/report_uuid.h"

#include <string.h>
#include <uuid/uuid.h>

struct report_uuid
report_uuid(const char *const *names)
{
    struct report_uuid made;
    uuid_t id;

    /* Fails only where the text is no UUID. */
    (void) uuid_parse(REPORT_UUID_NAMESPACE, id);
    for (; *names != NULL; names++) {
        uuid_t within;
        uuid_copy(within, id);
        uuid_generate_sha1(id, within, *names, strlen(*names));
    }
    uuid_unparse_lower(id, made.text);
    return made;
}

struct report_uuid
report_uuid_finding(const char *kind, const struct subscription *subscription,
                    const struct requirement *requirement)
{
    return REPORT_UUID(kind, subscription->tenant_id, subscription->id,
                       requirement->id);
}

struct report_uuid
report_uuid_estate(const char *kind, const struct run *run)
{
    struct report_uuid id = REPORT_UUID(kind);

    for (size_t i = 0; i < run->tenant_count; i++)
        if (!run->tenants[i].delegated)
            id = REPORT_UUID(kind, id.text, run->tenants[i].id);
    return id;
}
