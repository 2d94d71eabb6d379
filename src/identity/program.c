/* SPDX-License-Identifier: Apache-2.0 */
/* Where a program lies. */
#include "identity/program.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/cleanup.h"

static bool
is_program(const char *path)
{
    struct stat status;

    return stat(path, &status) == 0 && S_ISREG(status.st_mode)
           && access(path, X_OK) == 0;
}

char *
program_find(const char *name)
{
    const char *entry = getenv("PATH");

    if (entry == NULL)
        entry = "/usr/local/bin:/usr/bin:/bin";
    while (*entry != '\0') {
        const size_t length = strcspn(entry, ":");
        if (*entry == '/') {
            AUTOFREE char *path = NULL;
            if (asprintf(&path, "%.*s/%s", (int) length, entry, name) < 0) {
                path = NULL;
                return NULL;
            }
            if (is_program(path))
                return take_pointer(path);
        }
        entry += length;
        entry += *entry == ':';
    }
    return NULL;
}
