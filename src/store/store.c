/* SPDX-License-Identifier: Apache-2.0 */
/* Where runs and the journal of changes are kept. */
#include "store/store.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/cleanup.h"
#include "store/schema/migration.h"
#include "store/sql/connection.h"
#include "store/sql/connection_error.h"
#include "store/sql/store_file.h"
#include "store/store_parts.h"

static int
find_file(const char *path, enum store_access access, char **ret_path,
          struct error *err)
{
    bool exists = false;

    if (access == STORE_WRITE)
        return store_file_make(path, err) < 0
                   ? -1
                   : store_file_resolve(path, ret_path, err);
    if (store_file_check(path, &exists, err) < 0)
        return -1;
    if (exists)
        return store_file_resolve(path, ret_path, err);
    error_set(err, "%s: there is no store", path);
    return error_advise(err, "piket check makes one; --store names another "
                             "file");
}

static int
open_parts(struct store *store, const char *path, enum store_access access,
           struct error *err)
{
    const bool writable = access != STORE_READ;

    if (find_file(path, access, &store->path, err) < 0
        || connection_open(&store->connection, store->path, writable, err) < 0)
        return -1;
    if (!writable)
        return migration_check(store->connection, store->path, err);
    if (migration_run(store->connection, store->path, err) < 0)
        return -1;
    return store_note(store, err);
}

int
store_open(struct store **ret_store, const char *path,
           enum store_access access, struct error *err)
{
    struct store *store = calloc(1, sizeof(*store));

    if (store == NULL)
        return error_set_memory(err);
    store->lock = -1;
    if (open_parts(store, path, access, err) < 0) {
        store_close(store);
        return error_wrap(err, "open the store");
    }
    *ret_store = store;
    return 0;
}

void
store_close(struct store *store)
{
    AUTOERROR gone = ERROR_INIT;

    if (store == NULL)
        return;
    /* SQLite removes the log by its name: it may be somebody else's by now. */
    if (store_check_presence(store, &gone) < 0)
        connection_keep_log(store->connection);
    connection_close(store->connection);
    if (store->lock >= 0)
        (void) close(store->lock);
    free(store->path);
    free(store);
}

int
store_look(const struct store *store, struct connection **ret_connection,
           struct error *err)
{
    return connection_open(ret_connection, store->path, false, err);
}

int
store_note(struct store *store, struct error *err)
{
    if (connection_has_moved(store->connection))
        return presence_check(&store->presence, store->path, err);
    return presence_note(&store->presence, store->path, err);
}

int
store_check_presence(struct store *store, struct error *err)
{
    /* What is only read is not noted. */
    if (store->presence.files[PRESENCE_DATABASE].exists
        && presence_check(&store->presence, store->path, err) < 0)
        return -1;
    return store->lock < 0
               ? 0
               : presence_check_lock(store->lock, store->path, err);
}

void
store_collect_damage(struct store *store, struct store_damage *damage)
{
    store->damage = damage;
}

static int
note_damage(struct store_damage *damage, const char *what)
{
    if (damage->count == damage->room) {
        const size_t room = damage->room > 0 ? 2 * damage->room : 16;
        const char **grown =
            arena_allocate_array(damage->arena, room, sizeof(*grown));
        if (grown == NULL)
            return -1;
        if (damage->count > 0)
            memcpy(grown, damage->texts, damage->count * sizeof(*grown));
        damage->texts = grown;
        damage->room = room;
    }
    damage->texts[damage->count] = arena_copy(damage->arena, what);
    return damage->texts[damage->count++] != NULL ? 0 : -1;
}

int
store_broken(struct store *store, struct error *err, const char *format, ...)
{
    AUTOFREE char *what = NULL;
    va_list arguments;

    va_start(arguments, format);
    const int length = vasprintf(&what, format, arguments);
    va_end(arguments);
    if (length < 0) {
        what = NULL;
        return error_set_memory(err);
    }
    if (store->damage == NULL)
        return connection_damaged(store->connection, err, "%s", what);
    return note_damage(store->damage, what) < 0 ? error_set_memory(err) : 0;
}

const char *
store_path(const struct store *store)
{
    return store->path;
}

/* A variable that holds an absolute path; the XDG base directory
 * specification wants others to be ignored. NULL where there is none. */
static const char *
absolute_variable(const char *name)
{
    const char *value = getenv(name);

    return value != NULL && *value == '/' ? value : NULL;
}

int
store_default_path(char **ret_path, struct error *err)
{
    const char *state = absolute_variable("XDG_STATE_HOME");
    const char *home = absolute_variable("HOME");
    char *path = NULL;

    if (state == NULL && home == NULL) {
        error_set(err, "no place for the store is known: neither HOME nor "
                       "XDG_STATE_HOME is set");
        return error_advise(err, "name a file with --store");
    }
    const int length =
        state != NULL
            ? asprintf(&path, "%s/piket/piket.db", state)
            : asprintf(&path, "%s/.local/state/piket/piket.db", home);
    if (length < 0)
        return error_set_memory(err);
    *ret_path = path;
    return 0;
}
