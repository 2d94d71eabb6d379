/* SPDX-License-Identifier: Apache-2.0 */
/* Ids that are the same in every run. */
#include "report/report_uuid.h"

#include <string.h>
#include <uuid/uuid.h>

/* Drawn once; another one would make every finding a new one to those who
 * keep reports. */
static const char namespace[] = "0f3af1dc-2c38-461c-b41d-b20d99f6fdbc";

struct report_uuid
report_uuid(const char *const *names)
{
    struct report_uuid made;
    uuid_t id;

    /* Fails only where the text is no UUID. */
    (void) uuid_parse(namespace, id);
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
