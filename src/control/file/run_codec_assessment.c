/* SPDX-License-Identifier: Apache-2.0 */
/* An assessment to and from JSON. What there is much of are lists: what
 * stands where in them is said below. */
#include <limits.h>
#include <string.h>

#include "base/cleanup.h"
#include "control/requirement/requirement_table.h"
#include "control/run/mute.h"
#include "control/value/json_cursor.h"
#include "control/value/json_writer.h"
#include "control/file/run_codec.h"
#include "control/file/run_codec_contact.h"
#include "control/file/run_codec_part.h"

/* What has no reach has no word in reports. */
static const char no_reach[] = "not-applicable";

static const char *const kind_words[] = {
    [CONTACT_READING_DONE] = "done",
    [CONTACT_READING_UNREGISTERED] = "unregistered",
    [CONTACT_READING_FAILED] = "failed",
};

enum {
    SUBSCRIPTION_ID,
    SUBSCRIPTION_NAME,
    SUBSCRIPTION_TENANT,
    SUBSCRIPTION_STATE,
    SUBSCRIPTION_QUOTA,
    SUBSCRIPTION_LENGTH,
};
enum {
    ERROR_STATUS,
    ERROR_CODE,
    ERROR_MESSAGE,
    ERROR_REQUEST_ID,
    ERROR_LENGTH,
};
enum {
    FINDING_REQUIREMENT,
    FINDING_STATUS,
    FINDING_REASON,
    FINDING_EXPECTED,
    FINDING_ACTUAL,
    FINDING_MUTE,
    FINDING_LENGTH,
};
enum {
    MUTE_SUBSCRIPTION,
    MUTE_REQUIREMENT,
    MUTE_REASON,
    MUTE_UNTIL,
    MUTE_LINE,
    MUTE_LENGTH,
};

static void
write_subscription(struct json_writer *writer,
                   const struct subscription *subscription)
{
    json_writer_begin_list(writer);
    json_writer_text(writer, subscription->id);
    json_writer_text(writer, subscription->name);
    json_writer_text(writer, subscription->tenant_id);
    json_writer_text(writer, subscription->state);
    json_writer_text(writer, subscription->quota_id);
    json_writer_end_list(writer);
}

static void
write_error(struct json_writer *writer, const struct contact_error *error)
{
    if (error == NULL) {
        json_writer_text(writer, NULL);
        return;
    }
    json_writer_begin_list(writer);
    json_writer_integer(writer, error->http_status);
    json_writer_text(writer, error->code);
    json_writer_text(writer, error->message);
    json_writer_text(writer, error->request_id);
    json_writer_end_list(writer);
}

static void
write_mute(struct json_writer *writer, const struct mute *mute)
{
    if (mute == NULL) {
        json_writer_text(writer, NULL);
        return;
    }
    json_writer_begin_list(writer);
    json_writer_text(writer, mute->subscription);
    json_writer_text(writer, mute->requirement);
    json_writer_text(writer, mute->reason);
    json_writer_text(writer, mute->until);
    json_writer_integer(writer, (int64_t) mute->line);
    json_writer_end_list(writer);
}

static void
write_findings(struct json_writer *writer, const struct assessment *assessment)
{
    json_writer_begin_list(writer);
    for (size_t i = 0; i < assessment->finding_count; i++) {
        const struct finding *finding = &assessment->findings[i];
        json_writer_begin_list(writer);
        json_writer_text(writer, finding->requirement->id);
        json_writer_text(writer, finding_status_name(finding->status));
        json_writer_text(writer, finding_reason_name(finding->reason));
        json_writer_text(writer, finding->expected);
        json_writer_text(writer, finding->actual);
        write_mute(writer, finding->mute);
        json_writer_end_list(writer);
    }
    json_writer_end_list(writer);
}

