/* SPDX-License-Identifier: Apache-2.0 */
/* Where the database lies, and whose it is. */
#include "store/sql/store_file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#include "base/cleanup.h"
#include "base/file.h"
#include "base/folder.h"
#include "base/place.h"

enum {
    STORE_FILE_MODE = 0600,
    STORE_FILE_OTHERS = S_IRWXG | S_IRWXO,
    /* https://www.sqlite.org/walformat.html: the byte of the -shm file that
     * is locked by whoever writes. */
    STORE_FILE_WRITE_LOCK = 120,
};

static const char lock_ending[] = ".lock";
static const char shared_memory_ending[] = "-shm";

/* The path with an ending, which the caller frees; NULL where memory runs
 * out. */
static char *
beside(const char *path, const char *ending)
{
    char *whole = NULL;

    return asprintf(&whole, "%s%s", path, ending) < 0 ? NULL : whole;
}

static int
check_folder(const char *folder, struct error *err)
{
    struct stat status;

    if (stat(folder, &status) < 0)
        return error_set_errno(err, "%s", folder);
    if (!S_ISDIR(status.st_mode))
        return error_set(err, "%s: is not a folder", folder);
    if (status.st_uid != geteuid() && status.st_uid != 0) {
        error_set(err, "%s: belongs to another user (number %u)", folder,
                  (unsigned) status.st_uid);
        return error_advise(err, "name a file in a folder of your own with "
                                 "--store");
    }
    if ((status.st_mode & (S_IWGRP | S_IWOTH)) == 0)
        return 0;
    error_set(err, "%s: other users can write in it (mode %04o)", folder,
              (unsigned) status.st_mode & 07777U);
    return error_advise(err, "name a file in a folder of its own with "
                             "--store; piket makes it");
}

static int
check_status(const struct stat *status, const char *path, struct error *err)
{
    if (S_ISDIR(status->st_mode)) {
        error_set(err, "%s: is a folder", path);
        return error_advise(err, "name a file in it, such as %s/piket.db",
                            path);
    }
    if (S_ISLNK(status->st_mode)) {
        error_set(err, "%s: is a symbolic link", path);
        return error_advise(err, "name the file that it leads to");
    }
    if (!S_ISREG(status->st_mode))
        return error_set(err, "%s: is not a regular file", path);
    if (status->st_uid != geteuid()) {
        error_set(err, "%s: belongs to another user (number %u)", path,
                  (unsigned) status->st_uid);
        return error_advise(err, "name a file of your own with --store");
    }
    if ((status->st_mode & STORE_FILE_OTHERS) == 0)
        return 0;
    error_set(err, "%s: is open to other users (mode %04o)", path,
              (unsigned) status->st_mode & 07777U);
    return error_advise(err,
                        "where it is a store, make sure that nobody has "
                        "changed it, then run chmod %o %s",
                        (unsigned) STORE_FILE_MODE, path);
}

/* Looked at, never opened: to close a file that SQLite has open, too, would
 * drop this process's locks on it. */
static int
check_file(const char *path, bool *ret_exists, struct error *err)
{
    struct stat status;

    *ret_exists = lstat(path, &status) == 0;
    if (!*ret_exists)
        return errno == ENOENT ? 0 : error_set_errno(err, "%s", path);
    return check_status(&status, path, err);
}

static int
check_beside(const char *path, struct error *err)
{
    static const char *const endings[] = { "-journal", "-wal",
                                           shared_memory_ending, lock_ending };

    for (size_t i = 0; i < ARRAY_LENGTH(endings); i++) {
        AUTOFREE char *other = beside(path, endings[i]);
        bool exists = false;
        if (other == NULL)
            return error_set_memory(err);
        if (check_file(other, &exists, err) < 0)
            return -1;
    }
    return 0;
}

/* Nobody else has a say in where the path leads, as far as it is there: so
 * it leads there still when SQLite opens it. */
