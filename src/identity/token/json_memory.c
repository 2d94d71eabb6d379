/* SPDX-License-Identifier: Apache-2.0 */
/* jansson holds tokens while their answers are parsed. */
#include "identity/token/json_memory.h"

#include <jansson.h>
#include <stdlib.h>

#include "base/secret.h"

void
json_memory_wipe(void)
{
    json_set_alloc_funcs(malloc, secret_release);
}
