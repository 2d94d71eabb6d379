/* SPDX-License-Identifier: Apache-2.0 */
/* The environment, as the Azure SDKs read it. */
#include "identity/variable.h"

#include <stdlib.h>

const char *
variable_get(const char *name)
{
    const char *value = getenv(name);

    return value != NULL && *value != '\0' ? value : NULL;
}