static int
check_way(const char *path, struct error *err)
{
    AUTOPLACE place;

    if (place_find(&place, path, PLACE_CREATE) < 0 && errno == ENOMEM)
        return error_set_memory(err);
    if (place.doubt.message == NULL)
        return 0;
    error_move(err, &place.doubt);
    return error_wrap(err, "%s", path);
}

int
store_file_check(const char *path, bool *ret_exists, struct error *err)
{
    AUTOFREE char *folder = folder_of(path);
    bool exists = false;

    if (folder == NULL)
        return error_set_memory(err);
    if (check_file(path, &exists, err) < 0)
        return -1;
    if (access(folder, F_OK) == 0
        && (check_folder(folder, err) < 0 || check_beside(path, err) < 0))
        return -1;
    if (check_way(path, err) < 0)
        return -1;
    *ret_exists = exists;
    return 0;
}

int
store_file_make(const char *path, struct error *err)
{
    AUTOFREE char *folder = folder_of(path);
    bool exists = false;

    if (folder == NULL)
        return error_set_memory(err);
    if (access(folder, F_OK) < 0 && check_way(path, err) < 0)
        return -1;
    if (folder_create(folder, err) < 0)
        return error_advise(err, "name a file in a folder that you may make "
                                 "with --store");
    if (store_file_check(path, &exists, err) < 0)
        return -1;
    if (exists)
        return 0;
    AUTOCLOSE int descriptor = -1;
    AUTOERROR failure = ERROR_INIT;
    if (file_create_empty(path, STORE_FILE_MODE, &descriptor, &failure) == 0)
        return 0;
    /* Another process may be the first. */
    if (store_file_check(path, &exists, err) < 0)
        return -1;
    if (exists)
        return 0;
    error_move(err, &failure);
    return error_advise(err, "name a file that you may make with --store");
}

int
store_file_resolve(const char *path, char **ret_path, struct error *err)
{
    char *resolved = realpath(path, NULL);

    if (resolved == NULL)
        return error_set_errno(err, "%s", path);
    *ret_path = resolved;
    return 0;
}

int
store_file_open_lock(const char *path, int *ret_descriptor, struct error *err)
{
    AUTOFREE char *lock = beside(path, lock_ending);
    bool exists = false;

    if (lock == NULL)
        return error_set_memory(err);
    if (check_way(path, err) < 0 || check_file(lock, &exists, err) < 0)
        return -1;
    const int descriptor =
        open(lock, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, STORE_FILE_MODE);
    if (descriptor < 0)
        return error_set_errno(err, "%s", lock);
    *ret_descriptor = descriptor;
    return 0;
}

/* Whether a line of /proc/locks is of the byte that a writer locks:
 * "3: POSIX  ADVISORY  WRITE 1234 08:01:5678 120 120". */
static bool
line_names_writer(const char *line, const struct stat *status,
                  long *ret_process)
{
    unsigned long inode = 0, start = 0, end = 0;
    unsigned major_number = 0, minor_number = 0;
    long process = 0;

    if (sscanf(line, "%*d: POSIX ADVISORY WRITE %ld %x:%x:%lu %lu %lu",
               &process, &major_number, &minor_number, &inode, &start, &end)
        != 6)
        return false;
    if (inode != status->st_ino || major_number != major(status->st_dev)
        || minor_number != minor(status->st_dev)
        || start > STORE_FILE_WRITE_LOCK || end < STORE_FILE_WRITE_LOCK)
        return false;
    *ret_process = process;
    return true;
}

long
store_file_writer(const char *path)
{
    AUTOFREE char *shared = beside(path, shared_memory_ending);
    CLEANUP(cleanup_fclose) FILE *locks = fopen("/proc/locks", "re");
    struct stat status;
    char line[256];
    long process = 0;

    if (shared == NULL || locks == NULL || stat(shared, &status) < 0)
        return 0;
    while (fgets(line, sizeof(line), locks) != NULL)
        if (line_names_writer(line, &status, &process))
            return process;
    return 0;
}
