/* SPDX-License-Identifier: Apache-2.0 */
/* Sample alerts that were to be raised on one subscription. */
#include "control/past/test_alert_sample.h"

static const char *const names[TEST_ALERT_SAMPLE_OUTCOME_COUNT] = {
    [TEST_ALERT_SAMPLE_RAISED] = "raised",
    [TEST_ALERT_SAMPLE_REFUSED] = "refused",
    [TEST_ALERT_SAMPLE_UNCERTAIN] = "uncertain",
    [TEST_ALERT_SAMPLE_NOT_SENT] = "not-sent",
};

const char *
test_alert_sample_outcome_name(enum test_alert_sample_outcome outcome)
{
    return names[outcome];
}
