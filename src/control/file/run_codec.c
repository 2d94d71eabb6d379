/* SPDX-License-Identifier: Apache-2.0 */
/* A run, without its assessments, to and from JSON. */
#include "control/file/run_codec.h"

#include <limits.h>
#include <string.h>

#include "base/cleanup.h"
#include "base/json_size.h"
#include "base/text.h"
#include "control/file/plan_file_part.h"
#include "control/file/run_codec_part.h"

json_t *
run_codec_text(const char *text)
{
    AUTOBUFFER repaired = BUFFER_INIT(RUN_CODEC_CEILING);

    if (text == NULL)
        return json_null();
    json_t *tree = json_string(text);
    if (tree != NULL || text_repair_utf8(&repaired, text, strlen(text)) < 0)
        return tree;
    return json_string(buffer_text(&repaired));
}

static int
append(const char *bytes, size_t length, void *data)
{
    return buffer_append(data, bytes, length);
}

int
run_codec_dump(const json_t *tree, struct buffer *target, struct error *err)
{
    if (tree == NULL
        || json_dump_callback(tree, append, target, JSON_COMPACT) < 0)
        return error_set_memory(err);
    return 0;
}

json_t *
run_codec_parse(const char *name, const char *bytes, size_t length,
                struct error *err)
{
    static const struct json_size ceiling = { RUN_CODEC_VALUES,
                                              JSON_SIZE_DEPTH };
    json_error_t error;

    if (json_size_check(bytes, length, &ceiling, err) < 0) {
        (void) error_wrap(err, "%s", name);
        return NULL;
    }
    json_t *tree = json_loadb(bytes, length, JSON_REJECT_DUPLICATES, &error);

    if (tree == NULL)
        error_set(err, "%s: is not JSON: %s", name, error.text);
    return tree;
}

static json_t *
texts_tree(const char *const *texts, size_t count)
{
    AUTOTREE *list = json_array();

    for (size_t i = 0; i < count; i++)
        if (json_array_append_new(list, run_codec_text(texts[i])) < 0)
            return NULL;
    return take_pointer(list);
}

static json_t *
tenants_tree(const struct run *run)
{
    AUTOTREE *list = json_array();

    for (size_t i = 0; i < run->tenant_count; i++) {
        const struct run_tenant *tenant = &run->tenants[i];
        if (json_array_append_new(
                list,
                json_pack("{s:o, s:o, s:o, s:o, s:o, s:b}", "id",
                          run_codec_text(tenant->id), "displayName",
                          run_codec_text(tenant->display_name), "credential",
                          run_codec_text(tenant->credential), "identity",
                          run_codec_text(tenant->identity), "error",
                          run_codec_text(tenant->error), "delegated",
                          tenant->delegated))
            < 0)
            return NULL;
    }
    return take_pointer(list);
}

static json_t *
coverage_tree(const struct coverage *coverage)
{
    return json_pack("{s:b, s:I, s:I, s:I, s:I, s:o}", "known",
                     coverage->known, "sources",
                     (json_int_t) coverage->sources, "expected",
                     (json_int_t) coverage->expected, "notVisible",
                     (json_int_t) coverage->not_visible, "reason",
                     (json_int_t) coverage->reason, "detail",
                     run_codec_text(coverage->detail));
}

int
run_codec_write(const struct run *run, struct buffer *target,
                struct error *err)
{
    AUTOTREE *tree = json_pack(
        "{s:s, s:I, s:I, s:s, s:o, s:o, s:b, s:b, s:o, s:o, s:o, s:o, s:I, "
        "s:I, s:o, s:I, s:I}",
        "id", run->id, "startedAt", (json_int_t) run->started_at, "finishedAt",
        (json_int_t) run->finished_at, "cloud", run->cloud, "profile",
        plan_file_profile(run->profile), "config", run_codec_text(run->config),
        "complete", run->complete, "interrupted", run->interrupted, "tenants",
        tenants_tree(run), "limitations",
        texts_tree(run->limitations, run->limitation_count), "errors",
        texts_tree(run->errors, run->error_count), "notes",
        texts_tree(run->notes, run->note_count), "excluded",
        (json_int_t) run->excluded, "otherTenants",
        (json_int_t) run->other_tenants, "coverage",
        coverage_tree(&run->coverage), "requests", (json_int_t) run->requests,
        "retries", (json_int_t) run->retries);

