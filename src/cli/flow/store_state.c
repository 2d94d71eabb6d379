/* SPDX-License-Identifier: Apache-2.0 */
/* What the store is like. */
#include "cli/flow/store_state.h"

#include <stdlib.h>
#include <unistd.h>

#include "base/arena.h"
#include "store/journal.h"
#include "store/store.h"

static int
count_unfinished(struct store *store, size_t *ret_count, struct error *err)
{
    const struct journal_filter pending = { .pending = true };
    struct arena *arena = arena_new();
    struct change *changes;

    if (arena == NULL)
        return error_set_memory(err);
    const int result =
        journal_changes(store, &pending, arena, &changes, ret_count, err);
    arena_free(arena);
    return result;
}

static int
look(struct store_state *state, const struct store_options *options)
{
    struct store *store = NULL;

    if (store_options_path(options, &state->path, &state->error) < 0)
        return -1;
    state->seen.path = state->path;
    state->seen.exists = access(state->path, F_OK) == 0;
    if (!state->seen.exists)
        return 0;
    int result =
        store_options_open(options, STORE_ALTER, &store, &state->error);
    if (result == 0)
        result =
            count_unfinished(store, &state->seen.unfinished, &state->error);
    store_close(store);
    return result;
}

void
store_state_look(struct store_state *state,
                 const struct store_options *options)
{
    *state = (struct store_state){ .seen = { .named = options->path != NULL },
                                   .error = ERROR_INIT };
    if (!options->none && look(state, options) < 0)
        state->seen.error = &state->error;
}

void
store_state_done(struct store_state *state)
{
    free(state->path);
    error_done(&state->error);
}
