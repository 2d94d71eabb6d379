/* SPDX-License-Identifier: Apache-2.0 */
/* Any bytes as the document of --contact: what is read is fit to be
 * written. */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include "azure/contact/contact_template.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    struct arena *arena = arena_new();
    struct desired_contact desired;
    AUTOERROR err = ERROR_INIT;

    if (arena != NULL
        && contact_template_read((const char *) bytes, length, arena, &desired,
                                 &err)
               == 0
        && desired_contact_check(&desired, &err) < 0)
        abort();
    arena_free(arena);
    return 0;
}
