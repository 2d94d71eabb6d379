/* SPDX-License-Identifier: Apache-2.0 */
/* Fault files. */
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "base/cleanup.h"
#include "base/file.h"
#include "fault/fault.h"
#include "json/fields.h"

enum { FILE_MAXIMUM = 64 * 1024 * 1024, PADDING_MAXIMUM = 200 * 1024 * 1024 };

static const char *const cuts[] = { "none", "before-processing",
                                    "before-answer", "in-body", NULL };
static const char *const truncations[] = { "none", "length", "close", NULL };
static const char *const echoes[] = { "own", "none", "another", NULL };
static const char *const writes[] = { "kept", "lost", "later", "changed",
                                      NULL };

static const struct field when_fields[] = {
    { "subscription", FIELD_UUID, false, offsetof(struct fault, subscription),
      NULL },
    { "path", FIELD_TEXT, false, offsetof(struct fault, path), NULL },
    { "method", FIELD_TEXT, false, offsetof(struct fault, method), NULL },
    { "apiVersion", FIELD_TEXT, false, offsetof(struct fault, api_version),
      NULL },
    { "chance", FIELD_NUMBER, false, offsetof(struct fault, chance), NULL },
    { "after", FIELD_COUNT, false, offsetof(struct fault, after), NULL },
    { "first", FIELD_COUNT, false, offsetof(struct fault, first), NULL },
};

/* What does not go into the fault as it stands in the file. */
struct then_file {
    struct fault fault;
    int cut;
    int truncation;
    int echo;
    int write;
    json_t *body;
    const char *body_text;
    const char *body_file;
    json_t *retry_after;
};

#define AT(member) offsetof(struct then_file, member)
static const struct field then_fields[] = {
    { "delay", FIELD_COUNT, false, AT(fault.delay), NULL },
    { "status", FIELD_COUNT, false, AT(fault.status), NULL },
    { "code", FIELD_TEXT, false, AT(fault.code), NULL },
    { "message", FIELD_TEXT, false, AT(fault.message), NULL },
    { "body", FIELD_ANY, false, AT(body), NULL },
    { "bodyText", FIELD_TEXT, false, AT(body_text), NULL },
    { "bodyFile", FIELD_TEXT, false, AT(body_file), NULL },
    { "contentType", FIELD_TEXT, false, AT(fault.content_type), NULL },
    { "headers", FIELD_OBJECT, false, AT(fault.headers), NULL },
    { "retryAfter", FIELD_ANY, false, AT(retry_after), NULL },
    { "retryAfterMs", FIELD_COUNT, false, AT(fault.retry_after_ms), NULL },
    { "xMsRetryAfterMs", FIELD_COUNT, false, AT(fault.x_ms_retry_after_ms),
      NULL },
    { "redirect", FIELD_TEXT, false, AT(fault.redirect), NULL },
    { "cut", FIELD_WORD, false, AT(cut), cuts },
    { "reset", FIELD_FLAG, false, AT(fault.reset), NULL },
    { "truncate", FIELD_WORD, false, AT(truncation), truncations },
    { "padding", FIELD_COUNT, false, AT(fault.padding), NULL },
    { "nextLink", FIELD_TEXT, false, AT(fault.next_link), NULL },
    { "loopNextLink", FIELD_FLAG, false, AT(fault.loop_next_link), NULL },
    { "replace", FIELD_OBJECT, false, AT(fault.replace), NULL },
    { "echo", FIELD_WORD, false, AT(echo), echoes },
    { "dateSkew", FIELD_NUMBER, false, AT(fault.date_skew), NULL },
    { "revokeTokens", FIELD_FLAG, false, AT(fault.revoke_tokens), NULL },
    { "write", FIELD_WORD, false, AT(write), writes },
    { "visibleAfter", FIELD_COUNT, false, AT(fault.visible_after), NULL },
    { "visibleAfterReads", FIELD_COUNT, false, AT(fault.visible_after_reads),
      NULL },
    { "properties", FIELD_OBJECT, false, AT(fault.properties), NULL },
};
#undef AT

struct rule_file {
    json_t *when;
    json_t *then;
};

static const struct field rule_fields[] = {
    { "when", FIELD_OBJECT, false, offsetof(struct rule_file, when), NULL },
    { "then", FIELD_OBJECT, true, offsetof(struct rule_file, then), NULL },
};

static int
read_body(struct faults *faults, struct fault *fault,
          const struct then_file *file, struct error *err)
{
    AUTOBUFFER bytes = BUFFER_INIT(FILE_MAXIMUM);
    AUTOFREE char *text = NULL;

    if (file->body != NULL) {
        text = json_dumps(file->body, JSON_COMPACT | JSON_ENCODE_ANY);
        if (text == NULL || buffer_append_text(&bytes, text) < 0)
            return error_set_memory(err);
    } else if (file->body_text != NULL) {
        if (buffer_append_text(&bytes, file->body_text) < 0)
            return error_set_memory(err);
    } else if (file->body_file == NULL) {
        return 0;
    } else if (file_read(file->body_file, &bytes, err) < 0) {
        return -1;
    }
    fault->body =
        arena_copy_bytes(faults->arena, buffer_text(&bytes), bytes.length);
    fault->body_length = bytes.length;
    return fault->body != NULL ? 0 : error_set_memory(err);
}

