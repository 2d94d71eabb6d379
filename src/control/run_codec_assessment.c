/* SPDX-License-Identifier: Apache-2.0 */
/* An assessment to and from JSON. Findings, of which there are most, are
 * lists: what stands where is said below. */
#include <limits.h>
#include <string.h>

#include "base/cleanup.h"
#include "control/mute.h"
#include "control/plan_file_part.h"
#include "control/run_codec.h"
#include "control/run_codec_part.h"

/* What has no reach has no word in reports. */
static const char no_reach[] = "not-applicable";

static const char *const kind_words[] = {
    [CONTACT_READING_DONE] = "done",
    [CONTACT_READING_UNREGISTERED] = "unregistered",
    [CONTACT_READING_FAILED] = "failed",
};

/* In the order in which they stand in a finding, and in its mute. */
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

static json_t *
others_tree(const struct contact_reading *reading)
{
    AUTOTREE *list = json_array();

    for (size_t i = 0; i < reading->other_count; i++)
        if (json_array_append_new(list, plan_file_contact(reading->others[i]))
            < 0)
            return NULL;
    return take_pointer(list);
}

static json_t *
mute_tree(const struct mute *mute)
{
    if (mute == NULL)
        return json_null();
    return json_pack("[s, s, s, s, I]", mute->subscription, mute->requirement,
                     mute->reason, mute->until, (json_int_t) mute->line);
}

static json_t *
findings_tree(const struct assessment *assessment)
{
    AUTOTREE *list = json_array();

    for (size_t i = 0; i < assessment->finding_count; i++) {
        const struct finding *finding = &assessment->findings[i];
        if (json_array_append_new(
                list,
                json_pack("[s, s, s, s?, s?, o]", finding->requirement->id,
                          finding_status_name(finding->status),
                          finding_reason_name(finding->reason),
                          finding->expected, finding->actual,
                          mute_tree(finding->mute)))
            < 0)
            return NULL;
    }
    return take_pointer(list);
}

int
run_codec_write_assessment(const struct assessment *assessment,
                           struct buffer *target, struct error *err)
{
    const struct contact_reading *reading = &assessment->reading;
    const char *reach = reach_name(assessment->reach);
    AUTOTREE *tree = json_pack(
        "{s:o, s:s, s:s, s:s, s:s, s:o, s:o, s:o, s:o}", "subscription",
        plan_file_subscription(&assessment->subscription), "status",
        assessment_status_name(assessment->status), "reach",
        reach != NULL ? reach : no_reach, "reading", kind_words[reading->kind],
        "version", contact_version_name(reading->version), "contact",
        plan_file_contact(reading->contact), "others", others_tree(reading),
        "error", plan_file_contact_error(reading->error), "findings",
        findings_tree(assessment));

    return run_codec_dump(tree, target, err);
}

static int
read_length(const struct json_place *place, size_t length, struct error *err)
{
    size_t count;

    if (json_place_list(place, &count, err) < 0)
        return -1;
    return count == length ? 0
                           : json_place_fail(place, err,
                                             "has %zu items, not "
                                             "%zu",
                                             count, length);
}

static int
read_mute(const struct json_place *place, struct arena *arena,
          const struct mute **ret_mute, struct error *err)
{
    struct json_place items[MUTE_LENGTH];
    int64_t line;

    *ret_mute = NULL;
    if (json_is_null(place->value))
        return 0;
    if (read_length(place, MUTE_LENGTH, err) < 0)
        return -1;
    for (size_t i = 0; i < MUTE_LENGTH; i++)
        items[i] = json_place_item(place, i);
    struct mute *mute = arena_allocate(arena, sizeof(*mute));
    if (mute == NULL)
        return error_set_memory(err);
    if (json_place_text(&items[MUTE_SUBSCRIPTION], arena, &mute->subscription,
                        err)
            < 0
        || json_place_text(&items[MUTE_REQUIREMENT], arena, &mute->requirement,
                           err)
               < 0
        || json_place_text(&items[MUTE_REASON], arena, &mute->reason, err) < 0
        || json_place_text(&items[MUTE_UNTIL], arena, &mute->until, err) < 0
        || json_place_integer(&items[MUTE_LINE], INT_MAX, &line, err) < 0)
        return -1;
    mute->line = (size_t) line;
    *ret_mute = mute;
    return 0;
}

static int
read_requirement(const struct json_place *place,
                 const struct requirement **ret_requirement, struct error *err)
{
    const char *id = json_string_value(place->value);
    const struct requirement *requirement =
        id != NULL ? requirement_by_id(id) : NULL;

    if (requirement == NULL)
        return json_place_fail(place, err, "is no requirement");
    *ret_requirement = requirement;
    return 0;
}

static int
read_finding_words(const struct json_place *items, struct finding *finding,
                   struct error *err)
{
    const char *statuses[FINDING_NOT_APPLICABLE + 1];
    const char *reasons[FINDING_REASON_COUNT];
    size_t status, reason;

    for (size_t i = 0; i < ARRAY_LENGTH(statuses); i++)
        statuses[i] = finding_status_name((enum finding_status) i);
    for (size_t i = 0; i < ARRAY_LENGTH(reasons); i++)
        reasons[i] = finding_reason_name((enum finding_reason) i);
    if (json_place_word(&items[FINDING_STATUS], statuses,
                        ARRAY_LENGTH(statuses), &status, err)
            < 0
        || json_place_word(&items[FINDING_REASON], reasons,
                           ARRAY_LENGTH(reasons), &reason, err)
               < 0)
        return -1;
    finding->status = (enum finding_status) status;
    finding->reason = (enum finding_reason) reason;
    return 0;
}

