/* SPDX-License-Identifier: Apache-2.0 */
/* What tokens are for. */
#ifndef EMULATOR_ENTRA_AUDIENCE_H
#define EMULATOR_ENTRA_AUDIENCE_H

#include <stdbool.h>

/* Whether ARM takes tokens of this audience. */
bool audience_is_arm(const char *audience);

/* Whether tokens are issued for it at all. */
bool audience_is_known(const char *audience);

/* The audiences of ARM, ending with NULL, as its error message lists them. */
extern const char *const audience_arm[];

#endif
