/* SPDX-License-Identifier: Apache-2.0 */
/* Where a path leads. */
#include "base/place.h"

#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <limits.h>
#include <linux/magic.h>
#include <pwd.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/vfs.h>
#include <unistd.h>

#include "base/cleanup.h"
#include "base/text.h"

enum {
    PLACE_LINKS_CEILING = 40, /* as the kernel's */
    PLACE_FOLDER = O_PATH | O_DIRECTORY | O_CLOEXEC,
};

/* On the way along a path. */
struct way {
    struct place *place;
    enum place_use use;
    char *walked; /* owned; how the folder is called */
    char *rest;   /* owned; what lies ahead: "", or from its slash on */
    unsigned links;
    bool shared; /* a link to what it leads to lies where others can add */
};

static void
way_done(struct way *way)
{
    free(way->walked);
    free(way->rest);
}

static bool
is_trusted(uid_t user)
{
    return user == 0 || user == geteuid();
}

/* Whether the group is the owner's own: his primary one, nobody else's, and
 * without members. Where each user has such a group, files and folders are
 * often writable by it (umask 002). */
static bool
is_private_group(gid_t group, uid_t owner)
{
    const struct passwd *user = getpwuid(owner);
    const struct group *entry = getgrgid(group);
    bool private = user != NULL && user->pw_gid == group && entry != NULL;

    for (char **member = private ? entry->gr_mem : NULL;
         member != NULL && *member != NULL; member++) {
        user = getpwnam(*member);
        private = private && user != NULL && user->pw_uid == owner;
    }
    if (!private)
        return false;
    setpwent();
    while (private && (user = getpwent()) != NULL)
    private = user->pw_gid != group || user->pw_uid == owner;
    endpwent();
    return private;
}

static bool
others_can_write(const struct stat *status)
{
    return (status->st_mode & S_IWOTH) != 0
           || ((status->st_mode & S_IWGRP) != 0
               && !is_private_group(status->st_gid, status->st_uid));
}

static void
doubt_owner(struct place *place, uid_t owner)
{
    const char *caller = getenv("SUDO_UID");
    uint64_t number = 0;
    const bool called = caller != NULL
                        && text_to_unsigned(caller, UINT32_MAX, &number) == 0
                        && number == owner;

    error_set(&place->doubt, "belongs to another user (number %u%s)",
              (unsigned) owner, called ? ", who called sudo" : "");
}

static void
judge_folder(struct way *way, const struct stat *status)
{
    struct place *place = way->place;
    const char *path = *way->walked != '\0' ? way->walked : ".";
    const bool root_writes = way->use != PLACE_READ && geteuid() == 0;

    const bool shared = others_can_write(status);

    place->shared = shared || way->shared;
    if (place->doubt.message != NULL)
        return;
    if (!is_trusted(status->st_uid) && !root_writes) {
        doubt_owner(place, status->st_uid);
        error_wrap(&place->doubt, "the folder %s", path);
        error_advise(&place->doubt, "use a folder of your own");
    } else if (shared && (status->st_mode & S_ISVTX) == 0) {
        error_set(&place->doubt,
                  "other users can write in the folder %s (mode %04o)", path,
                  (unsigned) status->st_mode & 07777U);
        error_advise(&place->doubt,
                     "use a folder in which only you can write, or run chmod "
                     "go-w %s",
                     path);
    }
}

/* The folder becomes the one where the way goes on. Takes the descriptor. */
static int
enter(struct way *way, int descriptor)
{
    struct stat status;

    if (descriptor < 0)
        return -1;
    if (way->place->folder >= 0)
        (void) close(way->place->folder);
    way->place->folder = descriptor;
    if (fstat(descriptor, &status) < 0)
        return -1;
    judge_folder(way, &status);
    return 0;
}

/* Adds a name to how the folder is called. */
static int
call(struct way *way, const char *name)
{
    const size_t length = strlen(way->walked);
    const bool slash = length > 0 && way->walked[length - 1] != '/';
    char *longer = NULL;

    if (asprintf(&longer, "%s%s%s", way->walked, slash ? "/" : "", name) < 0)
        return -1;
    free(way->walked);
    way->walked = longer;
    return 0;
}