static int
read_finding(const struct json_place *place, struct arena *arena,
             struct finding *finding, struct error *err)
{
    struct json_place items[FINDING_LENGTH];

    if (read_length(place, FINDING_LENGTH, err) < 0)
        return -1;
    for (size_t i = 0; i < FINDING_LENGTH; i++)
        items[i] = json_place_item(place, i);
    if (read_requirement(&items[FINDING_REQUIREMENT], &finding->requirement,
                         err)
            < 0
        || read_finding_words(items, finding, err) < 0
        || json_place_text_or_null(&items[FINDING_EXPECTED], arena,
                                   &finding->expected, err)
               < 0
        || json_place_text_or_null(&items[FINDING_ACTUAL], arena,
                                   &finding->actual, err)
               < 0
        || read_mute(&items[FINDING_MUTE], arena, &finding->mute, err) < 0)
        return -1;
    /* Whoever prints one asks for its reason. */
    if ((finding->status == FINDING_MUTED) != (finding->mute != NULL))
        return json_place_fail(&items[FINDING_MUTE], err,
                               "contradicts the status");
    return 0;
}

static int
read_findings(const struct json_place *document, struct arena *arena,
              struct assessment *assessment, struct error *err)
{
    const struct json_place place = json_place_member(document, "findings");
    size_t count;

    if (json_place_list(&place, &count, err) < 0)
        return -1;
    struct finding *findings =
        arena_allocate_array(arena, count, sizeof(*findings));
    if (findings == NULL)
        return error_set_memory(err);
    for (size_t i = 0; i < count; i++) {
        const struct json_place item = json_place_item(&place, i);
        if (read_finding(&item, arena, &findings[i], err) < 0)
            return -1;
    }
    assessment->findings = findings;
    assessment->finding_count = count;
    return 0;
}

static int
read_others(const struct json_place *document, struct arena *arena,
            struct contact_reading *reading, struct error *err)
{
    const struct json_place place = json_place_member(document, "others");
    size_t count;

    if (json_place_list(&place, &count, err) < 0)
        return -1;
    const struct contact **others =
        arena_allocate_array(arena, count, sizeof(*others));
    if (others == NULL)
        return error_set_memory(err);
    for (size_t i = 0; i < count; i++) {
        const struct json_place item = json_place_item(&place, i);
        if (plan_file_read_contact(&item, arena, &others[i], err) < 0)
            return -1;
        if (others[i] == NULL)
            return json_place_fail(&item, err, "is null, not a contact");
    }
    reading->others = count > 0 ? others : NULL;
    reading->other_count = count;
    return 0;
}

static int
read_reading(const struct json_place *document, struct arena *arena,
             struct contact_reading *reading, struct error *err)
{
    const struct json_place kind = json_place_member(document, "reading");
    const struct json_place version = json_place_member(document, "version");
    const struct json_place contact = json_place_member(document, "contact");
    const struct json_place error = json_place_member(document, "error");
    size_t index;

    if (json_place_word(&kind, kind_words, ARRAY_LENGTH(kind_words), &index,
                        err)
            < 0
        || plan_file_read_version(&version, &reading->version, err) < 0
        || plan_file_read_contact(&contact, arena, &reading->contact, err) < 0
        || read_others(document, arena, reading, err) < 0
        || plan_file_read_contact_error(&error, arena, &reading->error, err)
               < 0)
        return -1;
    reading->kind = (enum contact_reading_kind) index;
    if ((reading->kind == CONTACT_READING_FAILED) != (reading->error != NULL))
        return json_place_fail(&error, err, "contradicts the reading");
    return 0;
}

static int
read_verdict(const struct json_place *document, struct assessment *assessment,
             struct error *err)
{
    const struct json_place status = json_place_member(document, "status");
    const struct json_place reach = json_place_member(document, "reach");
    const char *statuses[ASSESSMENT_NOT_APPLICABLE + 1];
    const char *reaches[REACH_UNKNOWN + 1];
    size_t status_index, reach_index;

    for (size_t i = 0; i < ARRAY_LENGTH(statuses); i++)
        statuses[i] = assessment_status_name((enum assessment_status) i);
    for (size_t i = 0; i < ARRAY_LENGTH(reaches); i++) {
        const char *word = reach_name((enum reach) i);
        reaches[i] = word != NULL ? word : no_reach;
    }
    if (json_place_word(&status, statuses, ARRAY_LENGTH(statuses),
                        &status_index, err)
            < 0
        || json_place_word(&reach, reaches, ARRAY_LENGTH(reaches),
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
    const struct json_place document = json_place_document(name, tree);
    const struct json_place subscription =
        json_place_member(&document, "subscription");
    if (json_place_object(&document, members, err) < 0
        || plan_file_read_subscription(&subscription, arena,
                                       &assessment.subscription, err)
               < 0
        || read_verdict(&document, &assessment, err) < 0
        || read_reading(&document, arena, &assessment.reading, err) < 0
        || read_findings(&document, arena, &assessment, err) < 0)
        return -1;
    *ret_assessment = assessment;
    return 0;
}
