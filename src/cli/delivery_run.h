/* SPDX-License-Identifier: Apache-2.0 */
/* The way of a test of delivery: from the estate to sample alerts that are on
 * record. */
#ifndef PIKET_CLI_DELIVERY_RUN_H
#define PIKET_CLI_DELIVERY_RUN_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"
#include "cli/azure_options.h"
#include "cli/configuration.h"
#include "cli/store_options.h"
#include "control/delivery_test.h"
#include "report/delivery_report.h"

/* Borrowed. */
struct delivery_run {
    const struct azure_options *azure;
    struct configuration *configuration;
    const struct store_options *store;
    const char *const *bundles;
    size_t bundle_count;
    bool yes; /* nobody is asked */
    const struct delivery_format *format;
    const char *output; /* NULL or "-": stdout */
    bool no_colour;
    size_t rows;
};

/* Reads who is mailed for the subscriptions in scope, asks whether to go on,
 * has the alerts raised, and reports. Each step is on record before the next.
 * Returns the exit status, or -1 with an error. */
int delivery_run(const struct delivery_run *run, struct error *err);

/* Prints a test that is on record. */
int delivery_run_show(const struct delivery_run *run,
                      const struct delivery_test *test, struct error *err);

#endif