/* The way goes on along text, and what lay ahead behind it. */
static int
lead(struct way *way, const char *text)
{
    char *rest = NULL;

    if (asprintf(&rest, "%s%s", text, way->rest != NULL ? way->rest : "") < 0)
        return -1;
    free(way->rest);
    way->rest = rest;
    if (*text != '/')
        return 0;
    free(way->walked);
    way->walked = strdup("/");
    return way->walked != NULL ? enter(way, open("/", PLACE_FOLDER)) : -1;
}

/* Whether the folder has this process's descriptors as names. */
static bool
lists_descriptors(int folder)
{
    struct stat status, own;

    return fstat(folder, &status) == 0 && stat("/proc/self/fd", &own) == 0
           && status.st_dev == own.st_dev && status.st_ino == own.st_ino;
}

/* A link of /proc, whose text leads nowhere. */
static int
follow_magic(struct way *way, const char *name, bool last)
{
    struct place *place = way->place;
    uint64_t number;

    if (!last)
        return call(way, name) < 0
                   ? -1
                   : enter(way, openat(place->folder, name, PLACE_FOLDER));
    if (lists_descriptors(place->folder)
        && text_to_unsigned(name, INT_MAX, &number) == 0) {
        place->descriptor =
            fcntl((int) number, F_DUPFD_CLOEXEC, STDERR_FILENO + 1);
        return place->descriptor >= 0 ? 0 : -1;
    }
    place->magic = true;
    return 0;
}

static int
follow(struct way *way, const char *name, const struct stat *link)
{
    struct place *place = way->place;
    char target[PATH_MAX];
    const ssize_t length =
        readlinkat(place->folder, name, target, sizeof(target));

    if (!is_trusted(link->st_uid) && place->doubt.message == NULL) {
        AUTOFREE char *folder = strdup(way->walked);
        if (folder == NULL || call(way, name) < 0)
            return -1;
        error_set(&place->doubt,
                  "%s is a symbolic link of another user (number %u)",
                  way->walked, (unsigned) link->st_uid);
        error_advise(&place->doubt, "name the file that it leads to");
        free(way->walked);
        way->walked = take_pointer(folder);
    }
    if (length < 0)
        return -1;
    if ((size_t) length == sizeof(target)
        || way->links++ == PLACE_LINKS_CEILING) {
        errno = ELOOP;
        return -1;
    }
    target[length] = '\0';
    return lead(way, target);
}

/* Takes the next name off what lies ahead; a slash at the end asks for a
 * folder, as "." does. NULL where memory ran out. */
static char *
take_name(struct way *way, bool *ret_last)
{
    const char *start = way->rest + strspn(way->rest, "/");
    const size_t length = strcspn(start, "/");
    const char *after = start + length;
    char *name = length > 0 ? strndup(start, length) : strdup(".");
    char *rest = strdup(after);

    if (name == NULL || rest == NULL) {
        free(name);
        free(rest);
        return NULL;
    }
    *ret_last = *after == '\0';
    free(way->rest);
    way->rest = take_pointer(rest);
    return name;
}

static bool
is_in_proc(int folder)
{
    struct statfs system;

    return fstatfs(folder, &system) == 0 && system.f_type == PROC_SUPER_MAGIC;
}

/* Returns 1 while there is more. */
static int
step(struct way *way)
{
    struct place *place = way->place;
    bool last;
    AUTOFREE char *name = take_name(way, &last);
    struct stat status;

    if (name == NULL)
        return -1;
    const bool there =
        fstatat(place->folder, name, &status, AT_SYMLINK_NOFOLLOW) == 0;
    const bool link = there && S_ISLNK(status.st_mode);
    if (!there && (errno != ENOENT || !last))
        return -1;
    if (link && is_in_proc(place->folder)) {
        if (follow_magic(way, name, last) < 0)
            return -1;
    } else if (link && (!last || way->use != PLACE_CREATE)) {
        way->shared = way->shared || (last && place->shared);
        free(take_pointer(place->name));
        return follow(way, name, &status) < 0 ? -1 : 1;
    } else if (!last) {
        if (call(way, name) < 0)
            return -1;
        return enter(way,
                     openat(place->folder, name, PLACE_FOLDER | O_NOFOLLOW))
                       < 0
                   ? -1
                   : 1;
    }
    if (!last)
        return 1;
    place->name = take_pointer(name);
    return 0;
}

