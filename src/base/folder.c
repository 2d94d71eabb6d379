/* SPDX-License-Identifier: Apache-2.0 */
/* The folders that files lie in. */
#include "base/folder.h"

#include <errno.h>
#include <libgen.h>
#include <string.h>
#include <sys/stat.h>

#include "base/cleanup.h"

enum { FOLDER_MODE = 0700 };

char *
folder_of(const char *path)
{
    AUTOFREE char *copy = strdup(path);

    return copy != NULL ? strdup(dirname(copy)) : NULL;
}

static int
make_one(const char *folder, struct error *err)
{
    if (mkdir(folder, FOLDER_MODE) == 0 || errno == EEXIST)
        return 0;
    return error_set_errno(err, "make the folder %s", folder);
}

int
folder_create(const char *folder, struct error *err)
{
    AUTOFREE char *path = strdup(folder);

    if (path == NULL)
        return error_set_memory(err);
    for (char *end = *path != '\0' ? strchr(path + 1, '/') : NULL; end != NULL;
         end = strchr(end + 1, '/')) {
        *end = '\0';
        if (make_one(path, err) < 0)
            return -1;
        *end = '/';
    }
    return make_one(path, err);
}
