/* SPDX-License-Identifier: Apache-2.0 */
/* The pages of piket history. */
#include "cli/flow/history_show.h"

#include <stdint.h>
#include <string.h>

#include "base/cleanup.h"
#include "base/text.h"
#include "cli/terminal/language_option.h"
#include "cli/terminal/message.h"
#include "cli/terminal/output.h"
#include "report/view/report.h"
#include "store/journal.h"
#include "store/record.h"
#include "store/run_store.h"
#include "store/store.h"

/* A page with what its writer needs. */
struct page {
    const struct history_show *show;
    const void *noun;
};

/* Memory for what one page is made of. */
static struct arena *
page_arena(struct error *err)
{
    struct arena *arena = arena_new();

    if (arena == NULL)
        error_set_memory(err);
    return arena;
}

/* From here on, what is damaged is left out of the page instead of taking its
 * place. */
static void
collect_damage(const struct history_show *show, struct store_damage *damage,
               struct arena *arena)
{
    *damage = (struct store_damage){ .arena = arena };
    store_collect_damage(show->store, damage);
}

/* Says what a page that was written with this status lacks: that is an
 * error. */
static int
tell_damage(const struct history_show *show, const struct store_damage *damage,
            int status, struct error *err)
{
    store_collect_damage(show->store, NULL);
    if (status < 0 || damage->count == 0)
        return status;
    for (size_t i = 0; i < damage->count; i++)
        message_error_text(_("%s: is damaged: %s"), store_path(show->store),
                           damage->texts[i]);
    error_set(err,
              language_plural(language_option_chosen(),
                              "%zu part of the store is damaged: the page "
                              "shows the others only",
                              "%zu parts of the store are damaged: the page "
                              "shows the others only",
                              damage->count),
              damage->count);
    return error_advise(err, "%s",
                        _("restore the store from a copy of its file; "
                          "damaged runs are removed first by piket history "
                          "prune"));
}

/* Says so where an older piket recorded some of these, without digests. */
static void
tell_unproved(const struct change *changes, size_t count)
{
    size_t unproved = 0;

    for (size_t i = 0; i < count; i++)
        unproved += changes[i].unproved;
    if (unproved > 0)
        message_error_text(
            language_plural(language_option_chosen(),
                            "%zu change is not proved: an older piket "
                            "recorded it, without a digest",
                            "%zu changes are not proved: an older piket "
                            "recorded them, without digests",
                            unproved),
            unproved);
}

static int
write_list(struct buffer *target, const void *data, struct error *err)
{
    const struct page *page = data;

    return page->show->format->list(page->noun, &page->show->view, target,
                                    err);
}

static int
write_detail(struct buffer *target, const void *data, struct error *err)
{
    const struct page *page = data;

    return page->show->format->detail(page->noun, &page->show->view, target,
                                      err);
}

static int
write_timeline(struct buffer *target, const void *data, struct error *err)
{
    const struct page *page = data;

    return page->show->format->timeline(page->noun, &page->show->view, target,
                                        err);
}

static int
write_contacts(struct buffer *target, const void *data, struct error *err)
{
    const struct page *page = data;

    return page->show->format->contacts(page->noun, &page->show->view, target,
                                        err);
}

static int
write_drift(struct buffer *target, const void *data, struct error *err)
{
    const struct page *page = data;

    return page->show->format->drift(page->noun, &page->show->view, target,
                                     err);
}

static int
write_pruned(struct buffer *target, const void *data, struct error *err)
{
    const struct page *page = data;

    return page->show->format->pruned(page->noun, &page->show->view, target,
                                      err);
}

/* A run is shown as check showed it. */
static int
write_run(struct buffer *target, const void *data, struct error *err)
{
    const struct page *page = data;
    const struct report_view view = {
        .run = page->noun,
        .language = page->show->view.language,
        .colour = page->show->view.colour,
        .rows = page->show->view.rows,
        .exit_status = run_summarize(page->noun).status,
    };

    return report_by_name(page->show->format->name)->write(&view, target, err);
}

