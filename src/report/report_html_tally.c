/* SPDX-License-Identifier: Apache-2.0 */
/* How many subscriptions pass and fail each requirement. */
#include "report/report_html_tally.h"

#include <stdlib.h>

#include "base/cleanup.h"

struct report_html_tally *
report_html_tally(const struct run *run)
{
    struct report_html_tally *tallies =
        calloc(requirement_table_length, sizeof(*tallies));

    for (size_t i = 0; tallies != NULL && i < run->assessment_count; i++) {
        const struct assessment *assessment = &run->assessments[i];
        for (size_t j = 0; j < assessment->finding_count; j++) {
            const struct finding *finding = &assessment->findings[j];
            tallies[finding->requirement - requirement_table]
                .counts[finding->status]++;
        }
    }
    return tallies;
}

size_t
report_html_tally_total(const struct report_html_tally *tally)
{
    size_t total = 0;

    for (size_t i = 0; i < ARRAY_LENGTH(tally->counts); i++)
        total += tally->counts[i];
    return total;
}
