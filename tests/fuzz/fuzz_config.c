/* SPDX-License-Identifier: Apache-2.0 */
/* Any bytes as a configuration: read, and applied to every profile. */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include "control/config/config.h"
#include "control/config/config_parse.h"
#include "control/config/config_profile.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    struct arena *arena = arena_new();
    struct config config = CONFIG_INIT;
    AUTOERROR err = ERROR_INIT;

    if (arena != NULL
        && config_parse((const char *) bytes, length, "piket.yaml", arena,
                        &config, &err)
               == 0) {
        for (size_t i = 0; i < profile_table_length; i++) {
            const struct profile *profile = NULL;
            if (config_profile_make(&config, &profile_table[i], arena,
                                    &profile, &err)
                    == 0
                && profile->requirements[0] == NULL)
                abort();
        }
    } else if (arena != NULL && err.message == NULL) {
        abort();
    }
    arena_free(arena);
    return 0;
}
