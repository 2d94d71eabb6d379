/* SPDX-License-Identifier: Apache-2.0 */
/* Sample alerts that were to be raised on one subscription. */
#include "control/sample_alert.h"

static const char *const names[SAMPLE_ALERT_OUTCOME_COUNT] = {
    [SAMPLE_ALERT_RAISED] = "raised",
    [SAMPLE_ALERT_REFUSED] = "refused",
    [SAMPLE_ALERT_UNCERTAIN] = "uncertain",
    [SAMPLE_ALERT_NOT_SENT] = "not-sent",
};

const char *
sample_alert_outcome_name(enum sample_alert_outcome outcome)
{
    return names[outcome];
}
