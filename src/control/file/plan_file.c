/* SPDX-License-Identifier: Apache-2.0 */
/* A plan as a file. */
#include "control/file/plan_file.h"

#include <stdio.h>
#include <string.h>

#include "base/cleanup.h"
#include "base/json_size.h"
#include "base/text.h"
#include "control/value/digest.h"
#include "control/value/json_text.h"
#include "control/file/plan_file_part.h"

static int
take_in(const char *bytes, size_t length, void *digest)
{
    return digest_append(digest, bytes, length);
}

int
plan_file_digest_tree(const json_t *tree, const char *before,
                      char ret_digest[PLAN_FILE_DIGEST_SIZE],
                      struct error *err)
{
    __attribute__((cleanup(digest_freep))) struct digest *digest =
        digest_new();

    if (digest == NULL)
        return error_set_memory(err);
    digest_begin(digest);
    if (before != NULL)
        (void) digest_append(digest, before, strlen(before));
    if (json_dump_callback(tree, take_in, digest,
                           JSON_COMPACT | JSON_SORT_KEYS | JSON_ENSURE_ASCII)
            < 0
        || digest_end_text(digest, ret_digest) < 0)
        return error_set(err, "its SHA-256 could not be computed");
    return 0;
}

int
plan_file_digest(const struct plan_file *file,
                 char ret_digest[PLAN_FILE_DIGEST_SIZE], struct error *err)
{
    AUTOTREE *tree = plan_file_tree(file);

    if (tree == NULL)
        return error_set_memory(err);
    return plan_file_digest_tree(tree, NULL, ret_digest, err);
}

int
plan_file_write(const struct plan_file *file, struct buffer *target,
                struct error *err)
{
    char digest[PLAN_FILE_DIGEST_SIZE];
    AUTOTREE *tree = plan_file_tree(file);

    if (tree == NULL)
        return error_set_memory(err);
    if (plan_file_digest_tree(tree, NULL, digest, err) < 0)
        return -1;
    AUTOTREE *document = json_pack(
        "{s:i, s:s, s:s, s:O}", "schemaVersion", PLAN_FILE_VERSION, "tool",
        "piket " PIKET_VERSION, "sha256", digest, "plan", tree);
    if (json_text_append(target, document, JSON_INDENT(2)) < 0
        || buffer_append_byte(target, '\n') < 0)
        return error_set_memory(err);
    return 0;
}

static int
read_obstacle(const struct json_cursor *place, struct plan *plan,
              struct error *err)
{
    static const char *const members[] = { "subscription", "reason",
                                           "argument", "error", NULL };
    const struct json_cursor subject =
        json_cursor_member(place, "subscription");
    const struct json_cursor reason = json_cursor_member(place, "reason");
    const struct json_cursor argument = json_cursor_member(place, "argument");
    const struct json_cursor error = json_cursor_member(place, "error");
    const char *words[PLAN_OBSTACLE_COUNT];
    struct plan_obstacle obstacle = { .reason = PLAN_OBSTACLE_UNKNOWN };
    size_t index;

    for (size_t i = 0; i < ARRAY_LENGTH(words); i++)
        words[i] = plan_obstacle_reason_name((enum plan_obstacle_reason) i);
    if (json_cursor_object(place, members, err) < 0
        || plan_file_read_subscription(&subject, plan->arena,
                                       &obstacle.subscription, err)
               < 0
        || json_cursor_word(&reason, words, ARRAY_LENGTH(words), &index, err)
               < 0
        || json_cursor_text_or_null(&argument, plan->arena, &obstacle.argument,
                                    err)
               < 0
        || plan_file_read_contact_error(&error, plan->arena, &obstacle.error,
                                        err)
               < 0)
        return -1;
    obstacle.reason = (enum plan_obstacle_reason) index;
    return plan_add_obstacle(plan, &obstacle, err);
}