static void
write_reading(struct json_writer *writer,
              const struct contact_reading *reading)
{
    json_writer_member_text(writer, "reading", kind_words[reading->kind]);
    json_writer_member_text(writer, "version",
                            contact_version_name(reading->version));
    json_writer_member(writer, "contact");
    run_codec_contact_write(writer, reading->contact);
    json_writer_member(writer, "others");
    json_writer_begin_list(writer);
    for (size_t i = 0; i < reading->other_count; i++)
        run_codec_contact_write(writer, reading->others[i]);
    json_writer_end_list(writer);
    json_writer_member(writer, "error");
    write_error(writer, reading->error);
}

int
run_codec_write_assessment(const struct assessment *assessment,
                           struct buffer *target, struct error *err)
{
    struct json_writer writer = JSON_WRITER_INIT(target);
    const char *reach = reach_name(assessment->reach);

    json_writer_begin_object(&writer);
    json_writer_member(&writer, "subscription");
    write_subscription(&writer, &assessment->subscription);
    json_writer_member_text(&writer, "status",
                            assessment_status_name(assessment->status));
    json_writer_member_text(&writer, "reach",
                            reach != NULL ? reach : no_reach);
    write_reading(&writer, &assessment->reading);
    json_writer_member(&writer, "findings");
    write_findings(&writer, assessment);
    json_writer_end_object(&writer);
    return buffer_failed(target) ? error_set_memory(err) : 0;
}

static int
read_subscription(const struct json_cursor *document, struct arena *arena,
                  struct subscription *subscription, struct error *err)
{
    const struct json_cursor place =
        json_cursor_member(document, "subscription");
    struct json_cursor items[SUBSCRIPTION_LENGTH];

    if (run_codec_contact_items(&place, items, SUBSCRIPTION_LENGTH, err) < 0
        || json_cursor_text(&items[SUBSCRIPTION_ID], arena, &subscription->id,
                            err)
               < 0
        || json_cursor_text(&items[SUBSCRIPTION_NAME], arena,
                            &subscription->name, err)
               < 0
        || json_cursor_text(&items[SUBSCRIPTION_TENANT], arena,
                            &subscription->tenant_id, err)
               < 0
        || json_cursor_text(&items[SUBSCRIPTION_STATE], arena,
                            &subscription->state, err)
               < 0)
        return -1;
    return json_cursor_text_or_null(&items[SUBSCRIPTION_QUOTA], arena,
                                    &subscription->quota_id, err);
}

static int
read_error(const struct json_cursor *place, struct arena *arena,
           const struct contact_error **ret_error, struct error *err)
{
    struct json_cursor items[ERROR_LENGTH];
    int64_t status;

    *ret_error = NULL;
    if (json_is_null(place->value))
        return 0;
    if (run_codec_contact_items(place, items, ERROR_LENGTH, err) < 0)
        return -1;
    struct contact_error *error = arena_allocate(arena, sizeof(*error));
    if (error == NULL)
        return error_set_memory(err);
    if (json_cursor_integer(&items[ERROR_STATUS], INT_MAX, &status, err) < 0
        || json_cursor_text(&items[ERROR_CODE], arena, &error->code, err) < 0
        || json_cursor_text(&items[ERROR_MESSAGE], arena, &error->message, err)
               < 0
        || json_cursor_text_or_null(&items[ERROR_REQUEST_ID], arena,
                                    &error->request_id, err)
               < 0)
        return -1;
    error->http_status = (int) status;
    *ret_error = error;
    return 0;
}

