/* SPDX-License-Identifier: Apache-2.0 */
/* What nobody else can have put in place. */
#include "identity/trusted_path.h"

#include <errno.h>
#include <limits.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
    LINKS = 40, /* on one way, as the kernel allows */
    OTHERS_WRITE = S_IWGRP | S_IWOTH,
};

/* A way through the file system, one name after the other. */
struct walk {
    char place[PATH_MAX]; /* so far, without links; "" is the root */
    char rest[PATH_MAX];  /* what is still to be followed */
    struct stat status;   /* of the place */
    unsigned links;
};

static const char *
place_name(const struct walk *walk)
{
    return walk->place[0] != '\0' ? walk->place : "/";
}

static const char *
kind_name(const struct walk *walk)
{
    if (S_ISLNK(walk->status.st_mode))
        return "link";
    return S_ISDIR(walk->status.st_mode) ? "folder" : "file";
}

static int
too_long(const char *path, struct error *err)
{
    errno = ENAMETOOLONG;
    return error_set_errno(err, "look at %s", path);
}

static int
refuse_owner(const struct walk *walk, struct error *err)
{
    error_set(err, "the %s %s belongs to another user (uid %lu)",
              kind_name(walk), place_name(walk),
              (unsigned long) walk->status.st_uid);
    return error_advise(err, "install the program as yourself or as root, or "
                             "use another credential");
}

static int
refuse_mode(const struct walk *walk, struct error *err)
{
    error_set(err, "others may write to the %s %s (mode %04o)",
              kind_name(walk), place_name(walk),
              (unsigned) walk->status.st_mode & 07777);
    return error_advise(err, "run chmod go-w %s, or use another credential",
                        place_name(walk));
}

/* Looks at the place. A link's own mode says nothing. */
static int
place_look(struct walk *walk, struct error *err)
{
    if (lstat(place_name(walk), &walk->status) < 0)
        return error_set_errno(err, "look at %s", place_name(walk));
    if (walk->status.st_uid != 0 && walk->status.st_uid != geteuid())
        return refuse_owner(walk, err);
    return 0;
}

/* Before a name in the place is looked up. */
static int
folder_check(const struct walk *walk, bool last, struct error *err)
{
    if ((walk->status.st_mode & OTHERS_WRITE) == 0
        || (!last && (walk->status.st_mode & S_ISVTX) != 0))
        return 0;
    return refuse_mode(walk, err);
}

/* The place is a link: what it names comes before the rest. */
static int
link_follow(struct walk *walk, size_t parent, struct error *err)
{
    char target[PATH_MAX], rest[PATH_MAX];
    const ssize_t length = readlink(walk->place, target, sizeof(target) - 1);

    if (length < 0)
        return error_set_errno(err, "read the link %s", walk->place);
    target[length] = '\0';
    if (++walk->links > LINKS) {
        errno = ELOOP;
        return error_set_errno(err, "follow the link %s", walk->place);
    }
    if (snprintf(rest, sizeof(rest), "%s%s", target, walk->rest)
        >= (int) sizeof(rest))
        return too_long(walk->place, err);
    memcpy(walk->rest, rest, sizeof(rest));
    walk->place[target[0] == '/' ? 0 : parent] = '\0';
    return place_look(walk, err);
}

/* Follows one name of this length at the beginning of the rest. */
static int
name_follow(struct walk *walk, size_t length, struct error *err)
{
    const size_t parent = strlen(walk->place);
    const char *name = walk->rest;
    const bool last = name[length] == '\0';

    if (length == 2 && strncmp(name, "..", 2) == 0) {
        char *slash = strrchr(walk->place, '/');
        if (slash != NULL)
            *slash = '\0';
        memmove(walk->rest, name + length, strlen(name + length) + 1);
        return place_look(walk, err);
    }
    if (folder_check(walk, last, err) < 0)
        return -1;
    if (parent + 1 + length >= sizeof(walk->place))
        return too_long(walk->place, err);
    walk->place[parent] = '/';
    memcpy(walk->place + parent + 1, name, length);
    walk->place[parent + 1 + length] = '\0';
    memmove(walk->rest, name + length, strlen(name + length) + 1);
    if (place_look(walk, err) < 0)
        return -1;
    return S_ISLNK(walk->status.st_mode) ? link_follow(walk, parent, err) : 0;
}

int
trusted_path_check(const char *path, struct error *err)
{
    struct walk walk = { .links = 0 };

    if (strlen(path) >= sizeof(walk.rest))
        return too_long(path, err);
    memcpy(walk.rest, path, strlen(path) + 1);
    if (place_look(&walk, err) < 0)
        return -1;
    for (;;) {
        const size_t slashes = strspn(walk.rest, "/");
        const char *name = walk.rest + slashes;
        const size_t length = strcspn(name, "/");
        if (length == 0)
            break;
        const bool here = length == 1 && *name == '.';
        memmove(walk.rest, name + (here ? 1 : 0),
                strlen(name + (here ? 1 : 0)) + 1);
        if (!here && name_follow(&walk, length, err) < 0)
            return -1;
    }
    return (walk.status.st_mode & OTHERS_WRITE) == 0 ? 0
                                                     : refuse_mode(&walk, err);
}
