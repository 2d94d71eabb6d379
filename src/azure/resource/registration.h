/* SPDX-License-Identifier: Apache-2.0 */
/* Whether Microsoft.Security is registered in a subscription, and its
 * registration. */
#ifndef PIKET_AZURE_RESOURCE_REGISTRATION_H
#define PIKET_AZURE_RESOURCE_REGISTRATION_H

#include <stdbool.h>
#include <stdint.h>

#include "azure/arm/arm.h"

struct registration;

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

/* How long to wait for ARM, in milliseconds. */
struct registration_patience {
    int64_t first;   /* before the first look; doubles from look to look */
    int64_t longest; /* between two looks */
    int64_t total;   /* from the first answer on; no look begins after it */
};

/* A registration takes seconds as a rule, and minutes at times. */
#define REGISTRATION_PATIENCE_INIT                                  \
    {                                                               \
        .first = 1000, .longest = 15 * 1000, .total = 5 * 60 * 1000 \
    }

/* Registers it, which is a change in its own right: it turns on Defender's
 * free layer. Registering what is registered changes nothing, so that a lost
 * answer is asked for again. Then reads the state until it is no longer
 * Registering, or patience ends: state is the last one read, of which only
 * "Registered" is a success. Where error is not NULL, the registration may
 * have begun, as arm_error_is_uncertain has it; where state is "Registering"
 * beside it, it has, and only the state cannot be read. Returns what can be
 * cancelled until done is called, or NULL with an error; done is called
 * exactly once, and never for NULL. */
struct registration *registration_start(
    struct arm *arm, const char *subscription_id,
    const struct registration_patience *patience, registration_done *done,
    void *data, struct error *err);

/* Looks no further, and never calls done. Before the arm is freed. */
void registration_cancel(struct registration *registration);

/* Whether a state is "Registered", in any letter case; NULL is not. */
bool registration_is_complete(const char *state);

#endif
