/* SPDX-License-Identifier: Apache-2.0 */
/* What a person is asked for while signing in. */
#ifndef PIKET_CLI_OPTION_SIGN_IN_H
#define PIKET_CLI_OPTION_SIGN_IN_H

#include "identity/token/credential.h"

/* Says on stderr which page to open and which code to enter there. */
credential_show sign_in_show;

#endif