    return run_codec_dump(tree, target, err);
}

static int
read_count(const struct json_cursor *above, const char *member, size_t *ret,
           struct error *err)
{
    const struct json_cursor place = json_cursor_member(above, member);
    int64_t number;

    if (json_cursor_integer(&place, INT64_MAX, &number, err) < 0)
        return -1;
    *ret = (size_t) number;
    return 0;
}

static int
read_number(const struct json_cursor *above, const char *member,
            int64_t maximum, int64_t *ret_number, struct error *err)
{
    const struct json_cursor place = json_cursor_member(above, member);

    return json_cursor_integer(&place, maximum, ret_number, err);
}

static int
read_flag(const struct json_cursor *above, const char *member, bool *ret_flag,
          struct error *err)
{
    const struct json_cursor place = json_cursor_member(above, member);

    return json_cursor_boolean(&place, ret_flag, err);
}

static int
read_optional(const struct json_cursor *above, const char *member,
              struct arena *arena, const char **ret_text, struct error *err)
{
    const struct json_cursor place = json_cursor_member(above, member);

    return json_cursor_text_or_null(&place, arena, ret_text, err);
}

static int
read_tenant(const struct json_cursor *place, struct arena *arena,
            struct run_tenant *tenant, struct error *err)
{
    static const char *const members[] = { "id",         "displayName",
                                           "credential", "identity",
                                           "error",      "delegated",
                                           NULL };
    const struct json_cursor id = json_cursor_member(place, members[0]);

    if (json_cursor_object(place, members, err) < 0
        || json_cursor_text(&id, arena, &tenant->id, err) < 0
        || read_optional(place, members[1], arena, &tenant->display_name, err)
               < 0
        || read_optional(place, members[2], arena, &tenant->credential, err)
               < 0
        || read_optional(place, members[3], arena, &tenant->identity, err) < 0
        || read_optional(place, members[4], arena, &tenant->error, err) < 0)
        return -1;
    return read_flag(place, members[5], &tenant->delegated, err);
}

static int
read_tenants(const struct json_cursor *document, struct run *run,
             struct error *err)
{
    const struct json_cursor place = json_cursor_member(document, "tenants");
    size_t count;

    if (json_cursor_list(&place, &count, err) < 0)
        return -1;
    struct run_tenant *tenants =
        arena_allocate_array(run->arena, count, sizeof(*tenants));
    if (tenants == NULL)
        return error_set_memory(err);
    for (size_t i = 0; i < count; i++) {
        const struct json_cursor item = json_cursor_item(&place, i);
        if (read_tenant(&item, run->arena, &tenants[i], err) < 0)
            return -1;
    }
    run->tenants = tenants;
    run->tenant_count = count;
    return 0;
}

static int
read_coverage(const struct json_cursor *document, struct arena *arena,
              struct coverage *coverage, struct error *err)
{
    static const char *const members[] = { "known",      "sources", "expected",
                                           "notVisible", "reason",  "detail",
                                           NULL };
    const struct json_cursor place = json_cursor_member(document, "coverage");
    const int64_t all_sources =
        COVERAGE_SOURCE_ROOT | COVERAGE_SOURCE_GROUPS | COVERAGE_SOURCE_FILE;
    int64_t sources, reason;

