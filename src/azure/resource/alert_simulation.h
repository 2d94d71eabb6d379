/* SPDX-License-Identifier: Apache-2.0 */
/* Sample alerts of Defender for Cloud, by which a subscription's mail can be
 * tested: https://learn.microsoft.com/azure/defender-for-cloud/
 * alert-validation. They are alerts like others: shown in the portal, and
 * passed on to whatever is connected. */
#ifndef PIKET_AZURE_RESOURCE_ALERT_SIMULATION_H
#define PIKET_AZURE_RESOURCE_ALERT_SIMULATION_H

#include <stddef.h>

#include "azure/arm/arm.h"
#include "base/error.h"

/* The sets of sample alerts that 2022-01-01 knows, by Azure's names. */
extern const char *const alert_simulation_bundles[];
extern const size_t alert_simulation_bundles_length;

/* location is where they are raised, such as "westeurope"; NULL where none
 * could be found out. error is NULL where ARM took the request: that a mail
 * arrives no API says. Where arm_error_is_uncertain and a location was found,
 * they may have been raised all the same. Both are borrowed for the call. */
typedef void alert_simulation_done(const char *location,
                                   const struct arm_error *error, void *data);

/* Asks where the subscription's alerts are kept, then has the bundles raised
 * there. That is asked for once, and never again where it may have been
 * heard: each time is a set of alerts. subscription_id is a UUID; done is
 * called exactly once, from loop_run. */
int alert_simulation_raise(struct arm *arm, const char *subscription_id,
                           const char *const *bundles, size_t bundle_count,
                           alert_simulation_done *done, void *data,
                           struct error *err);

#endif
