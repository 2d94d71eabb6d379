/* SPDX-License-Identifier: Apache-2.0 */
/* The subscriptions that ARM shows to the caller: those on which it has some
 * role. */
#ifndef PIKET_AZURE_RESOURCE_SUBSCRIPTION_LIST_H
#define PIKET_AZURE_RESOURCE_SUBSCRIPTION_LIST_H

#include "azure/arm/arm.h"
#include "base/arena.h"
#include "control/value/subscription.h"

/* Takes one subscription; its texts live in the arena given. Returns -1
 * with an error to end the listing. */
typedef int subscription_list_item(const struct subscription *subscription,
                                   void *data, struct error *err);

/* error is NULL where the listing was read to its end. strange counts the
 * elements that carry no usable id, and so cannot be read, and those that
 * stand twice in different states: never silently fewer. */
typedef void subscription_list_end(const struct arm_error *error,
                                   size_t strange, void *data);

/* Lists all pages with api-version 2022-12-01. Each id is delivered once,
 * though ARM may repeat a subscription across pages that change meanwhile.
 * on_end is called exactly once. */
int subscription_list(struct arm *arm, struct arena *arena,
                      subscription_list_item *on_item,
                      subscription_list_end *on_end, void *data,
                      struct error *err);

#endif
