/* SPDX-License-Identifier: Apache-2.0 */
/* The before-images of an operation in a file. */
#include "control/file/backup_file.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "base/cleanup.h"
#include "base/json_size.h"
#include "base/text.h"
#include "control/value/json_text.h"
#include "control/file/plan_file_part.h"

static const char kind[] = "piket backup";
static const char end_kind[] = "end of a piket backup";

/* Appends the tree on one line, with its digest, and releases it. */
static int
append_line(json_t *tree, struct backup_chain *chain, struct buffer *target,
            struct error *err)
{
    AUTOTREE *owned = tree;
    AUTOBUFFER line = BUFFER_INIT(SIZE_MAX);
    char digest[DIGEST_TEXT_SIZE];

    if (owned == NULL)
        return error_set_memory(err);
    if (plan_file_digest_tree(owned, chain->digest, digest, err) < 0)
        return -1;
    if (json_object_set_new(owned, "sha256", json_string(digest)) < 0
        || json_text_append(&line, owned, JSON_COMPACT) < 0)
        return error_set_memory(err);
    if (line.length >= BACKUP_FILE_LINE_CEILING)
        return error_set(err, "a line of the backup would be too long");
    buffer_append_buffer(target, &line);
    if (buffer_append_byte(target, '\n') < 0)
        return error_set_memory(err);
    memcpy(chain->digest, digest, sizeof(digest));
    return 0;
}

int
backup_file_write_operation(const struct operation *operation,
                            struct backup_chain *chain, struct buffer *target,
                            struct error *err)
{
    return append_line(
        json_pack("{s:s, s:i, s:s, s:s, s:I, s:s, s:s, s:s, s:s?}", "kind",
                  kind, "schemaVersion", BACKUP_FILE_VERSION, "operation",
                  operation->id, "does", plan_kind_name(operation->kind),
                  "startedAt", (json_int_t) operation->started_at, "cloud",
                  operation->cloud, "endpoint", operation->endpoint, "profile",
                  operation->profile, "reverts", operation->reverts),
        chain, target, err);
}

int
backup_file_write_change(const struct change *change,
                         struct backup_chain *chain, struct buffer *target,
                         struct error *err)
{
    return append_line(
        json_pack("{s:I, s:o, s:s, s:s, s:o, s:s?, s:I, s:I}", "change",
                  (json_int_t) change->id, "subscription",
                  plan_file_subscription(&change->subscription), "action",
                  plan_action_name(change->action), "version",
                  contact_version_name(change->version), "before",
                  plan_file_image(change->before), "body", change->body,
                  "reverts", (json_int_t) change->reverts, "journalledAt",
                  (json_int_t) change->journalled_at),
        chain, target, err);
}

int
backup_file_write_end(size_t count, struct backup_chain *chain,
                      struct buffer *target, struct error *err)
{
    return append_line(json_pack("{s:s, s:I}", "kind", end_kind, "changes",
                                 (json_int_t) count),
                       chain, target, err);
}

/* The file while it is read. */
struct reading {
    const char *file;
    struct arena *arena;
    struct backup_file *backup;
    size_t line, room;
    struct backup_chain chain;
};

static int
read_kind(struct reading *reading, const struct json_cursor *place,
          struct error *err)
{
    const struct json_cursor name = json_cursor_member(place, "kind");
    const struct json_cursor version =
        json_cursor_member(place, "schemaVersion");
    const char *const kinds[] = { kind };
    size_t index;
    int64_t number;

    if (json_cursor_word(&name, kinds, ARRAY_LENGTH(kinds), &index, err) < 0
        || json_cursor_integer(&version, INT32_MAX, &number, err) < 0)
        return -1;
    reading->backup->unproved = number == BACKUP_FILE_VERSION_UNPROVED;
    if (number != BACKUP_FILE_VERSION && !reading->backup->unproved)
        return json_cursor_fail(&version, err, "is %lld: this piket knows %d",
                                (long long) number, BACKUP_FILE_VERSION);
    return 0;
}

static int
read_operation(struct reading *reading, const struct json_cursor *place,
               struct error *err)
{
    static const char *const members[] = {
        "kind",  "schemaVersion", "operation", "does",    "startedAt",
        "cloud", "endpoint",      "profile",   "reverts", NULL,
    };
    const char *const kinds[] = { plan_kind_name(PLAN_REMEDIATION),
                                  plan_kind_name(PLAN_REVERSAL) };
    const struct json_cursor id = json_cursor_member(place, "operation");
    const struct json_cursor does = json_cursor_member(place, "does");
    const struct json_cursor started = json_cursor_member(place, "startedAt");
    const struct json_cursor cloud = json_cursor_member(place, "cloud");
    const struct json_cursor endpoint = json_cursor_member(place, "endpoint");
    const struct json_cursor profile = json_cursor_member(place, "profile");
    const struct json_cursor reverts = json_cursor_member(place, "reverts");
    struct operation *operation = &reading->backup->operation;
    struct arena *arena = reading->arena;
    size_t index;