static int
read_mute(const struct json_cursor *place, struct arena *arena,
          const struct mute **ret_mute, struct error *err)
{
    struct json_cursor items[MUTE_LENGTH];
    int64_t line;

    *ret_mute = NULL;
    if (json_is_null(place->value))
        return 0;
    if (run_codec_contact_items(place, items, MUTE_LENGTH, err) < 0)
        return -1;
    struct mute *mute = arena_allocate(arena, sizeof(*mute));
    if (mute == NULL)
        return error_set_memory(err);
    if (json_cursor_text(&items[MUTE_SUBSCRIPTION], arena, &mute->subscription,
                         err)
            < 0
        || json_cursor_text(&items[MUTE_REQUIREMENT], arena,
                            &mute->requirement, err)
               < 0
        || json_cursor_text(&items[MUTE_REASON], arena, &mute->reason, err) < 0
        || json_cursor_text(&items[MUTE_UNTIL], arena, &mute->until, err) < 0
        || json_cursor_integer(&items[MUTE_LINE], INT_MAX, &line, err) < 0)
        return -1;
    mute->line = (size_t) line;
    *ret_mute = mute;
    return 0;
}

static int
read_requirement(const struct json_cursor *place,
                 const struct requirement **ret_requirement, struct error *err)
{
    const char *id = json_string_value(place->value);
    const struct requirement *requirement =
        id != NULL ? requirement_by_id(id) : NULL;

    if (requirement == NULL)
        return json_cursor_fail(place, err, "is no requirement");
    *ret_requirement = requirement;
    return 0;
}

static int
read_finding_words(const struct json_cursor *items, struct finding *finding,
                   struct error *err)
{
    const char *statuses[FINDING_NOT_APPLICABLE + 1];
    const char *reasons[FINDING_REASON_COUNT];
    size_t status, reason;

    for (size_t i = 0; i < ARRAY_LENGTH(statuses); i++)
        statuses[i] = finding_status_name((enum finding_status) i);
    for (size_t i = 0; i < ARRAY_LENGTH(reasons); i++)
        reasons[i] = finding_reason_name((enum finding_reason) i);
    if (json_cursor_word(&items[FINDING_STATUS], statuses,
                         ARRAY_LENGTH(statuses), &status, err)
            < 0
        || json_cursor_word(&items[FINDING_REASON], reasons,
                            ARRAY_LENGTH(reasons), &reason, err)
               < 0)
        return -1;
    finding->status = (enum finding_status) status;
    finding->reason = (enum finding_reason) reason;
    return 0;
}

static int
read_finding(const struct json_cursor *place, struct arena *arena,
             struct finding *finding, struct error *err)
{
    struct json_cursor items[FINDING_LENGTH];

    if (run_codec_contact_items(place, items, FINDING_LENGTH, err) < 0)
        return -1;
    if (read_requirement(&items[FINDING_REQUIREMENT], &finding->requirement,
                         err)
            < 0
        || read_finding_words(items, finding, err) < 0
        || json_cursor_text_or_null(&items[FINDING_EXPECTED], arena,
                                    &finding->expected, err)
               < 0
        || json_cursor_text_or_null(&items[FINDING_ACTUAL], arena,
                                    &finding->actual, err)
               < 0
        || read_mute(&items[FINDING_MUTE], arena, &finding->mute, err) < 0)
        return -1;
    /* Whoever prints one asks for its reason. */
    if ((finding->status == FINDING_MUTED) != (finding->mute != NULL))
        return json_cursor_fail(&items[FINDING_MUTE], err,
                                "contradicts the status");
    return 0;
}

static int
read_findings(const struct json_cursor *document, struct arena *arena,
              struct assessment *assessment, struct error *err)
{
    const struct json_cursor place = json_cursor_member(document, "findings");
    size_t count;

    if (json_cursor_list(&place, &count, err) < 0)
        return -1;
    struct finding *findings =
        arena_allocate_array(arena, count, sizeof(*findings));
    if (findings == NULL)
        return error_set_memory(err);
    for (size_t i = 0; i < count; i++) {
        const struct json_cursor item = json_cursor_item(&place, i);
        if (read_finding(&item, arena, &findings[i], err) < 0)
            return -1;
    }
    assessment->findings = findings;
    assessment->finding_count = count;
    return 0;
}

