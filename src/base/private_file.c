/* SPDX-License-Identifier: Apache-2.0 */
/* Files that hold secrets. */
#include "base/private_file.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/cleanup.h"
#include "base/file.h"
#include "base/folder.h"
#include "base/place.h"
#include "base/random.h"

enum {
    PRIVATE_FILE_MODE = 0600,
    PRIVATE_FILE_LEFTOVER_AGE = 60, /* seconds; a write takes none */
};

/* Whether only this user can read and write what has this status. */
static int
status_check(const struct stat *status, const char *path, struct error *err)
{
    if (status->st_uid != geteuid()) {
        error_set(err, "%s: belongs to another user (number %u)", path,
                  (unsigned) status->st_uid);
        return error_advise(err, "what holds secrets must be yours: name a "
                                 "file in a folder of your own");
    }
    if ((status->st_mode & (S_IRWXG | S_IRWXO)) == 0)
        return 0;
    error_set(err, "%s: is open to other users (mode %04o)", path,
              (unsigned) status->st_mode & 07777U);
    /* Others may need a folder that is open to them: to close /tmp, as root,
     * would break the machine. */
    if (S_ISDIR(status->st_mode))
        return error_advise(err, "name a file in a folder of its own, such as "
                                 "~/.cache/piket/tokens.json; piket makes it");
    return error_advise(err,
                        "run chmod %o %s, or name a file in a folder of its "
                        "own",
                        (unsigned) PRIVATE_FILE_MODE, path);
}

/* *ret_exists tells whether it is there; where it is, it is checked. */
static int
folder_check(const char *folder, bool *ret_exists, struct error *err)
{
    struct stat status;

    *ret_exists = stat(folder, &status) == 0;
    if (!*ret_exists)
        return errno == ENOENT ? 0 : error_set_errno(err, "%s", folder);
    if (!S_ISDIR(status.st_mode))
        return error_set(err, "%s: is not a folder", folder);
    return status_check(&status, folder, err);
}

/* Opens and checks the file. *ret_descriptor is -1 where there is none. */
static int
file_open(const struct place *place, const char *path, int *ret_descriptor,
          struct error *err)
{
    AUTOCLOSE int descriptor = place_open(place, O_RDONLY | O_NONBLOCK, 0);
    struct stat status;

    if (descriptor < 0 && errno == ENOENT)
        return 0;
    if (descriptor < 0 && errno == ELOOP) {
        error_set(err, "%s: is a symbolic link", path);
        return error_advise(err, "name the file that it leads to");
    }
    if (descriptor < 0 || fstat(descriptor, &status) < 0)
        return error_set_errno(err, "%s", path);
    if (!S_ISREG(status.st_mode)) {
        error_set(err, "%s: is not a regular file", path);
        return error_advise(err, "name a file, not a folder or a device");
    }
    if (status_check(&status, path, err) < 0)
        return -1;
    *ret_descriptor = descriptor;
    descriptor = -1;
    return 0;
}

/* The same, with the folder first, and then the way to it. */
static int
place_check(const char *path, const char *folder, int *ret_descriptor,
            bool *ret_folder_exists, struct error *err)
{
    AUTOPLACE place = PLACE_INIT;

    *ret_descriptor = -1;
    if (folder == NULL)
        return error_set_memory(err);
    if (folder_check(folder, ret_folder_exists, err) < 0)
        return -1;
    const int found = place_find(&place, path, PLACE_CREATE);
    if (found < 0 && *ret_folder_exists)
        return error_set_errno(err, "%s", path);
    if (*ret_folder_exists && file_open(&place, path, ret_descriptor, err) < 0)
        return -1;
    if (place.doubt.message == NULL)
        return 0;
    if (*ret_descriptor >= 0)
        (void) close(*ret_descriptor);
    *ret_descriptor = -1;
    error_move(err, &place.doubt);
    return error_wrap(err, "%s", path);
}

int
private_file_read(const char *path, struct buffer *target, bool *ret_exists,
                  struct error *err)
{
    AUTOFREE char *folder = folder_of(path);
    AUTOCLOSE int descriptor = -1;
    bool folder_exists = false;

    if (place_check(path, folder, &descriptor, &folder_exists, err) < 0)
        return -1;
    *ret_exists = descriptor >= 0;
    return descriptor >= 0 ? file_read_open(descriptor, path, target, err) : 0;
}

/* "file.<UUID>.tmp", which file_replace makes beside "file". */
static bool
is_temporary_of(const char *name, const char *file)
{
    static const char ending[] = ".tmp";
    const size_t length = strlen(file);

    return strlen(name) == length + RANDOM_UUID_SIZE + strlen(ending)
           && strncmp(name, file, length) == 0 && name[length] == '.'
           && strcmp(name + length + RANDOM_UUID_SIZE, ending) == 0;
}

/* Removes what earlier runs left that were killed while they wrote: it holds
 * secrets, too, and nobody would look for it. What is new may be of a run
 * that still writes. */
static void
leftovers_remove(const char *path, const char *folder)
{
    AUTOFREE char *copy = strdup(path);
    DIR *listing = opendir(folder);
    const struct dirent *entry;
    struct stat status;

    while (copy != NULL && listing != NULL
           && (entry = readdir(listing)) != NULL)
        if (is_temporary_of(entry->d_name, basename(copy))
            && fstatat(dirfd(listing), entry->d_name, &status,
                       AT_SYMLINK_NOFOLLOW)
                   == 0
            && S_ISREG(status.st_mode) && status.st_uid == geteuid()
            && time(NULL) - status.st_mtime > PRIVATE_FILE_LEFTOVER_AGE)
            (void) unlinkat(dirfd(listing), entry->d_name, 0);
    if (listing != NULL)
        (void) closedir(listing);
}

int
private_file_prepare(const char *path, struct error *err)
{
    AUTOFREE char *folder = folder_of(path);
    AUTOCLOSE int descriptor = -1;
    bool folder_exists = false;

    if (place_check(path, folder, &descriptor, &folder_exists, err) < 0)
        return -1;
    if (!folder_exists && folder_create(folder, err) < 0)
        return error_advise(err, "name a file in a folder that you may make");
    leftovers_remove(path, folder);
    return 0;
}

int
private_file_replace(const char *path, const void *bytes, size_t length,
                     struct error *err)
{
    if (private_file_prepare(path, err) < 0)
        return -1;
    return file_replace(path, bytes, length, PRIVATE_FILE_MODE, err);
}
