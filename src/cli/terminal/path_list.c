/* SPDX-License-Identifier: Apache-2.0 */
/* The files of one command. */
#include "cli/terminal/path_list.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/cleanup.h"
#include "base/place.h"
#include "cli/terminal/language_option.h"
#include "cli/terminal/output.h"

/* path: NULL is standard output. */
static void
append(struct path_list *list, enum path_role role, const char *name,
       const char *path, const char *ending)
{
    struct path_entry entry = { .role = role, .name = name };

    if (list->count == PATH_LIST_CEILING
        || (path != NULL && asprintf(&entry.path, "%s%s", path, ending) < 0))
        list->failed = true;
    else
        list->entries[list->count++] = entry;
}

void
path_list_add(struct path_list *list, enum path_role role, const char *name,
              const char *path)
{
    if (role == PATH_PRINTED && output_is_stdout(path))
        append(list, role, name, NULL, "");
    else if (path != NULL)
        append(list, role, name, path, "");
}

void
path_list_add_store(struct path_list *list, const char *name, const char *path)
{
    static const char *const endings[] = { "", "-journal", "-wal", "-shm",
                                           ".lock" };

    for (size_t i = 0; i < ARRAY_LENGTH(endings); i++)
        append(list, PATH_KEPT, name, path, endings[i]);
}

/* Where the way to the file is not there yet, or is closed, the place has no
 * name. */
static int
find(struct place *place, const struct path_entry *entry, struct error *err)
{
    if (entry->path == NULL) {
        *place = (struct place) PLACE_INIT;
        place->descriptor =
            fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, STDERR_FILENO + 1);
    } else if (place_find(place, entry->path, PLACE_READ) < 0
               && errno == ENOMEM) {
        return error_set_memory(err);
    }
    return 0;
}

static bool
is_found(const struct place *place)
{
    return place->descriptor >= 0 || place->name != NULL;
}

static bool
is_device(const struct place *place)
{
    struct stat status;

    return place_status(place, &status) == 0 && S_ISCHR(status.st_mode);
}

static bool
collide(const struct path_entry *left, const struct path_entry *right,
        const struct place *first, const struct place *second)
{
    if (left->path == NULL && right->path == NULL)
        return true;
    if (!is_found(first) || !is_found(second))
        return left->path != NULL && right->path != NULL
               && strcmp(left->path, right->path) == 0;
    return place_equal(first, second) && !is_device(first);
}

static int
refuse(const struct path_entry *left, const struct path_entry *right,
       struct error *err)
{
    error_set(err, _("%s %s and %s %s name the same file"), _(left->name),
              left->path != NULL ? left->path : "-", _(right->name),
              right->path != NULL ? right->path : "-");
    return error_advise(err, "%s", _("give each a file of its own"));
}

int
path_list_check(const struct path_list *list, struct error *err)
{
    AUTOFREE struct place *places = calloc(list->count + 1, sizeof(*places));
    size_t found = 0;
    int result = 0;

    if (list->failed || places == NULL)
        return error_set_memory(err);
    for (; found < list->count && result == 0; found++)
        result = find(&places[found], &list->entries[found], err);
    for (size_t i = 0; i < found; i++)
        for (size_t j = 0; j < i && result == 0; j++) {
            const struct path_entry *left = &list->entries[j];
            const struct path_entry *right = &list->entries[i];
            if ((left->role != PATH_READ || right->role != PATH_READ)
                && collide(left, right, &places[j], &places[i]))
                result = refuse(left, right, err);
        }
    while (found > 0)
        place_done(&places[--found]);
    return result;
}

void
path_list_done(struct path_list *list)
{
    for (size_t i = 0; i < list->count; i++)
        free(list->entries[i].path);
    *list = (struct path_list){ .count = 0 };
}
