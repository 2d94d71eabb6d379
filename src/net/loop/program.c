/* SPDX-License-Identifier: Apache-2.0 */
/* Where a program lies. */
#include "net/loop/program.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buffer.h"
#include "base/cleanup.h"
#include "base/log.h"
#include "net/loop/trusted_path.h"

/* The kernel lets no variable be longer. */
enum { PATH_CEILING = 128 * 1024 };

static const char *
path_variable(void)
{
    const char *path = getenv("PATH");

    return path != NULL ? path : "/usr/local/bin:/usr/bin:/bin";
}

static bool
is_program(const char *path)
{
    struct stat status;

    return stat(path, &status) == 0 && S_ISREG(status.st_mode)
           && access(path, X_OK) == 0;
}

/* The entry that begins here, with text behind it. An empty one is the
 * working directory. The caller frees it. NULL where memory runs out. */
static char *
entry_with(const char *entry, const char *text)
{
    const size_t length = strcspn(entry, ":");
    char *path;

    if (asprintf(&path, "%.*s/%s", length > 0 ? (int) length : 1,
                 length > 0 ? entry : ".", text)
        < 0)
        return NULL;
    return path;
}

static const char *
entry_next(const char *entry)
{
    entry += strcspn(entry, ":");
    return *entry == ':' ? entry + 1 : NULL;
}

static int
relative_refuse(const char *path, struct error *err)
{
    error_set(err, "only a relative entry of PATH has it (%s)", path);
    return error_advise(err, "write the whole path of its folder into PATH");
}

int
program_find(const char *name, char **ret_path, struct error *err)
{
    AUTOFREE char *relative = NULL;

    for (const char *entry = path_variable(); entry != NULL;
         entry = entry_next(entry)) {
        AUTOFREE char *path = entry_with(entry, name);
        if (path == NULL)
            return error_set_memory(err);
        if (!is_program(path))
            continue;
        if (*entry == '/') {
            if (trusted_path_check(path, err) < 0)
                return -1;
            *ret_path = take_pointer(path);
            return 0;
        }
        if (relative == NULL)
            relative = take_pointer(path);
    }
    if (relative != NULL)
        return relative_refuse(relative, err);
    *ret_path = NULL;
    return 0;
}

char *
program_path(void)
{
    AUTOBUFFER path = BUFFER_INIT(PATH_CEILING);

    for (const char *entry = path_variable(); entry != NULL;
         entry = entry_next(entry)) {
        AUTOERROR err = ERROR_INIT;
        AUTOFREE char *folder = entry_with(entry, "");
        if (folder == NULL)
            return NULL;
        if (*entry != '/' || access(folder, F_OK) < 0)
            continue;
        if (trusted_path_check(folder, &err) < 0)
            log_debug("PATH without %s: %s", folder, error_message(&err));
        else
            buffer_printf(&path, "%s%.*s", path.length > 0 ? ":" : "",
                          (int) strcspn(entry, ":"), entry);
    }
    return buffer_take(&path, NULL);
}