static int
read_others(const struct json_cursor *document, struct arena *arena,
            struct contact_reading *reading, struct error *err)
{
    const struct json_cursor place = json_cursor_member(document, "others");
    size_t count;

    if (json_cursor_list(&place, &count, err) < 0)
        return -1;
    const struct contact **others =
        arena_allocate_array(arena, count, sizeof(*others));
    if (others == NULL)
        return error_set_memory(err);
    for (size_t i = 0; i < count; i++) {
        const struct json_cursor item = json_cursor_item(&place, i);
        if (run_codec_contact_read(&item, arena, &others[i], err) < 0)
            return -1;
        if (others[i] == NULL)
            return json_cursor_fail(&item, err, "is null, not a contact");
    }
    reading->others = count > 0 ? others : NULL;
    reading->other_count = count;
    return 0;
}

static int
read_reading(const struct json_cursor *document, struct arena *arena,
             struct contact_reading *reading, struct error *err)
{
    const struct json_cursor kind = json_cursor_member(document, "reading");
    const struct json_cursor version = json_cursor_member(document, "version");
    const struct json_cursor contact = json_cursor_member(document, "contact");
    const struct json_cursor error = json_cursor_member(document, "error");
    size_t index;

    if (json_cursor_word(&kind, kind_words, ARRAY_LENGTH(kind_words), &index,
                         err)
            < 0
        || run_codec_contact_read_version(&version, &reading->version, err) < 0
        || run_codec_contact_read(&contact, arena, &reading->contact, err) < 0
        || read_others(document, arena, reading, err) < 0
        || read_error(&error, arena, &reading->error, err) < 0)
        return -1;
    reading->kind = (enum contact_reading_kind) index;
    if ((reading->kind == CONTACT_READING_FAILED) != (reading->error != NULL))
        return json_cursor_fail(&error, err, "contradicts the reading");
    return 0;
}

static int
read_verdict(const struct json_cursor *document, struct assessment *assessment,
             struct error *err)
{
    const struct json_cursor status = json_cursor_member(document, "status");
    const struct json_cursor reach = json_cursor_member(document, "reach");
    const char *statuses[ASSESSMENT_NOT_APPLICABLE + 1];
    const char *reaches[REACH_UNKNOWN + 1];
    size_t status_index, reach_index;

    for (size_t i = 0; i < ARRAY_LENGTH(statuses); i++)
        statuses[i] = assessment_status_name((enum assessment_status) i);
    for (size_t i = 0; i < ARRAY_LENGTH(reaches); i++) {
        const char *word = reach_name((enum reach) i);
        reaches[i] = word != NULL ? word : no_reach;
    }
    if (json_cursor_word(&status, statuses, ARRAY_LENGTH(statuses),
                         &status_index, err)
            < 0
        || json_cursor_word(&reach, reaches, ARRAY_LENGTH(reaches),
                            &reach_index, err)
               < 0)
        return -1;
    assessment->status = (enum assessment_status) status_index;
    assessment->reach = (enum reach) reach_index;
    return 0;
}

int
run_codec_read_assessment(const char *name, const char *bytes, size_t length,
                          struct arena *arena,
                          struct assessment *ret_assessment, struct error *err)
{
    static const char *const members[] = {
        "subscription", "status", "reach", "reading",  "version",
        "contact",      "others", "error", "findings", NULL
    };
    AUTOTREE *tree = run_codec_parse(name, bytes, length, err);
    struct assessment assessment = { .finding_count = 0 };

    if (tree == NULL)
        return -1;
    const struct json_cursor document = json_cursor_document(name, tree);
    if (json_cursor_object(&document, members, err) < 0
        || read_subscription(&document, arena, &assessment.subscription, err)
               < 0
        || read_verdict(&document, &assessment, err) < 0
        || read_reading(&document, arena, &assessment.reading, err) < 0
        || read_findings(&document, arena, &assessment, err) < 0)
        return -1;
    *ret_assessment = assessment;
    return 0;
}
