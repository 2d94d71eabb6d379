/* SPDX-License-Identifier: Apache-2.0 */
/* The form of a token request, as all endpoints that give tokens and device
 * codes read it. */
#ifndef EMULATOR_ENTRA_TOKEN_FORM_H
#define EMULATOR_ENTRA_TOKEN_FORM_H

#include <stdbool.h>

#include "entra/form.h"
#include "estate/estate.h"
#include "server/exchange.h"

/* The form in the request's body. Where it returns false, it has answered. */
bool token_form_read(struct exchange *exchange, struct form *form);

/* The resource that the form wants a token for: resource, or scope. NULL
 * where it has answered. */
const char *token_form_audience(struct exchange *exchange,
                                const struct form *form,
                                const struct tenant *tenant);

#endif
