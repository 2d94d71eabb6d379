/* SPDX-License-Identifier: Apache-2.0 */
/* What ARM's refusals say about a subscription's contacts. */
#ifndef PIKET_AZURE_CONTACT_CONTACT_REFUSAL_H
#define PIKET_AZURE_CONTACT_CONTACT_REFUSAL_H

#include <stdbool.h>

#include "azure/arm/arm_error.h"

/* Microsoft.Security is not registered: by the provider on a GET, or by ARM
 * itself. */
bool contact_refusal_means_unregistered(const struct arm_error *error);

/* The provider's own 404 for a contact that does not exist: its code is the
 * text "404" (prowler 3373). */
bool contact_refusal_means_absent(const struct arm_error *error);

/* This API version is not served. */
bool contact_refusal_means_version(const struct arm_error *error);

#endif
