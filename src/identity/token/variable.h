/* SPDX-License-Identifier: Apache-2.0 */
/* The environment, as the Azure SDKs read it. */
#ifndef PIKET_IDENTITY_TOKEN_VARIABLE_H
#define PIKET_IDENTITY_TOKEN_VARIABLE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"

/* The variable's value, NULL where it is unset or empty. Borrowed from the
 * environment. Credentials ask when a token is wanted, and nowhere else. */
const char *variable_get(const char *name);

/* Whether it begins or ends with a blank or a quotation mark, which no id and
 * no secret of Azure's does: files of variables often leave them there. NULL
 * is not. */
bool variable_is_wrapped(const char *value);

/* A variable, or what stands in its place, that a credential needs. */
struct variable {
    const char *name;
    const char *value; /* NULL where there is none */
};

/* Whether any of them is missing; err says which: "not set: A, B". */
bool variable_missing(const struct variable *variables, size_t count,
                      struct error *err);

#endif
