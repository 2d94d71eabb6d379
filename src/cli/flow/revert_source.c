/* SPDX-License-Identifier: Apache-2.0 */
/* Changes that were made. */
#include "cli/flow/revert_source.h"

#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "base/cleanup.h"
#include "base/log.h"
#include "cli/terminal/language_option.h"
#include "cli/terminal/trust.h"
#include "control/file/backup_file.h"
#include "store/journal.h"

int
revert_source_load(struct store *store, const char *id, struct arena *arena,
                   struct revert_source *ret_revert_source, struct error *err)
{
    struct history_operation row;

    if (journal_operation(store, id, arena, &row, err) < 0)
        return -1;
    const struct journal_filter filter = { .operation = row.operation.id };
    ret_revert_source->operation = row.operation;
    return journal_changes(store, &filter, arena, &ret_revert_source->changes,
                           &ret_revert_source->count, err);
}

int
revert_source_read(const char *path, bool writes, struct arena *arena,
                   struct revert_source *ret_revert_source, struct error *err)
{
    AUTOBUFFER bytes = BUFFER_INIT(BACKUP_FILE_CEILING);
    struct backup_file file;

    if (trust_read(path, writes, &bytes, err) < 0
        || backup_file_read(buffer_text(&bytes), bytes.length, path, arena,
                            &file, err)
               < 0)
        return error_wrap(err, "--from");
    if (!file.ended)
        log_warning(_("%s: its closing line is missing: piket was killed "
                      "before it had ended, or lines at the end are lost, or "
                      "an older piket wrote it. It shows %zu of the changes; "
                      "what else was sent is not reverted: look for it with "
                      "piket history, where the store is, or run piket check "
                      "afterwards"),
                    path, file.change_count);
    *ret_revert_source =
        (struct revert_source){ file.operation, file.changes,
                                file.change_count, file.unproved };
    return 0;
}

static int
compare_ids(const void *left, const void *right)
{
    const struct subscription *const *left_subscription = left;
    const struct subscription *const *right_subscription = right;

    return strcmp((*left_subscription)->id, (*right_subscription)->id);
}

/* The subscriptions, each once, by id; the caller frees the list. */
static const struct subscription **
list_subscriptions(const struct revert_source *revert_source,
                   size_t *ret_count)
{
    const struct subscription **list =
        calloc(revert_source->count + 1, sizeof(*list));
    size_t count = 0;

    if (list == NULL)
        return NULL;
    for (size_t i = 0; i < revert_source->count; i++)
        list[i] = &revert_source->changes[i].subscription;
    qsort(list, revert_source->count, sizeof(*list), compare_ids);
    for (size_t i = 0; i < revert_source->count; i++)
        if (count == 0 || compare_ids(&list[i], &list[count - 1]) != 0)
            list[count++] = list[i];
    *ret_count = count;
    return list;
}

static int
warn(const char *sentence, void *data, struct error *err)
{
    (void) data;
    (void) err;
    log_warning("%s", sentence);
    return 0;
}

int
revert_source_narrow(struct revert_source *revert_source,
                     const struct scope *scope, struct error *err)
{
    size_t count, kept = 0;
    AUTOFREE const struct subscription **list =
        list_subscriptions(revert_source, &count);

    if (list == NULL)
        return error_set_memory(err);
    if (scope_verify(scope, list, count, warn, NULL, err) < 0)
        return error_wrap(err, "of what %s changed",
                          revert_source->operation.id);
    for (size_t i = 0; i < revert_source->count; i++) {
        const struct subscription *subscription =
            &revert_source->changes[i].subscription;
        if (!scope_excludes(scope, subscription)
            && (!scope_has_inclusions(scope)
                || scope_includes(scope, subscription)))
            revert_source->changes[kept++] = revert_source->changes[i];
    }
    revert_source->count = kept;
    return 0;
}

int
revert_source_require_proof(const struct revert_source *revert_source,
                            struct error *err)
{
    size_t count = revert_source->unproved ? revert_source->count : 0;

    for (size_t i = 0; !revert_source->unproved && i < revert_source->count;
         i++)
        count += revert_source->changes[i].unproved;
    if (count == 0)
        return 0;
    error_set(err,
              language_plural(language_option_chosen(),
                              "%s: %zu change is not proved: an older piket "
                              "recorded it, without a digest",
                              "%s: %zu changes are not proved: an older piket "
                              "recorded them, without digests",
                              count),
              revert_source->operation.id, count);
    return error_advise(err, "%s",
                        _("look at what would be written with piket history; "
                          "--force-unproved reverts it all the same"));
}

int
revert_source_scope(const struct revert_source *revert_source,
                    struct arena *arena, struct scope *ret_scope,
                    struct error *err)
{
    size_t count;
    AUTOFREE const struct subscription **list =
        list_subscriptions(revert_source, &count);
    struct scope_rule *items =
        arena_allocate_array(arena, revert_source->count + 1, sizeof(*items));

    if (list == NULL || items == NULL)
        return error_set_memory(err);
    for (size_t i = 0; i < count; i++)
        items[i] =
            (struct scope_rule){ list[i]->id, revert_source->operation.id };
    *ret_scope = (struct scope){
        .subscriptions = { items, count },
        .recorded = true,
    };
    return scope_index(ret_scope, arena, err);
}
