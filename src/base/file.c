/* SPDX-License-Identifier: Apache-2.0 */
/* Whole files: read up to a ceiling, replaced or created in one step. */
#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/cleanup.h"
#include "base/random.h"

static int
check_regular(int descriptor, const char *path, struct error *err)
{
    struct stat status;

    if (descriptor < 0 || fstat(descriptor, &status) < 0)
        return error_set_errno(err, "%s", path);
    if (!S_ISREG(status.st_mode))
        return error_set(err, "%s: is not a regular file", path);
    return 0;
}

int
file_read(const char *path, struct buffer *target, struct error *err)
{
    AUTOCLOSE int descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);

    if (check_regular(descriptor, path, err) < 0)
        return -1;
    return file_read_open(descriptor, path, target, err);
}

int
file_read_judged(const char *path, struct buffer *target,
                 struct error *ret_doubt, struct error *err)
{
    AUTOPLACE place;

    if (place_find(&place, path, PLACE_READ) < 0)
        return error_set_errno(err, "%s", path);
    AUTOCLOSE int descriptor = place_open(&place, O_RDONLY | O_NONBLOCK, 0);
    if (check_regular(descriptor, path, err) < 0)
        return -1;
    place_judge(&place, descriptor, path);
    if (place.doubt.message != NULL)
        error_wrap(&place.doubt, "%s", path);
    error_move(ret_doubt, &place.doubt);
    return file_read_open(descriptor, path, target, err);
}