static int
put(const struct history_show *show, output_writer *writer, const void *noun,
    struct error *err)
{
    const struct page page = { show, noun };

    return output_write(show->output, writer, &page, err);
}

/* One more than is shown, so that it is known whether there are older ones;
 * 0: all. */
static size_t
limit_of(const struct history_show *show)
{
    return show->limit > 0 ? show->limit + 1 : 0;
}

/* Cuts a count of rows to the limit. */
static void
cut(const struct history_show *show, size_t *count, bool *more)
{
    if (show->limit == 0 || *count <= show->limit)
        return;
    *count = show->limit;
    *more = true;
}

static int
gather_list(const struct history_show *show, struct arena *arena,
            struct history_list *ret_list, struct error *err)
{
    struct history_run *runs = NULL;
    struct history_operation *operations = NULL;

    if (run_store_list(show->store, limit_of(show), arena, &runs,
                       &ret_list->run_count, err)
            < 0
        || journal_operations(show->store, limit_of(show), arena, &operations,
                              &ret_list->operation_count, err)
               < 0)
        return -1;
    cut(show, &ret_list->run_count, &ret_list->more);
    cut(show, &ret_list->operation_count, &ret_list->more);
    ret_list->runs = runs;
    ret_list->operations = operations;
    return 0;
}

int
history_show_list(const struct history_show *show, struct error *err)
{
    struct history_list list = { .run_count = 0 };
    struct arena *arena = page_arena(err);
    struct store_damage damage;
    int status = -1;

    collect_damage(show, &damage, arena);
    if (arena != NULL && gather_list(show, arena, &list, err) == 0)
        status = put(show, write_list, &list, err);
    status = tell_damage(show, &damage, status, err);
    arena_free(arena);
    return status;
}

static int
show_operation(const struct history_show *show, const char *id,
               struct arena *arena, struct error *err)
{
    struct history_operation operation;
    struct change *changes;
    struct history_detail detail = { .operation = &operation };
    const struct journal_filter filter = { .operation = id };
    struct store_damage damage;
    int status = -1;

    collect_damage(show, &damage, arena);
    if (journal_operation(show->store, id, arena, &operation, err) == 0
        && journal_changes(show->store, &filter, arena, &changes,
                           &detail.change_count, err)
               == 0) {
        detail.changes = changes;
        tell_unproved(changes, detail.change_count);
        status = put(show, write_detail, &detail, err);
    }
    return tell_damage(show, &damage, status, err);
}

static int
show_run(const struct history_show *show, const char *id, struct error *err)
{
    struct run *run;

    if (run_store_load(show->store, id, &run, err) < 0)
        return -1;
    const int status = put(show, write_run, run, err);
    run_free(run);
    return status;
}

int
history_show_one(const struct history_show *show, const char *id,
                 struct error *err)
{
    struct arena *arena = page_arena(err);
    enum record_kind kind;
    const char *whole;
    int status = -1;

    if (arena != NULL
        && record_find(show->store, id, arena, &kind, &whole, err) == 0)
        status = kind == RECORD_OPERATION
                     ? show_operation(show, whole, arena, err)
                     : show_run(show, whole, err);
    arena_free(arena);
    return status;
}

int
history_show_pruned(const struct history_show *show, size_t keep,
                    struct error *err)
{
    struct history_pruned pruned = { .keep = keep };

    if (run_store_prune(show->store, keep, &pruned.removed, err) < 0)
        return -1;
    return put(show, write_pruned, &pruned, err);
}

/* The id of the only subscription of the last run that has this name. */
static int
find_subscription(const struct history_show *show, const char *name,
                  struct arena *arena, struct history_timeline *timeline,
                  struct error *err)
{
    struct run *run;
    size_t found = 0;

