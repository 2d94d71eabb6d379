/* SPDX-License-Identifier: Apache-2.0 */
/* How severe a requirement is, in words. */
#include "control/requirement/requirement.h"

#include "base/cleanup.h"

static const char *const severity_names[] = {
    [REQUIREMENT_LOW] = "low",
    [REQUIREMENT_MEDIUM] = "medium",
    [REQUIREMENT_HIGH] = "high",
};

const char *
requirement_severity_name(enum requirement_severity severity)
{
    return severity_names[severity];
}