/* Each item of the list that is this member. */
static int
read_list(const struct json_cursor *above, const char *member,
          struct plan *plan,
          int (*read_item)(const struct json_cursor *place, struct plan *plan,
                           struct error *err),
          struct error *err)
{
    const struct json_cursor place = json_cursor_member(above, member);
    size_t count;

    if (json_cursor_list(&place, &count, err) < 0)
        return -1;
    for (size_t i = 0; i < count; i++) {
        const struct json_cursor item = json_cursor_item(&place, i);
        if (read_item(&item, plan, err) < 0)
            return -1;
    }
    return 0;
}

static int
read_count(const struct json_cursor *above, const char *member,
           size_t *ret_count, struct error *err)
{
    const struct json_cursor place = json_cursor_member(above, member);
    int64_t count;

    if (json_cursor_integer(&place, INT32_MAX, &count, err) < 0)
        return -1;
    *ret_count = (size_t) count;
    return 0;
}

static int
read_tenants(const struct json_cursor *above, struct arena *arena,
             struct plan_texts *tenants, struct error *err)
{
    const struct json_cursor place = json_cursor_member(above, "tenants");

    if (json_cursor_texts(&place, arena, &tenants->items, &tenants->count, err)
        < 0)
        return -1;
    for (size_t i = 0; i < tenants->count; i++) {
        const struct json_cursor item = json_cursor_item(&place, i);
        if (!text_is_uuid(tenants->items[i]))
            return json_cursor_fail(&item, err, "is no tenant's id");
    }
    return 0;
}

static int
read_kind(const struct json_cursor *above, enum plan_kind *ret_kind,
          struct error *err)
{
    const struct json_cursor place = json_cursor_member(above, "kind");
    const char *const words[] = { plan_kind_name(PLAN_REMEDIATION),
                                  plan_kind_name(PLAN_REVERSAL) };
    size_t index;

    if (json_cursor_word(&place, words, ARRAY_LENGTH(words), &index, err) < 0)
        return -1;
    *ret_kind = (enum plan_kind) index;
    return 0;
}

/* What stands beside the lists. */
static int
read_head(const struct json_cursor *place, struct plan *plan,
          struct plan_file *file, struct error *err)
{
    const struct json_cursor id = json_cursor_member(place, "id");
    const struct json_cursor created = json_cursor_member(place, "createdAt");
    const struct json_cursor cloud = json_cursor_member(place, "cloud");
    const struct json_cursor endpoint = json_cursor_member(place, "endpoint");
    const struct json_cursor config = json_cursor_member(place, "config");
    const struct json_cursor reverts = json_cursor_member(place, "reverts");
    const struct json_cursor profile = json_cursor_member(place, "profile");
    const struct json_cursor complete = json_cursor_member(place, "complete");
    struct arena *arena = plan->arena;
    const char *text;

    if (json_cursor_text(&id, arena, &text, err) < 0
        || read_kind(place, &plan->kind, err) < 0
        || json_cursor_integer(&created, INT64_MAX, &plan->created_at, err) < 0
        || json_cursor_text_or_null(&cloud, arena, &plan->cloud, err) < 0
        || json_cursor_text_or_null(&endpoint, arena, &file->endpoint, err) < 0
        || json_cursor_text_or_null(&config, arena, &plan->config, err) < 0
        || json_cursor_text_or_null(&reverts, arena, &plan->reverts, err) < 0
        || read_tenants(place, arena, &file->tenants, err) < 0
        || plan_file_read_profile(&profile, arena, &file->profile, err) < 0
        || read_count(place, "subscriptions", &plan->subscriptions, err) < 0
        || read_count(place, "compliant", &plan->compliant, err) < 0)
        return -1;
    plan->id = (char *) (uintptr_t) text;
    plan->profile = file->profile->name;
    return json_cursor_boolean(&complete, &plan->complete, err);
}