    if (run_store_load(show->store, NULL, &run, err) < 0)
        return -1;
    for (size_t i = 0; i < run->assessment_count; i++) {
        const struct subscription *subscription =
            &run->assessments[i].subscription;
        if (!text_equal_ignoring_case(subscription->name, name)
            && !text_equal_ignoring_case(subscription->id, name))
            continue;
        timeline->subscription_id = arena_copy(arena, subscription->id);
        found++;
    }
    run_free(run);
    if (found == 1)
        return timeline->subscription_id != NULL ? 0 : error_set_memory(err);
    if (found > 1)
        error_set(err, _("--subscription: %zu subscriptions are named '%s'"),
                  found, name);
    else
        error_set(err,
                  _("--subscription: the last run has no subscription '%s'"),
                  name);
    return error_advise(err, "%s", _("give its id"));
}

/* Letters of a UUID, in lower case as the store has them. */
static char *
lower_case(struct arena *arena, const char *text)
{
    char *copy = arena_copy(arena, text);

    for (char *letter = copy; letter != NULL && *letter != '\0'; letter++)
        if (*letter >= 'A' && *letter <= 'Z')
            *letter = (char) (*letter - 'A' + 'a');
    return copy;
}

static int
gather_timeline(const struct history_show *show, const char *subscription,
                struct arena *arena, struct history_timeline *timeline,
                struct error *err)
{
    struct history_assessment *assessments;
    struct change *changes;

    if (text_is_uuid(subscription)) {
        timeline->subscription_id = lower_case(arena, subscription);
        if (timeline->subscription_id == NULL)
            return error_set_memory(err);
    } else if (find_subscription(show, subscription, arena, timeline, err)
               < 0) {
        return -1;
    }
    const struct journal_filter filter = { .subscription_id =
                                               timeline->subscription_id };
    if (run_store_timeline(show->store, timeline->subscription_id,
                           limit_of(show), arena, &assessments,
                           &timeline->assessment_count, err)
            < 0
        || journal_changes(show->store, &filter, arena, &changes,
                           &timeline->change_count, err)
               < 0)
        return -1;
    if (timeline->assessment_count + timeline->change_count == 0) {
        error_set(err,
                  _("--subscription: the store has neither an assessment nor "
                    "a change of %s"),
                  timeline->subscription_id);
        return error_advise(err, "%s",
                            _("piket report --format csv has the ids of all "
                              "in the last run"));
    }
    cut(show, &timeline->assessment_count, &timeline->more);
    timeline->assessments = assessments;
    timeline->changes = changes;
    timeline->subscription_name =
        timeline->assessment_count > 0
            ? assessments[0].name
            : changes[timeline->change_count - 1].subscription.name;
    return 0;
}

int
history_show_subscription(const struct history_show *show,
                          const char *subscription, struct error *err)
{
    struct history_timeline timeline = { .subscription_id = NULL };
    struct arena *arena = page_arena(err);
    struct store_damage damage;
    int status = -1;

    collect_damage(show, &damage, arena);
    if (arena != NULL
        && gather_timeline(show, subscription, arena, &timeline, err) == 0) {
        tell_unproved(timeline.changes, timeline.change_count);
        status = put(show, write_timeline, &timeline, err);
    }
    status = tell_damage(show, &damage, status, err);
    arena_free(arena);
    return status;
}

int
history_show_drift(const struct history_show *show, const char *before,
                   const char *after, struct error *err)
{
    struct run *was = NULL, *is = NULL;
    struct drift drift;
    int status = -1;

    if (run_store_load(show->store, before, &was, err) == 0
        && run_store_load(show->store, after, &is, err) == 0
        && drift_make(was, is, is->arena, &drift, err) == 0)
        status = put(show, write_drift, &drift, err);
    run_free(was);
    run_free(is);
    return status;
}

int
history_show_contacts(const struct history_show *show, const char *run,
                      struct error *err)
{
    struct address_book book;
    struct run *loaded;
    int status = -1;

    if (run_store_load(show->store, run, &loaded, err) < 0)
        return -1;
    if (address_book_make(loaded, loaded->arena, &book, err) == 0)
        status = put(show, write_contacts, &book, err);
    run_free(loaded);
    return status;
}
