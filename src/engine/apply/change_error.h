/* SPDX-License-Identifier: Apache-2.0 */
/* Why a change did not come about, in the terms of control/operation. */
#ifndef PIKET_ENGINE_APPLY_CHANGE_ERROR_H
#define PIKET_ENGINE_APPLY_CHANGE_ERROR_H

#include "azure/arm/arm_error.h"
#include "base/arena.h"
#include "control/contact/contact.h"

/* Our own codes, where ARM gave none. */
#define CHANGE_CODE_NOT_SHOWN "NotShown" /* what was there still is */
#define CHANGE_CODE_NOT_COMPLIANT                                          \
    "NotCompliant"                           /* as written, and not enough \
                                              */
#define CHANGE_CODE_VERSION "VersionChanged" /* answers in another one */
#define CHANGE_CODE_UNREGISTERED "NotRegistered"
#define CHANGE_CODE_NO_SESSION "NotSignedIn" /* to the tenant */
#define CHANGE_CODE_NOT_JOURNALLED "NotJournalled"
#define CHANGE_CODE_INTERNAL "Internal" /* of our own: memory */

/* All are made in the arena and never NULL: where memory runs out they say
 * that. */
const struct contact_error *change_error_copy(
    struct arena *arena, const struct contact_error *error);
const struct contact_error *change_error_from_arm(
    struct arena *arena, const struct arm_error *error);
const struct contact_error *change_error_make(struct arena *arena,
                                              const char *code,
                                              const char *format, ...)
    __attribute__((format(printf, 3, 4)));

#endif
