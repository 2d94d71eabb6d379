/* SPDX-License-Identifier: Apache-2.0 */
/* A run's verdict in words. */
#include "report/report_verdict.h"

#include "base/translatable.h"

const char *
report_verdict_words(const struct run *run, const struct run_summary *summary)
{
    static const char *const verdicts[] = {
        [RUN_COMPLIANT] = N_("COMPLIANT"),
        [RUN_NON_COMPLIANT] = N_("NON-COMPLIANT"),
        [RUN_UNKNOWN] = N_("INCOMPLETE"),
    };

    if (summary->status == RUN_UNKNOWN && summary->non_compliant > 0)
        return run->interrupted ? N_("INTERRUPTED AND NON-COMPLIANT")
                                : N_("INCOMPLETE AND NON-COMPLIANT");
    return run->interrupted ? N_("INTERRUPTED") : verdicts[summary->status];
}
