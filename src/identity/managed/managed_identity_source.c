/* SPDX-License-Identifier: Apache-2.0 */
/* The sources of tokens for a machine's identities. */
#include "identity/managed/managed_identity_source.h"

#include "base/cleanup.h"

/* Some variables mean one thing alone and another beside others: the rows
 * that need more of them come first. */
static const struct managed_identity_source *const sources[] = {
    &service_fabric_source, &app_service_source, &machine_learning_source,
    &cloud_shell_source,    &arc_source,
};

const struct managed_identity_source *
managed_identity_source_detect(void)
{
    for (size_t i = 0; i < ARRAY_LENGTH(sources); i++)
        if (sources[i]->detect())
            return sources[i];
    return &imds_source;
}