int
file_judge(const char *path, struct error *ret_doubt, struct error *err)
{
    AUTOPLACE place;

    if (place_find(&place, path, PLACE_READ) < 0) {
        if (errno != ENOENT && errno != ENOTDIR)
            return error_set_errno(err, "%s", path);
    } else {
        AUTOCLOSE int descriptor = place_open(&place, O_PATH, 0);
        if (descriptor >= 0)
            place_judge(&place, descriptor, path);
        else if (errno != ENOENT)
            return error_set_errno(err, "%s", path);
    }
    if (place.doubt.message != NULL)
        error_wrap(&place.doubt, "%s", path);
    error_move(ret_doubt, &place.doubt);
    return 0;
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

/* Finds the place, in which nobody else may have a say. */
static int
find(struct file_replacement *begun, const char *path, enum place_use use,
     struct error *err)
{
    begun->path = strdup(path);
    if (begun->path == NULL)
        return error_set_memory(err);
    const int found = place_find(&begun->place, path, use);
    if (begun->place.doubt.message != NULL) {
        error_move(err, &begun->place.doubt);
        return error_wrap(err, "%s", path);
    }
    return found < 0 ? error_set_errno(err, "%s", path) : 0;
}

/* What is no regular file is written directly. old: what stands there. */
static int
open_directly(struct file_replacement *begun, const struct stat *old,
              struct error *err)
{
    const uid_t user = geteuid();

    if (S_ISFIFO(old->st_mode) && old->st_uid != user && old->st_uid != 0) {
        error_set(err, "%s: is a pipe of another user (number %u)",
                  begun->path, (unsigned) old->st_uid);
        return error_advise(err, "use a pipe of your own");
    }
    /* A pipe that nobody reads is an error, not a wait. */
    begun->descriptor =
        place_open(&begun->place, O_WRONLY | O_NONBLOCK | O_NOCTTY, 0);
    const int flags =
        begun->descriptor >= 0 ? fcntl(begun->descriptor, F_GETFL) : -1;
    if (flags < 0)
        return error_set_errno(err, "%s", begun->path);
    if ((flags & O_ACCMODE) == O_RDONLY)
        return error_set(err, "%s: is open only to be read", begun->path);
    /* One that was open before is its owner's to set. */
    if (begun->place.descriptor < 0)
        (void) fcntl(begun->descriptor, F_SETFL, flags & ~O_NONBLOCK);
    return 0;
}

/* In a folder such as /tmp the kernel lets only the owner of a file replace
 * it: better known before the work than after it. */
static int
check_replaceable(const struct file_replacement *begun, const struct stat *old,
                  struct error *err)
{
    const uid_t user = geteuid();
    struct stat folder;

    if (user == 0 || old->st_uid == user
        || fstat(begun->place.folder, &folder) < 0 || folder.st_uid == user
        || (folder.st_mode & S_ISVTX) == 0)
        return 0;
    error_set(err,
              "%s: belongs to another user (number %u), who alone can "
              "replace it in this folder",
              begun->path, (unsigned) old->st_uid);
    return error_advise(err, "give another name, or use a folder of your own");
}

/* A new file beside the place. mode: less the umask. */
static int
open_beside(struct file_replacement *begun, mode_t mode)
{
    char unique[RANDOM_UUID_SIZE];

    if (asprintf(&begun->temporary, "%s.%s.tmp", begun->place.name,
                 random_uuid(unique))
        < 0) {
        begun->temporary = NULL;
        return -1;
    }
    begun->descriptor =
        openat(begun->place.folder, begun->temporary,
               O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, mode);
    return begun->descriptor >= 0 ? 0 : -1;
}

/* old: what stands there, or NULL. One with several names may have got this
 * one from somebody else. */
static int
open_successor(struct file_replacement *begun, const struct stat *old,
               mode_t mode)
{
    const bool kept =
        old != NULL && old->st_uid == geteuid() && old->st_nlink == 1;
    const mode_t old_mode =
        kept ? old->st_mode & 0777U & ~(mode_t) (S_IWGRP | S_IWOTH) : mode;

    /* Not every file system has modes: it is never more open than it was. */
    if (open_beside(begun, mode & old_mode) < 0)
        return -1;
    if (kept)
        (void) fchmod(begun->descriptor, old_mode);
    return 0;
}

static int
begin(struct file_replacement *begun, const char *path, mode_t mode,
      struct error *err)
{
    struct stat old = { .st_mode = 0 };

    if (find(begun, path, PLACE_REPLACE, err) < 0)
        return -1;
    const bool stands = place_status(&begun->place, &old) == 0;
    if (begun->place.descriptor >= 0 || begun->place.magic
        || (stands && !S_ISREG(old.st_mode)))
        return open_directly(begun, &old, err);
    if (stands && check_replaceable(begun, &old, err) < 0)
        return -1;
    if (open_successor(begun, stands ? &old : NULL, mode) < 0)
        return error_set_errno(err, "%s", path);
    return 0;
}

int
file_replace_begin(struct file_replacement *ret_replacement, const char *path,
                   mode_t mode, struct error *err)
{
    struct file_replacement begun = FILE_REPLACEMENT_INIT;

    if (begin(&begun, path, mode, err) < 0) {
        file_replace_abandon(&begun);
        return -1;
    }
    *ret_replacement = begun;
    return 0;
}

int
file_replace_check(const char *path, struct error *err)
{
    struct file_replacement begun = FILE_REPLACEMENT_INIT;
    struct stat old;
    int result = find(&begun, path, PLACE_REPLACE, err);

    if (result == 0 && begun.place.descriptor < 0
        && place_status(&begun.place, &old) == 0 && S_ISFIFO(old.st_mode)) {
        if (faccessat(begun.place.folder, begun.place.name, W_OK, AT_EACCESS)
            < 0)
            result = error_set_errno(err, "%s", path);
    } else if (result == 0) {
        file_replace_abandon(&begun);
        result = begin(&begun, path, S_IRUSR | S_IWUSR, err);
    }
    file_replace_abandon(&begun);
    return result;
}

/* What was put at the place is to outlast a crash. */
static int
sync_place(const struct file_replacement *replacement, struct error *err)
{
    if (place_sync(&replacement->place) == 0)
        return 0;
    return error_set_errno(err, "%s: written, but not synced",
                           replacement->path);
}

int
file_replace_commit(struct file_replacement *replacement, struct error *err)
{
    const struct place *place = &replacement->place;
    int result = 0;

    if (replacement->temporary != NULL
        && (fsync(replacement->descriptor) < 0
            || renameat(place->folder, replacement->temporary, place->folder,
                        place->name)
                   < 0)) {
        result = error_set_errno(err, "%s", replacement->path);
    } else if (replacement->temporary != NULL) {
        free(take_pointer(replacement->temporary));
        result = sync_place(replacement, err);
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
            (void) unlinkat(replacement->place.folder, replacement->temporary,
                            0);
    }
    free(replacement->temporary);
    place_done(&replacement->place);
    free(replacement->path);
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

/* Finds a place where nothing stands. */
static int
find_nothing(struct file_replacement *begun, const char *path,
             struct error *err)
{
    struct stat status;

    if (find(begun, path, PLACE_CREATE, err) < 0)
        return -1;
    return place_status(&begun->place, &status) == 0
               ? refuse_existing(path, err)
               : 0;
}

int
file_create_begin(struct file_replacement *ret_creation, const char *path,
                  mode_t mode, struct error *err)
{
    struct file_replacement begun = FILE_REPLACEMENT_INIT;
    int result = find_nothing(&begun, path, err);

    if (result == 0 && open_beside(&begun, mode) < 0)
        result = error_set_errno(err, "%s", path);
    if (result < 0)
        file_replace_abandon(&begun);
    else
        *ret_creation = begun;
    return result;
}

/* Renames, unless something stands at the place. Not every file system can
 * do that; those that cannot may still have hard links, which never replace
 * anything. */
static int
rename_to_nothing(const struct file_replacement *creation)
{
    const int folder = creation->place.folder;
    const char *name = creation->place.name;

    if (renameat2(folder, creation->temporary, folder, name, RENAME_NOREPLACE)
        == 0)
        return 0;
    if (errno != EINVAL && errno != ENOSYS)
        return -1;
    if (linkat(folder, creation->temporary, folder, name, 0) < 0)
        return -1;
    return unlinkat(folder, creation->temporary, 0);
}

int
file_create_commit(struct file_replacement *creation, struct error *err)
{
    int result = 0;

    if (fsync(creation->descriptor) < 0 || rename_to_nothing(creation) < 0) {
        result = errno == EEXIST ? refuse_existing(creation->path, err)
                                 : error_set_errno(err, "%s", creation->path);
    } else {
        free(take_pointer(creation->temporary));
        result = sync_place(creation, err);
    }
    file_replace_abandon(creation);
    return result;
}

int
file_create_empty(const char *path, mode_t mode, int *ret_descriptor,
                  struct error *err)
{
    struct file_replacement begun = FILE_REPLACEMENT_INIT;
    int result = find_nothing(&begun, path, err);

    if (result == 0) {
        begun.descriptor = place_open(
            &begun.place, O_WRONLY | O_CREAT | O_EXCL | O_APPEND, mode);
        if (begun.descriptor < 0)
            result = errno == EEXIST ? refuse_existing(path, err)
                                     : error_set_errno(err, "%s", path);
        else
            result = sync_place(&begun, err);
    }
    if (result == 0) {
        *ret_descriptor = begun.descriptor;
        begun.descriptor = -1;
    }
    file_replace_abandon(&begun);
    return result;
}
