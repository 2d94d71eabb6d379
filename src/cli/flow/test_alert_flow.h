/* SPDX-License-Identifier: Apache-2.0 */
/* The way of a test of delivery: from the estate to sample alerts that are on
 * record. */
#ifndef PIKET_CLI_FLOW_TEST_ALERT_FLOW_H
#define PIKET_CLI_FLOW_TEST_ALERT_FLOW_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"
#include "cli/option/azure_options.h"
#include "cli/config/configuration.h"
#include "cli/option/store_options.h"
#include "control/past/test_alert.h"
#include "report/history/test_alert_report.h"

/* Borrowed. */
struct test_alert_flow {
    const struct azure_options *azure;
    struct configuration *configuration;
    const struct store_options *store;
    const char *const *bundles;
    size_t bundle_count;
    bool yes; /* nobody is asked */
    const struct test_alert_format *format;
    const char *output; /* NULL or "-": stdout */
    bool no_colour;
    size_t rows;
};

/* Reads who is mailed for the subscriptions in scope, asks whether to go on,
 * has the alerts raised, and reports. Each step is on record before the next.
 * Returns the exit status, or -1 with an error. */
int test_alert_flow(const struct test_alert_flow *run, struct error *err);

/* Prints a test that is on record. */
int test_alert_flow_show(const struct test_alert_flow *run,
                         const struct test_alert *test, struct error *err);

#endif