static int
walk(struct way *way, const char *path)
{
    int result = 1;

    if (lead(way, path) < 0)
        return -1;
    while (result > 0)
        result = step(way);
    return result;
}

/* Who can exchange the folder in which this process is. Where that cannot be
 * told, the folder alone is judged. */
static void
judge_way_here(struct place *place, enum place_use use)
{
    AUTOFREE char *here = getcwd(NULL, 0);
    struct place found = PLACE_INIT;
    CLEANUP(way_done) struct way way = { .place = &found, .use = use };

    way.walked = strdup("");
    if (here != NULL && *here == '/' && way.walked != NULL)
        (void) walk(&way, here);
    error_move(&place->doubt, &found.doubt);
    place_done(&found);
}

int
place_find(struct place *ret_place, const char *path, enum place_use use)
{
    CLEANUP(way_done) struct way way = { .place = ret_place, .use = use };

    *ret_place = (struct place) PLACE_INIT;
    if (*path == '\0') {
        errno = ENOENT;
        return -1;
    }
    way.walked = strdup("");
    if (way.walked == NULL)
        return -1;
    if (*path != '/') {
        judge_way_here(ret_place, use);
        if (enter(&way, open(".", PLACE_FOLDER)) < 0)
            return -1;
    }
    return walk(&way, path);
}

int
place_status(const struct place *place, struct stat *ret_status)
{
    if (place->descriptor >= 0)
        return fstat(place->descriptor, ret_status);
    return fstatat(place->folder, place->name, ret_status,
                   place->magic ? 0 : AT_SYMLINK_NOFOLLOW);
}

int
place_open(const struct place *place, int flags, mode_t mode)
{
    if (place->descriptor >= 0)
        return fcntl(place->descriptor, F_DUPFD_CLOEXEC, STDERR_FILENO + 1);
    if (!place->magic)
        flags |= O_NOFOLLOW;
    return openat(place->folder, place->name, flags | O_CLOEXEC, mode);
}

void
place_judge(struct place *place, int descriptor, const char *path)
{
    struct stat status;

    if (place->doubt.message != NULL || fstat(descriptor, &status) < 0)
        return;
    if (!is_trusted(status.st_uid)) {
        doubt_owner(place, status.st_uid);
        error_advise(&place->doubt,
                     "make sure of what it says; then run chown %u %s, or "
                     "copy it into a folder of your own",
                     (unsigned) geteuid(), path);
    } else if (others_can_write(&status)) {
        error_set(&place->doubt, "other users can write it (mode %04o)",
                  (unsigned) status.st_mode & 07777U);
        error_advise(&place->doubt,
                     "make sure of what it says; then run chmod go-w %s",
                     path);
    } else if (place->shared && status.st_nlink > 1) {
        error_set(&place->doubt, "has another name, too, and others may have "
                                 "given it this one");
        error_advise(&place->doubt, "copy it into a folder of your own");
    }
}

int
place_sync(const struct place *place)
{
    AUTOCLOSE int descriptor =
        openat(place->folder, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);

    if (descriptor < 0)
        return -1;
    /* Some file systems cannot sync a directory and need not. */
    if (fsync(descriptor) < 0 && errno != EINVAL && errno != EROFS)
        return -1;
    return 0;
}

bool
place_equal(const struct place *left, const struct place *right)
{
    struct stat first, second;
    const bool left_stands = place_status(left, &first) == 0;

    if (left_stands != (place_status(right, &second) == 0))
        return false;
    if (!left_stands
        && (fstat(left->folder, &first) < 0
            || fstat(right->folder, &second) < 0
            || strcmp(left->name, right->name) != 0))
        return false;
    return first.st_dev == second.st_dev && first.st_ino == second.st_ino;
}

void
place_done(struct place *place)
{
    if (place->folder >= 0)
        (void) close(place->folder);
    if (place->descriptor >= 0)
        (void) close(place->descriptor);
    free(place->name);
    error_done(&place->doubt);
    *place = (struct place) PLACE_INIT;
}
