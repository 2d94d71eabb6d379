/* SPDX-License-Identifier: Apache-2.0 */
/* The roles of an estate file: what the caller may do in a subscription. */
#ifndef EMULATOR_ESTATE_ROLE_H
#define EMULATOR_ESTATE_ROLE_H

#include <jansson.h>

#include "base/buffer.h"
#include "base/error.h"
#include "estate/estate.h"

/* Reads "roles" of the subscription at path; values may be NULL. */
int estate_roles_read(struct estate *estate, struct subscription *subscription,
                      json_t *values, const char *path, struct error *err);

/* Appends the member, where there are roles. */
void estate_roles_write(const struct subscription *subscription,
                        struct buffer *target);

#endif
