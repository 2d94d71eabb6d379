/* SPDX-License-Identifier: Apache-2.0 */
/* Which fault applies to a request. */
#include "fault/fault.h"

#include <fnmatch.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"

/* From 0 to below 1; xorshift64*, so that a seed repeats itself. */
static double
roll(struct faults *faults)
{
    uint64_t value = faults->dice;

    value ^= value >> 12;
    value ^= value << 25;
    value ^= value >> 27;
    faults->dice = value;
    return (double) ((value * 0x2545f4914f6cdd1dU) >> 11) / 9007199254740992.0;
}

/* Whether the path has the subscription as a segment. */
static bool
is_of_subscription(const char *path, const char *subscription)
{
    static const char prefix[] = "/subscriptions/";
    const size_t length = strlen(subscription);

    if (!text_starts_with_ignoring_case(path, prefix))
        return false;
    path += strlen(prefix);
    return text_starts_with_ignoring_case(path, subscription)
           && (path[length] == '\0' || path[length] == '/');
}

static bool
fits(const struct fault *fault, const struct fault_request *request)
{
    if (fault->subscription != NULL
        && !is_of_subscription(request->path, fault->subscription))
        return false;
    if (fault->path != NULL
        && fnmatch(fault->path, request->path, FNM_CASEFOLD) != 0)
        return false;
    if (fault->method != NULL
        && !text_equal_ignoring_case(fault->method, request->method))
        return false;
    return fault->api_version == NULL
           || text_equal_ignoring_case(fault->api_version,
                                       request->api_version);
}

struct fault *
faults_match(struct faults *faults, const struct fault_request *request)
{
    for (size_t i = 0; i < faults->count; i++) {
        struct fault *fault = &faults->items[i];
        if (!fits(fault, request))
            continue;
        if (fault->fitted++ < fault->after || fault->applied >= fault->first)
            continue;
        if (fault->chance < 1.0 && roll(faults) >= fault->chance)
            continue;
        fault->applied++;
        return fault;
    }
    return NULL;
}

void
faults_free(struct faults *faults)
{
    if (faults == NULL)
        return;
    json_decref(faults->root);
    arena_free(faults->arena);
    free(faults);
}
