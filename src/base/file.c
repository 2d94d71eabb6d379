/* SPDX-License-Identifier: Apache-2.0 */
/* Whole files: read up to a ceiling, replaced or created in one step. */
#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/cleanup.h"
#include "base/folder.h"
#include "base/random.h"

int
file_read(const char *path, struct buffer *target, struct error *err)
{
    AUTOCLOSE int descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    struct stat status;

    if (descriptor < 0 || fstat(descriptor, &status) < 0)
        return error_set_errno(err, "%s", path);
    if (!S_ISREG(status.st_mode))
        return error_set(err, "%s: is not a regular file", path);
    return file_read_open(descriptor, path, target, err);
}

int
file_read_open(int descriptor, const char *path, struct buffer *target,
               struct error *err)
{
    char chunk[16 * 1024];
    ssize_t got;

    while ((got = read(descriptor, chunk, sizeof(chunk))) != 0) {
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return error_set_errno(err, "%s", path);
        if (buffer_append(target, chunk, (size_t) got) < 0)
            return error_set(err, "%s: is larger than %zu bytes", path,
                             target->ceiling);
    }
    if (target->secret)
        explicit_bzero(chunk, sizeof(chunk));
    return 0;
}

int
file_write_all(int descriptor, const void *bytes, size_t length)
{
    const char *next = bytes;

    while (length > 0) {
        const ssize_t put = write(descriptor, next, length);
        if (put < 0 && errno != EINTR)
            return -1;
        if (put > 0) {
            next += put;
            length -= (size_t) put;
        }
    }
    return 0;
}

/* What would be replaced: path itself, or what the symbolic link at path
 * names, which must exist. */
static char *
resolve(const char *path)
{
    struct stat status;

    if (lstat(path, &status) == 0 && S_ISLNK(status.st_mode))
        return realpath(path, NULL);
    return strdup(path);
}

/* A new file beside the target, with the mode that the target has. */
static int
open_beside(const char *temporary, const char *target, mode_t mode)
{
    struct stat status;
    const int descriptor = open(
        temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, mode);

    if (descriptor >= 0 && stat(target, &status) == 0)
        (void) fchmod(descriptor, status.st_mode & 07777);
    return descriptor;
}

int
file_replace_begin(struct file_replacement *ret_replacement, const char *path,
                   mode_t mode, struct error *err)
{
    struct file_replacement begun = FILE_REPLACEMENT_INIT;
    char unique[RANDOM_UUID_SIZE];
    struct stat status;

    begun.target = resolve(path);
    if (begun.target == NULL)
        return error_set_errno(err, "%s", path);
    if (stat(begun.target, &status) == 0 && !S_ISREG(status.st_mode)) {
        /* A pipe that nobody reads is an error, not a wait. */
        begun.descriptor =
            open(begun.target, O_WRONLY | O_CLOEXEC | O_NONBLOCK);
        if (begun.descriptor >= 0)
            (void) fcntl(begun.descriptor, F_SETFL, 0);
    } else if (asprintf(&begun.temporary, "%s.%s.tmp", begun.target,
                        random_uuid(unique))
               < 0) {
        begun.temporary = NULL;
    } else {
        begun.descriptor = open_beside(begun.temporary, begun.target, mode);
    }
    if (begun.descriptor < 0) {
        error_set_errno(err, "%s", path);
        file_replace_abandon(&begun);
        return -1;
    }
    *ret_replacement = begun;
    return 0;
}

/* What was put at the path is to outlast a crash. */
static int
sync_target(const struct file_replacement *replacement, struct error *err)
{
    AUTOFREE char *folder = folder_of(replacement->target);

    if (folder == NULL)
        return error_set_memory(err);
    if (folder_sync(folder) < 0)
        return error_set_errno(err, "%s: written, but not synced",
                               replacement->target);
    return 0;
}

int
file_replace_commit(struct file_replacement *replacement, struct error *err)
{
    int result = 0;

    if (replacement->temporary != NULL
        && (fsync(replacement->descriptor) < 0
            || rename(replacement->temporary, replacement->target) < 0)) {
        result = error_set_errno(err, "%s", replacement->target);
    } else if (replacement->temporary != NULL) {
        free(take_pointer(replacement->temporary));
        result = sync_target(replacement, err);
    }
    file_replace_abandon(replacement);
    return result;
}

void
file_replace_abandon(struct file_replacement *replacement)
{
    if (replacement->descriptor >= 0) {
        (void) close(replacement->descriptor);
        if (replacement->temporary != NULL)
            (void) unlink(replacement->temporary);
    }
    free(replacement->temporary);
    free(replacement->target);
    *replacement = (struct file_replacement) FILE_REPLACEMENT_INIT;
}

int
file_replace(const char *path, const void *bytes, size_t length, mode_t mode,
             struct error *err)
{
    struct file_replacement replacement = FILE_REPLACEMENT_INIT;

    if (file_replace_begin(&replacement, path, mode, err) < 0)
        return -1;
    if (file_write_all(replacement.descriptor, bytes, length) < 0) {
        error_set_errno(err, "%s", path);
        file_replace_abandon(&replacement);
        return -1;
    }
    return file_replace_commit(&replacement, err);
}

static int
refuse_existing(const char *path, struct error *err)
{
    return error_set(err, "%s: is there already, and stays as it is", path);
}

int
file_create_begin(struct file_replacement *ret_creation, const char *path,
                  mode_t mode, struct error *err)
{
    struct file_replacement begun = FILE_REPLACEMENT_INIT;
    char unique[RANDOM_UUID_SIZE];
    struct stat status;

    if (lstat(path, &status) == 0)
        return refuse_existing(path, err);
    begun.target = strdup(path);
    if (asprintf(&begun.temporary, "%s.%s.tmp", path, random_uuid(unique)) < 0)
        begun.temporary = NULL;
    if (begun.target != NULL && begun.temporary != NULL)
        begun.descriptor =
            open(begun.temporary,
                 O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, mode);
    if (begun.descriptor < 0) {
        error_set_errno(err, "%s", path);
        file_replace_abandon(&begun);
        return -1;
    }
    *ret_creation = begun;
    return 0;
}

/* Renames, unless something stands at the target. Not every file system can
 * do that; those that cannot may still have hard links, which never replace
 * anything. */
static int
rename_to_nothing(const struct file_replacement *creation)
{
    if (renameat2(AT_FDCWD, creation->temporary, AT_FDCWD, creation->target,
                  RENAME_NOREPLACE)
        == 0)
        return 0;
    if (errno != EINVAL && errno != ENOSYS)
        return -1;
    if (link(creation->temporary, creation->target) < 0)
        return -1;
    return unlink(creation->temporary);
}

int
file_create_commit(struct file_replacement *creation, struct error *err)
{
    int result = 0;

    if (fsync(creation->descriptor) < 0 || rename_to_nothing(creation) < 0) {
        result = errno == EEXIST
                     ? refuse_existing(creation->target, err)
                     : error_set_errno(err, "%s", creation->target);
    } else {
        free(take_pointer(creation->temporary));
        result = sync_target(creation, err);
    }
    file_replace_abandon(creation);
    return result;
}