static int
read_plan(const struct json_cursor *place, struct plan *plan,
          struct plan_file *file, struct error *err)
{
    static const char *const members[] = {
        "id",        "kind",     "createdAt", "cloud",     "endpoint",
        "config",    "reverts",  "tenants",   "profile",   "subscriptions",
        "compliant", "complete", "changes",   "obstacles", NULL
    };

    if (json_cursor_object(place, members, err) < 0
        || read_head(place, plan, file, err) < 0
        || read_list(place, "changes", plan, plan_file_read_change, err) < 0
        || read_list(place, "obstacles", plan, read_obstacle, err) < 0)
        return -1;
    plan_sort(plan);
    return 0;
}

/* Ahead of all else: what is not whole is not looked into. */
static int
check_digest(const struct json_cursor *document, struct error *err)
{
    static const char *const members[] = { "schemaVersion", "tool", "sha256",
                                           "plan", NULL };
    const struct json_cursor version =
        json_cursor_member(document, "schemaVersion");
    const struct json_cursor stated = json_cursor_member(document, "sha256");
    char digest[PLAN_FILE_DIGEST_SIZE] = "";
    int64_t number;

    if (!json_is_object(document->value))
        return json_cursor_fail(document, err, "is no plan");
    if (json_cursor_integer(&version, INT32_MAX, &number, err) < 0)
        return -1;
    if (number != PLAN_FILE_VERSION)
        return json_cursor_fail(&version, err,
                                "is %lld; this piket reads only %d",
                                (long long) number, PLAN_FILE_VERSION);
    if (json_cursor_object(document, members, err) < 0)
        return -1;
    const struct json_cursor plan = json_cursor_member(document, "plan");
    if (!json_is_object(plan.value))
        return json_cursor_fail(&plan, err, "is no object");
    if (plan_file_digest_tree(plan.value, NULL, digest, err) < 0)
        return -1;
    const char *text = json_string_value(stated.value);
    if (text == NULL || strcmp(text, digest) != 0) {
        json_cursor_fail(document, err,
                         "has been edited or damaged: its SHA-256 is another");
        return error_advise(err, "make the plan anew, with --save-plan");
    }
    return 0;
}

static json_t *
parse(const char *bytes, size_t length, const char *name, struct error *err)
{
    const size_t fitting =
        PLAN_FILE_FEW_VALUES + length / PLAN_FILE_VALUE_SIZE;
    const struct json_size ceiling = {
        fitting < PLAN_FILE_VALUES ? fitting : PLAN_FILE_VALUES,
        JSON_SIZE_DEPTH,
    };
    json_error_t wrong;

    if (length > PLAN_FILE_CEILING) {
        error_set(err, "%s: is larger than %d MiB", name,
                  PLAN_FILE_CEILING / (1024 * 1024));
        return NULL;
    }
    if (json_size_check(bytes, length, &ceiling, err) < 0) {
        (void) error_wrap(err, "%s", name);
        return NULL;
    }
    json_t *tree = json_loadb(bytes, length, JSON_REJECT_DUPLICATES, &wrong);
    if (tree == NULL) {
        error_set(err, "%s: is no plan, or was cut off: line %d: %s", name,
                  wrong.line, wrong.text);
        (void) error_advise(err, "make the plan anew, with --save-plan");
    }
    return tree;
}

int
plan_file_read(const char *bytes, size_t length, const char *name,
               struct plan **ret_plan, struct plan_file *ret_file,
               struct error *err)
{
    AUTOTREE *tree = parse(bytes, length, name, err);
    const struct json_cursor document = json_cursor_document(name, tree);
    struct plan_file file = { .plan = NULL };
    struct plan *plan;

    if (tree == NULL || check_digest(&document, err) < 0
        || plan_new(&plan, PLAN_REMEDIATION, 0, 0, err) < 0)
        return -1;
    const struct json_cursor place = json_cursor_member(&document, "plan");
    if (read_plan(&place, plan, &file, err) < 0) {
        plan_free(plan);
        return -1;
    }
    file.plan = plan;
    *ret_plan = plan;
    *ret_file = file;
    return 0;
}