    if (json_cursor_object(place, members, err) < 0
        || json_cursor_text(&id, arena, &operation->id, err) < 0
        || json_cursor_word(&does, kinds, ARRAY_LENGTH(kinds), &index, err) < 0
        || json_cursor_integer(&started, INT64_MAX, &operation->started_at,
                               err)
               < 0
        || json_cursor_text(&cloud, arena, &operation->cloud, err) < 0
        || json_cursor_text(&endpoint, arena, &operation->endpoint, err) < 0
        || json_cursor_text(&profile, arena, &operation->profile, err) < 0)
        return -1;
    operation->kind = (enum plan_kind) index;
    return json_cursor_text_or_null(&reverts, arena, &operation->reverts, err);
}

static int
read_action(const struct json_cursor *above, enum plan_action *ret_action,
            struct error *err)
{
    const struct json_cursor place = json_cursor_member(above, "action");
    const char *words[PLAN_REGISTER + 1];
    size_t index;

    for (size_t i = 0; i < ARRAY_LENGTH(words); i++)
        words[i] = plan_action_name((enum plan_action) i);
    if (json_cursor_word(&place, words, ARRAY_LENGTH(words), &index, err) < 0)
        return -1;
    *ret_action = (enum plan_action) index;
    return 0;
}

static int
read_change_members(struct reading *reading, const struct json_cursor *place,
                    struct change *change, struct error *err)
{
    const struct json_cursor id = json_cursor_member(place, "change");
    const struct json_cursor subscription =
        json_cursor_member(place, "subscription");
    const struct json_cursor version = json_cursor_member(place, "version");
    const struct json_cursor before = json_cursor_member(place, "before");
    const struct json_cursor body = json_cursor_member(place, "body");
    const struct json_cursor reverts = json_cursor_member(place, "reverts");
    const struct json_cursor time = json_cursor_member(place, "journalledAt");
    struct arena *arena = reading->arena;

    if (json_cursor_integer(&id, INT64_MAX, &change->id, err) < 0
        || plan_file_read_subscription(&subscription, arena,
                                       &change->subscription, err)
               < 0
        || read_action(place, &change->action, err) < 0
        || plan_file_read_version(&version, &change->version, err) < 0
        || plan_file_read_image(&before, arena, &change->before, err) < 0
        || json_cursor_text_or_null(&body, arena, &change->body, err) < 0
        || json_cursor_integer(&reverts, INT64_MAX, &change->reverts, err) < 0)
        return -1;
    return json_cursor_integer(&time, INT64_MAX, &change->journalled_at, err);
}

static struct change *
add_change(struct reading *reading)
{
    struct backup_file *backup = reading->backup;

    if (backup->change_count == reading->room) {
        const size_t room = reading->room > 0 ? 2 * reading->room : 64;
        struct change *grown =
            arena_allocate_array(reading->arena, room, sizeof(*grown));
        if (grown == NULL)
            return NULL;
        if (backup->change_count > 0)
            memcpy(grown, backup->changes,
                   backup->change_count * sizeof(*grown));
        backup->changes = grown;
        reading->room = room;
    }
    return &backup->changes[backup->change_count++];
}

static int
read_change(struct reading *reading, const struct json_cursor *place,
            struct error *err)
{
    static const char *const members[] = {
        "change", "subscription", "action",       "version", "before",
        "body",   "reverts",      "journalledAt", NULL,
    };
    struct change *change;

    if (json_cursor_object(place, members, err) < 0)
        return -1;
    change = add_change(reading);
    if (change == NULL)
        return error_set_memory(err);
    change->operation = reading->backup->operation.id;
    if (read_change_members(reading, place, change, err) < 0)
        return -1;
    if (change->before == NULL && change->action != PLAN_REGISTER)
        return json_cursor_fail(place, err, "there is no before-image");
    if (change->version == CONTACT_VERSION_2017_08_01)
        return json_cursor_fail(place, err,
                                "piket writes nothing through that version");
    return 0;
}

static int
read_end(struct reading *reading, const struct json_cursor *place,
         struct error *err)
{
    static const char *const members[] = { "kind", "changes", NULL };
    const char *const kinds[] = { end_kind };
    const struct json_cursor name = json_cursor_member(place, "kind");
    const struct json_cursor changes = json_cursor_member(place, "changes");
    size_t index;
    int64_t count;

