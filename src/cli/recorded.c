/* SPDX-License-Identifier: Apache-2.0 */
/* Changes that were made. */
#include "cli/recorded.h"

#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "base/cleanup.h"
#include "base/log.h"
#include "cli/language_option.h"
#include "cli/trust.h"
#include "control/backup_file.h"
#include "store/journal.h"

int
recorded_load(struct store *store, const char *id, struct arena *arena,
              struct recorded *ret_recorded, struct error *err)
{
    struct history_operation row;

    if (journal_operation(store, id, arena, &row, err) < 0)
        return -1;
    const struct journal_filter filter = { .operation = row.operation.id };
    ret_recorded->operation = row.operation;
    return journal_changes(store, &filter, arena, &ret_recorded->changes,
                           &ret_recorded->count, err);
}

int
recorded_read(const char *path, bool writes, struct arena *arena,
              struct recorded *ret_recorded, struct error *err)
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
    *ret_recorded = (struct recorded){ file.operation, file.changes,
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
list_subscriptions(const struct recorded *recorded, size_t *ret_count)
{
    const struct subscription **list =
        calloc(recorded->count + 1, sizeof(*list));
    size_t count = 0;

    if (list == NULL)
        return NULL;
    for (size_t i = 0; i < recorded->count; i++)
        list[i] = &recorded->changes[i].subscription;
    qsort(list, recorded->count, sizeof(*list), compare_ids);
    for (size_t i = 0; i < recorded->count; i++)
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
recorded_narrow(struct recorded *recorded, const struct scope *scope,
                struct error *err)
{
    size_t count, kept = 0;
    AUTOFREE const struct subscription **list =
        list_subscriptions(recorded, &count);

    if (list == NULL)
        return error_set_memory(err);
    if (scope_verify(scope, list, count, warn, NULL, err) < 0)
        return error_wrap(err, "of what %s changed", recorded->operation.id);
    for (size_t i = 0; i < recorded->count; i++) {
        const struct subscription *subscription =
            &recorded->changes[i].subscription;
        if (!scope_excludes(scope, subscription)
            && (!scope_has_inclusions(scope)
                || scope_includes(scope, subscription)))
            recorded->changes[kept++] = recorded->changes[i];
    }
    recorded->count = kept;
    return 0;
}

int
recorded_require_proof(const struct recorded *recorded, struct error *err)
{
    size_t count = recorded->unproved ? recorded->count : 0;

    for (size_t i = 0; !recorded->unproved && i < recorded->count; i++)
        count += recorded->changes[i].unproved;
    if (count == 0)
        return 0;
    error_set(err,
              language_plural(language_option_chosen(),
                              "%s: %zu change is not proved: an older piket "
                              "recorded it, without a digest",
                              "%s: %zu changes are not proved: an older piket "
                              "recorded them, without digests",
                              count),
              recorded->operation.id, count);
    return error_advise(err, "%s",
                        _("look at what would be written with piket history; "
                          "--force-unproved reverts it all the same"));
}

int
recorded_scope(const struct recorded *recorded, struct arena *arena,
               struct scope *ret_scope, struct error *err)
{
    size_t count;
    AUTOFREE const struct subscription **list =
        list_subscriptions(recorded, &count);
    struct scope_rule *items =
        arena_allocate_array(arena, recorded->count + 1, sizeof(*items));

    if (list == NULL || items == NULL)
        return error_set_memory(err);
    for (size_t i = 0; i < count; i++)
        items[i] = (struct scope_rule){ list[i]->id, recorded->operation.id };
    *ret_scope = (struct scope){
        .subscriptions = { items, count },
        .recorded = true,
    };
    return scope_index(ret_scope, arena, err);
}
