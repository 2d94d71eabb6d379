/* SPDX-License-Identifier: Apache-2.0 */
/* How the subscriptions of a run stand to one control of a framework. */
#include "control/run/framework_tally.h"

#include <stdint.h>
#include <string.h>

#include "base/cleanup.h"
#include "control/requirement/requirement_table.h"

/* Best first; NONE is below all. */
enum rank {
    RANK_NONE,
    RANK_NOT_APPLICABLE,
    RANK_PASS,
    RANK_MUTED,
    RANK_UNKNOWN,
    RANK_FAIL,
    RANK_COUNT,
};

static const enum rank ranks[] = {
    [FINDING_PASS] = RANK_PASS,
    [FINDING_FAIL] = RANK_FAIL,
    [FINDING_MUTED] = RANK_MUTED,
    [FINDING_UNKNOWN] = RANK_UNKNOWN,
    [FINDING_NOT_APPLICABLE] = RANK_NOT_APPLICABLE,
};

/* One bit for each requirement of the control, so that 100,000 subscriptions
 * need no comparison of texts. */
static uint64_t
requirement_bits(const struct framework_control *control)
{
    uint64_t bits = 0;

    for (size_t i = 0; i < requirement_table_length; i++)
        if (framework_control_names(control, &requirement_table[i]))
            bits |= UINT64_C(1) << i;
    return bits;
}

static enum rank
worst(const struct assessment *assessment, uint64_t bits)
{
    enum rank rank = RANK_NONE;

    for (size_t i = 0; i < assessment->finding_count; i++) {
        const struct finding *finding = &assessment->findings[i];
        const size_t row = (size_t) (finding->requirement - requirement_table);
        if ((bits >> row & 1) != 0 && ranks[finding->status] > rank)
            rank = ranks[finding->status];
    }
    return rank;
}

struct framework_tally
framework_tally(const struct run *run, const struct framework_control *control)
{
    const uint64_t bits = requirement_bits(control);
    const size_t count = framework_tally_possible(run->profile, control)
                             ? run->assessment_count
                             : 0;
    size_t counts[RANK_COUNT] = { 0 };

    for (size_t i = 0; i < count; i++)
        counts[worst(&run->assessments[i], bits)]++;
    return (struct framework_tally){
        .pass = counts[RANK_PASS],
        .fail = counts[RANK_FAIL],
        .muted = counts[RANK_MUTED],
        .unknown = counts[RANK_UNKNOWN],
        .not_applicable = counts[RANK_NOT_APPLICABLE],
    };
}

bool
framework_tally_judged(const struct profile *profile, const char *requirement)
{
    for (size_t i = 0; profile->requirements[i] != NULL; i++)
        if (strcmp(profile->requirements[i], requirement) == 0)
            return true;
    return false;
}

bool
framework_tally_condition(const char *requirement)
{
    static const char *const conditions[] = {
        "contact-configured",
        "contact-enabled",
        "email-valid",
    };

    for (size_t i = 0; i < ARRAY_LENGTH(conditions); i++)
        if (strcmp(conditions[i], requirement) == 0)
            return true;
    return false;
}

bool
framework_tally_possible(const struct profile *profile,
                         const struct framework_control *control)
{
    for (size_t i = 0; control->requirements[i] != NULL; i++)
        if (!framework_tally_condition(control->requirements[i])
            && framework_tally_judged(profile, control->requirements[i]))
            return true;
    return false;
}
