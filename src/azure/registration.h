/* SPDX-License-Identifier: Apache-2.0 */
/* Whether Microsoft.Security is registered in a subscription. */
#ifndef PIKET_AZURE_REGISTRATION_H
#define PIKET_AZURE_REGISTRATION_H

#include "azure/arm.h"

/* state is ARM's word, such as "Registered", "NotRegistered", "Registering"
 * or "Unregistering", borrowed for the call; NULL where error says why there
 * is none. */
typedef void registration_done(const char *state,
                               const struct arm_error *error, void *data);

/* Reads the state with api-version 2022-09-01. It takes a role that may read
 * resource providers, which Security Reader does not have: whoever asks must
 * live with a 403. subscription_id is a UUID; done is called exactly
 * once. */
int registration_read(struct arm *arm, const char *subscription_id,
                      registration_done *done, void *data, struct error *err);

#endif
