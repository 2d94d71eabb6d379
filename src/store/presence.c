/* SPDX-License-Identifier: Apache-2.0 */
/* Whether the files at the store's path are still those that are open. */
#include "store/presence.h"

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/cleanup.h"
#include "store/sql/connection.h"
#include "store/sql/sql_limits.h"

static const char *const endings[PRESENCE_COUNT] = {
    [PRESENCE_DATABASE] = "",
    [PRESENCE_LOG] = "-wal",
    [PRESENCE_SHARED_MEMORY] = "-shm",
};

/* Says what has become of a file of the store. */
static int
vanished(struct error *err, const char *file, const char *what)
{
    error_set(err, "%s: %s while piket had it open", file, what);
    return error_advise(
        err, "what was sent since may not be on record: keep this message; "
             "put the store back as it was, and see what is left there with "
             "piket history");
}

static char *
name_of(const char *path, const char *ending)
{
    char *name = NULL;

    return asprintf(&name, "%s%s", path, ending) < 0 ? NULL : name;
}

static int
look(const char *name, struct presence_file *file, struct error *err)
{
    struct stat status;

    *file = (struct presence_file){ .exists = false };
    if (lstat(name, &status) < 0)
        return errno == ENOENT || errno == ENOTDIR
                   ? 0
                   : error_set_errno(err, "%s", name);
    *file = (struct presence_file){ true, status.st_dev, status.st_ino,
                                    status.st_size };
    return 0;
}

int
presence_note(struct presence *presence, const char *path, struct error *err)
{
    for (size_t i = 0; i < PRESENCE_COUNT; i++) {
        AUTOFREE char *name = name_of(path, endings[i]);
        if (name == NULL)
            return error_set_memory(err);
        if (look(name, &presence->files[i], err) < 0)
            return -1;
        if (!presence->files[i].exists)
            return vanished(err, name, "is not there any more");
    }
    return 0;
}

/* https://www.sqlite.org/walformat.html: how a log begins. SQLite holds no
 * lock on this file that opening it beside could end. */
static int
check_log(const char *name, const struct presence_file *noted,
          const struct presence_file *found, struct error *err)
{
    static const unsigned char magic[] = { 0x37, 0x7f, 0x06, 0x82 };
    unsigned char head[sizeof(magic)];

    /* SQLite itself cuts off only what exceeds its limit. */
    if (found->length < noted->length
        && noted->length <= CONNECTION_LOG_CEILING)
        return vanished(err, name, "was cut off");
    if (noted->length == 0)
        return 0;
    AUTOCLOSE const int descriptor =
        open(name, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
    if (descriptor < 0)
        return error_set_errno(err, "%s", name);
    if (pread(descriptor, head, sizeof(head), 0) != (ssize_t) sizeof(head)
        || memcmp(head, magic, sizeof(magic) - 1) != 0
        || (head[sizeof(magic) - 1] | 1) != (magic[sizeof(magic) - 1] | 1))
        return vanished(err, name, "was overwritten");
    return 0;
}

int
presence_check(const struct presence *presence, const char *path,
               struct error *err)
{
    for (size_t i = 0; i < PRESENCE_COUNT; i++) {
        AUTOFREE char *name = name_of(path, endings[i]);
        const struct presence_file *noted = &presence->files[i];
        struct presence_file found;
        if (name == NULL)
            return error_set_memory(err);
        if (look(name, &found, err) < 0)
            return -1;
        if (!found.exists)
            return vanished(err, name, "was removed or moved away");
        if (found.device != noted->device || found.inode != noted->inode)
            return vanished(err, name, "was replaced by another file");
        if (i == PRESENCE_LOG && check_log(name, noted, &found, err) < 0)
            return -1;
    }
    return 0;
}

int
presence_check_lock(int descriptor, const char *path, struct error *err)
{
    AUTOFREE char *name = name_of(path, ".lock");
    struct presence_file found;
    struct stat held;

    if (name == NULL)
        return error_set_memory(err);
    if (fstat(descriptor, &held) < 0)
        return error_set_errno(err, "%s", name);
    if (look(name, &found, err) < 0)
        return -1;
    if (found.exists && found.device == held.st_dev
        && found.inode == held.st_ino)
        return 0;
    return vanished(err, name,
                    found.exists ? "was replaced by another file"
                                 : "was removed or moved away");
}
