/* SPDX-License-Identifier: Apache-2.0 */
/* The environment, as the Azure SDKs read it. */
#ifndef PIKET_IDENTITY_VARIABLE_H
#define PIKET_IDENTITY_VARIABLE_H

/* The variable's value, NULL where it is unset or empty. Borrowed from the
 * environment. Credentials ask when a token is wanted, and nowhere else. */
const char *variable_get(const char *name);

#endif