    if (json_cursor_object(place, members, err) < 0
        || json_cursor_word(&name, kinds, ARRAY_LENGTH(kinds), &index, err) < 0
        || json_cursor_integer(&changes, INT64_MAX, &count, err) < 0)
        return -1;
    if ((size_t) count != reading->backup->change_count)
        return json_cursor_fail(
            &changes, err, "is %lld, and before it stand %zu",
            (long long) count, reading->backup->change_count);
    reading->backup->ended = true;
    return 0;
}

/* Ahead of all else of a line: the digest is that of the others, with the line
 * before. It is taken out of the tree. */
static int
check_digest(struct reading *reading, json_t *tree, const char *origin,
             struct error *err)
{
    const char *stated = json_string_value(json_object_get(tree, "sha256"));
    char digest[DIGEST_TEXT_SIZE], told[DIGEST_TEXT_SIZE];

    if (reading->backup->unproved)
        return 0;
    (void) snprintf(told, sizeof(told), "%s", stated != NULL ? stated : "");
    if (stated != NULL && strlen(stated) != strlen(told))
        told[0] = '\0';
    (void) json_object_del(tree, "sha256");
    if (plan_file_digest_tree(tree, reading->chain.digest, digest, err) < 0)
        return -1;
    if (strcmp(told, digest) != 0) {
        error_set(err,
                  "%s: has been edited or damaged, or a line before it is "
                  "missing: its SHA-256 is another",
                  origin);
        return error_advise(err, "nothing of it is used: revert by the "
                                 "journal, or from another copy");
    }
    memcpy(reading->chain.digest, digest, sizeof(digest));
    return 0;
}

static int
read_line(struct reading *reading, const char *line, size_t length,
          struct error *err)
{
    const char *origin =
        arena_printf(reading->arena, "%s:%zu", reading->file, reading->line);
    static const struct json_size ceiling = { BACKUP_FILE_LINE_VALUES,
                                              JSON_SIZE_DEPTH };
    json_error_t fault;

    if (origin == NULL)
        return error_set_memory(err);
    if (length > BACKUP_FILE_LINE_CEILING)
        return error_set(err, "%s: the line is too long", origin);
    if (json_size_check(line, length, &ceiling, err) < 0)
        return error_wrap(err, "%s", origin);
    AUTOTREE *tree = json_loadb(line, length, JSON_REJECT_DUPLICATES, &fault);
    if (tree == NULL) {
        error_set(err, "%s: is no line of a backup: %s", origin, fault.text);
        return error_advise(err, "--backup writes backups; a plan that was "
                                 "kept is read with --plan");
    }
    const struct json_cursor place = json_cursor_document(origin, tree);
    if ((reading->line == 1 && read_kind(reading, &place, err) < 0)
        || check_digest(reading, tree, origin, err) < 0)
        return -1;
    if (reading->line == 1)
        return read_operation(reading, &place, err);
    return json_object_get(tree, "kind") != NULL
               ? read_end(reading, &place, err)
               : read_change(reading, &place, err);
}

/* What stands behind the last line break was being written when piket ended,
 * or is a whole line whose line break has changed. */
static int
check_cut_off(const struct reading *reading, const char *line, size_t length,
              struct error *err)
{
    AUTOTREE *tree = json_loadb(line, length - 1, JSON_REJECT_DUPLICATES,
                                &(json_error_t){ .line = 0 });

    if (reading->backup->unproved || tree == NULL)
        return 0;
    return error_set(err, "%s:%zu: the line has no end, and yet it is whole",
                     reading->file, reading->line + 1);
}

int
backup_file_read(const char *bytes, size_t length, const char *name,
                 struct arena *arena, struct backup_file *ret_file,
                 struct error *err)
{
    struct backup_file backup = { .changes = NULL };
    struct reading reading = { .file = name,
                               .arena = arena,
                               .backup = &backup };

    while (length > 0 && !backup.ended) {
        const char *end = memchr(bytes, '\n', length);
        if (end == NULL)
            break;
        const size_t size = (size_t) (end - bytes);
        reading.line++;
        if (read_line(&reading, bytes, size, err) < 0)
            return -1;
        bytes = end + 1;
        length -= size + 1;
    }
    if (reading.line == 0)
        return error_set(err,
                         "%s: is not a backup of piket's: it has no "
                         "whole line",
                         name);
    if (length > 0 && backup.ended)
        return error_set(err,
                         "%s:%zu: something stands behind the line that "
                         "closes the backup",
                         name, reading.line + 1);
    backup.cut_off = length > 0;
    if (length > 0 && check_cut_off(&reading, bytes, length, err) < 0)
        return -1;
    *ret_file = backup;
    return 0;
}
