/* SPDX-License-Identifier: Apache-2.0 */
/* All kinds of credential, in the chain's order. */
#ifndef PIKET_IDENTITY_CHAIN_CREDENTIAL_TABLE_H
#define PIKET_IDENTITY_CHAIN_CREDENTIAL_TABLE_H

#include <stddef.h>

#include "base/error.h"
#include "identity/token/credential.h"

extern const struct credential_type *const credential_table[];
extern const size_t credential_table_length;

/* The kind that a person named, in any case and with or without the ending
 * "Credential". Returns NULL with an error that lists the names and the
 * nearest, or says that one of the SDKs' is not supported yet; origin is the
 * option or variable it came from. */
const struct credential_type *credential_by_name(const char *name,
                                                 const char *origin,
                                                 struct error *err);

/* Which kinds to try, in order, for --credential (name, or NULL) and
 * AZURE_TOKEN_CREDENTIALS (selection, or NULL): prod, dev, a name, or
 * nothing for the whole chain. ret_types has room for
 * credential_table_length. Fails where either word is unknown. */
int credential_select(const char *name, const char *selection,
                      const struct credential_type **ret_types,
                      size_t *ret_count, struct error *err);

#endif