static int
read_retry_after(struct faults *faults, struct fault *fault, json_t *value,
                 const char *path, struct error *err)
{
    if (value == NULL)
        return 0;
    if (json_is_string(value))
        fault->retry_after =
            arena_copy(faults->arena, json_string_value(value));
    else if (json_is_integer(value))
        fault->retry_after = arena_printf(
            faults->arena, "%lld", (long long) json_integer_value(value));
    else
        return error_set(err, "%s.retryAfter: must be text or a whole number",
                         path);
    return fault->retry_after != NULL ? 0 : error_set_memory(err);
}

static int
check(const struct fault *fault, const char *path, struct error *err)
{
    if (fault->status != 0 && (fault->status < 200 || fault->status > 599))
        return error_set(err, "%s.status: must be from 200 to 599", path);
    if (fault->padding > PADDING_MAXIMUM)
        return error_set(err, "%s.padding: must be at most %d", path,
                         PADDING_MAXIMUM);
    if (fault->write == WRITE_CHANGED && fault->properties == NULL)
        return error_set(err, "%s.properties: is missing", path);
    return 0;
}

static int
read_then(struct faults *faults, struct fault *fault, json_t *value,
          const char *path, struct error *err)
{
    struct then_file file = { .fault = *fault };

    if (fields_read(value, then_fields, ARRAY_LENGTH(then_fields), path,
                    faults->arena, &file, err)
        < 0)
        return -1;
    *fault = file.fault;
    fault->cut = (enum fault_cut) file.cut;
    fault->truncation = (enum fault_truncation) file.truncation;
    fault->echo = (enum fault_echo) file.echo;
    fault->write = (enum fault_write) file.write;
    if (read_body(faults, fault, &file, err) < 0)
        return error_wrap(err, "%s", path);
    if (fault->redirect != NULL && fault->status == 0)
        fault->status = 307;
    if (fault->body != NULL && fault->status == 0)
        fault->status = 200;
    if (read_retry_after(faults, fault, file.retry_after, path, err) < 0)
        return -1;
    return check(fault, path, err);
}

static int
read_rule(struct faults *faults, size_t number, json_t *value,
          struct error *err)
{
    struct fault *fault = &faults->items[number];
    struct rule_file rule = { NULL, NULL };
    const char *path = arena_printf(faults->arena, "$[%zu]", number);
    const char *when = arena_printf(faults->arena, "$[%zu].when", number);
    const char *then = arena_printf(faults->arena, "$[%zu].then", number);

    if (path == NULL || when == NULL || then == NULL)
        return error_set_memory(err);
    *fault = (struct fault){
        .chance = 1.0,
        .first = UINT64_MAX,
        .retry_after_ms = UINT64_MAX,
        .x_ms_retry_after_ms = UINT64_MAX,
        .number = number,
    };
    if (fields_read(value, rule_fields, ARRAY_LENGTH(rule_fields), path,
                    faults->arena, &rule, err)
        < 0)
        return -1;
    if (rule.when != NULL
        && fields_read(rule.when, when_fields, ARRAY_LENGTH(when_fields), when,
                       faults->arena, fault, err)
               < 0)
        return -1;
    return read_then(faults, fault, rule.then, then, err);
}

static int
read_rules(struct faults *faults, struct error *err)
{
    size_t index;
    json_t *value;

    if (!json_is_array(faults->root))
        return error_set(err, "$: must be an array");
    faults->count = json_array_size(faults->root);
    faults->items = arena_allocate_array(faults->arena, faults->count,
                                         sizeof(*faults->items));
    if (faults->items == NULL)
        return error_set_memory(err);
    json_array_foreach(faults->root, index, value)
    {
        if (read_rule(faults, index, value, err) < 0)
            return -1;
    }
    return 0;
}

struct faults *
faults_from_json(json_t *root, uint64_t seed, const char *name,
                 struct error *err)
{
    struct faults *faults = calloc(1, sizeof(*faults));

    if (faults == NULL || (faults->arena = arena_new()) == NULL) {
        free(faults);
        json_decref(root);
        error_set_memory(err);
        return NULL;
    }
    faults->root = root;
    /* xorshift stands still at 0. */
    faults->dice = seed * 2 + 1;
    if (read_rules(faults, err) < 0) {
        error_wrap(err, "%s", name);
        faults_free(faults);
        return NULL;
    }
    return faults;
}

struct faults *
faults_read(const char *path, uint64_t seed, struct error *err)
{
    AUTOBUFFER text = BUFFER_INIT(FILE_MAXIMUM);
    json_error_t problem;

    if (file_read(path, &text, err) < 0)
        return NULL;
    json_t *root = json_loadb(buffer_text(&text), text.length,
                              JSON_REJECT_DUPLICATES, &problem);
    if (root == NULL) {
        error_set(err, "%s:%d:%d: %s", path, problem.line, problem.column,
                  problem.text);
        return NULL;
    }
    return faults_from_json(root, seed, path, err);
}