    if (json_cursor_object(&place, members, err) < 0
        || read_flag(&place, members[0], &coverage->known, err) < 0
        || read_number(&place, members[1], all_sources, &sources, err) < 0
        || read_count(&place, members[2], &coverage->expected, err) < 0
        || read_count(&place, members[3], &coverage->not_visible, err) < 0
        || read_number(&place, members[4], COVERAGE_REASON_COUNT - 1, &reason,
                       err)
               < 0)
        return -1;
    coverage->sources = (unsigned) sources;
    coverage->reason = (enum coverage_reason) reason;
    return read_optional(&place, members[5], arena, &coverage->detail, err);
}

/* run_add_limitation and its like. */
typedef int sentence_add(struct run *run, const char *text, struct error *err);

static int
read_sentences(const struct json_cursor *document, const char *member,
               struct run *run, sentence_add *add, struct error *err)
{
    const struct json_cursor place = json_cursor_member(document, member);
    const char *const *texts = NULL;
    size_t count = 0;

    if (json_cursor_texts(&place, run->arena, &texts, &count, err) < 0)
        return -1;
    for (size_t i = 0; i < count; i++)
        if (add(run, texts[i], err) < 0)
            return -1;
    return 0;
}

static int
read_numbers(const struct json_cursor *place, struct run *run,
             struct error *err)
{
    int64_t requests, retries;

    if (read_number(place, "startedAt", INT64_MAX, &run->started_at, err) < 0
        || read_number(place, "finishedAt", INT64_MAX, &run->finished_at, err)
               < 0
        || read_flag(place, "complete", &run->complete, err) < 0
        || read_flag(place, "interrupted", &run->interrupted, err) < 0
        || read_count(place, "excluded", &run->excluded, err) < 0
        || read_count(place, "otherTenants", &run->other_tenants, err) < 0
        || read_number(place, "requests", INT64_MAX, &requests, err) < 0
        || read_number(place, "retries", INT64_MAX, &retries, err) < 0)
        return -1;
    run->requests = (uint64_t) requests;
    run->retries = (uint64_t) retries;
    return 0;
}

static int
read_run(const struct json_cursor *place, struct run *run, struct error *err)
{
    static const char *const members[] = {
        "id",       "startedAt", "finishedAt",  "cloud",        "profile",
        "config",   "complete",  "interrupted", "tenants",      "limitations",
        "errors",   "notes",     "excluded",    "otherTenants", "coverage",
        "requests", "retries",   NULL
    };
    const struct json_cursor id = json_cursor_member(place, "id");
    const struct json_cursor cloud = json_cursor_member(place, "cloud");
    const struct json_cursor profile = json_cursor_member(place, "profile");
    const char *id_text = NULL;

    if (json_cursor_object(place, members, err) < 0
        || json_cursor_text(&id, run->arena, &id_text, err) < 0
        || json_cursor_text(&cloud, run->arena, &run->cloud, err) < 0
        || plan_file_read_profile(&profile, run->arena, &run->profile, err) < 0
        || read_optional(place, "config", run->arena, &run->config, err) < 0
        || read_numbers(place, run, err) < 0
        || read_tenants(place, run, err) < 0
        || read_coverage(place, run->arena, &run->coverage, err) < 0
        || read_sentences(place, "limitations", run, run_add_limitation, err)
               < 0
        || read_sentences(place, "errors", run, run_add_error, err) < 0
        || read_sentences(place, "notes", run, run_add_note, err) < 0)
        return -1;
    run->id = arena_copy(run->arena, id_text);
    return run->id != NULL ? 0 : error_set_memory(err);
}

int
run_codec_read(const char *name, const char *bytes, size_t length,
               struct run **ret_run, struct error *err)
{
    AUTOTREE *tree = run_codec_parse(name, bytes, length, err);
    struct run *run = NULL;

    if (tree == NULL || run_new(&run, 0, 0, profile_default(), err) < 0)
        return -1;
    const struct json_cursor document = json_cursor_document(name, tree);
    if (read_run(&document, run, err) < 0) {
        run_free(run);
        return -1;
    }
    *ret_run = run;
    return 0;
}
