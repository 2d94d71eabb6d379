/* SPDX-License-Identifier: Apache-2.0 */
/* Preloaded into a program, shows it another folder in the place of the one
 * where the agent of Azure Arc keeps its keys, which only root could make:
 * the one that PIKET_ARC_FOLDER names. */
#include <dlfcn.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define INTERPOSED __attribute__((visibility("default")))

static const char from[] = "/var/opt/azcmagent/tokens/";

typedef int open_function(const char *path, int flags, ...);

/* The name that open has with files of any size. */
INTERPOSED int
open64(const char *path, int flags, ...)
{
    const char *to = getenv("PIKET_ARC_FOLDER");
    char moved[4096];
    open_function *next;
    void *symbol = dlsym(RTLD_NEXT, "open64");
    va_list arguments;

    va_start(arguments, flags);
    const mode_t mode =
        (flags & (O_CREAT | O_TMPFILE)) != 0 ? va_arg(arguments, mode_t) : 0;
    va_end(arguments);
    memcpy(&next, &symbol, sizeof(next));
    if (to == NULL || strncmp(path, from, strlen(from)) != 0)
        return next(path, flags, mode);
    (void) snprintf(moved, sizeof(moved), "%s/%s", to, path + strlen(from));
    return next(moved, flags, mode);
}
