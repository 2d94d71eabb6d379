/* SPDX-License-Identifier: Apache-2.0 */
/* Reach and all findings of one subscription. */
#include "control/run/assessment.h"

#include "control/requirement/finding_list.h"
#include "control/requirement/requirement_table.h"

static const char *const status_names[] = {
    [ASSESSMENT_COMPLIANT] = "compliant",
    [ASSESSMENT_MUTED] = "muted",
    [ASSESSMENT_NON_COMPLIANT] = "non-compliant",
    [ASSESSMENT_UNKNOWN] = "unknown",
    [ASSESSMENT_NOT_APPLICABLE] = "not-applicable",
};

const char *
assessment_status_name(enum assessment_status status)
{
    return status_names[status];
}

enum finding_reason
assessment_absence(const struct contact_reading *reading)
{
    if (reading->kind == CONTACT_READING_UNREGISTERED)
        return FINDING_REASON_UNREGISTERED;
    if (reading->kind == CONTACT_READING_FAILED || reading->contact != NULL)
        return FINDING_REASON_MET;
    return reading->other_count > 0 ? FINDING_REASON_OTHER_NAME
                                    : FINDING_REASON_NO_CONTACT;
}

/* What holds for all findings of a subscription alike, where no contact is
 * judged. */
struct verdict {
    enum finding_status status;
    enum finding_reason reason;
    const char *actual;
};

static int
list_other_names(const struct contact_reading *reading, struct arena *arena,
                 const char **ret_names)
{
    AUTOFINDING_LIST names = FINDING_LIST_INIT;

    for (size_t i = 0; i < reading->other_count; i++)
        finding_list_add(&names, reading->others[i]->name);
    return finding_list_text(&names, arena, ret_names);
}

/* FINDING_PASS where each requirement has to be judged by itself. */
static int
verdict_of(const struct assessment *assessment, struct arena *arena,
           struct verdict *ret_verdict)
{
    const struct contact_reading *reading = &assessment->reading;
    struct verdict verdict = { FINDING_PASS, FINDING_REASON_MET, NULL };

    if (assessment->reach == REACH_NOT_APPLICABLE) {
        verdict.status = FINDING_NOT_APPLICABLE;
        verdict.reason = FINDING_REASON_NO_ALERTS;
    } else if (reading->kind == CONTACT_READING_FAILED) {
        verdict.status = FINDING_UNKNOWN;
        verdict.reason = FINDING_REASON_UNREADABLE;
    } else if (assessment_absence(reading) != FINDING_REASON_MET) {
        verdict.status = FINDING_FAIL;
        verdict.reason = assessment_absence(reading);
        if (verdict.reason == FINDING_REASON_OTHER_NAME
            && list_other_names(reading, arena, &verdict.actual) < 0)
            return -1;
    }
    *ret_verdict = verdict;
    return 0;
}

static int
judge(const struct assessment *assessment, const struct verdict *verdict,
      const struct thresholds *thresholds, struct arena *arena,
      struct finding *finding)
{
    const struct requirement *requirement = finding->requirement;
    const bool judged_alike = verdict->status == FINDING_NOT_APPLICABLE
                              || verdict->status == FINDING_UNKNOWN;

    if (!judged_alike && requirement->configured != NULL
        && !requirement->configured(thresholds))
        return finding_set(finding, FINDING_NOT_APPLICABLE,
                           requirement->unconfigured, NULL, NULL);
    if (verdict->status != FINDING_PASS)
        return finding_set(finding, verdict->status, verdict->reason, NULL,
                           verdict->actual);
    return requirement->judge(assessment->reading.contact, thresholds, arena,
                              finding);
}

static int
make_findings(struct assessment *assessment, const struct profile *profile,
              struct arena *arena, struct error *err)
{
    size_t count = 0;
    struct verdict verdict;

    while (count < PROFILE_REQUIREMENTS_CEILING
           && profile->requirements[count] != NULL)
        count++;
    struct finding *findings =
        arena_allocate_array(arena, count, sizeof(*findings));
    if (findings == NULL || verdict_of(assessment, arena, &verdict) < 0)
        return error_set_memory(err);
    for (size_t i = 0; i < count; i++) {
        findings[i].requirement = requirement_by_id(profile->requirements[i]);
        if (findings[i].requirement == NULL)
            return error_set(err, "profile %s: no requirement is named %s",
                             profile->name, profile->requirements[i]);
        if (judge(assessment, &verdict, &profile->thresholds, arena,
                  &findings[i])
            < 0)
            return error_set_memory(err);
    }
    assessment->findings = findings;
    assessment->finding_count = count;
    return 0;
}

static enum assessment_status
status_of(const struct assessment *assessment)
{
    /* What one finding makes of the whole, worst last. */
    static const enum assessment_status by_finding[] = {
        [FINDING_PASS] = ASSESSMENT_COMPLIANT,
        [FINDING_NOT_APPLICABLE] = ASSESSMENT_COMPLIANT,
        [FINDING_MUTED] = ASSESSMENT_MUTED,
        [FINDING_UNKNOWN] = ASSESSMENT_UNKNOWN,
        [FINDING_FAIL] = ASSESSMENT_NON_COMPLIANT,
    };
    static const int rank[] = {
        [ASSESSMENT_COMPLIANT] = 0,
        [ASSESSMENT_MUTED] = 1,
        [ASSESSMENT_UNKNOWN] = 2,
        [ASSESSMENT_NON_COMPLIANT] = 3,
    };
    enum assessment_status status = ASSESSMENT_COMPLIANT;

    if (assessment->reach == REACH_NOT_APPLICABLE)
        return ASSESSMENT_NOT_APPLICABLE;
    if (assessment->reading.kind == CONTACT_READING_FAILED)
        return ASSESSMENT_UNKNOWN;
    for (size_t i = 0; i < assessment->finding_count; i++) {
        const enum assessment_status candidate =
            by_finding[assessment->findings[i].status];
        if (rank[candidate] > rank[status])
            status = candidate;
    }
    if (status == ASSESSMENT_COMPLIANT
        && assessment_absence(&assessment->reading) != FINDING_REASON_MET)
        return ASSESSMENT_NON_COMPLIANT;
    return status;
}

void
assessment_conclude(struct assessment *assessment)
{
    assessment->status = status_of(assessment);
}

int
assessment_make(const struct subscription *subscription,
                const struct contact_reading *reading,
                const struct profile *profile, struct arena *arena,
                struct assessment *ret_assessment, struct error *err)
{
    struct assessment assessment = { .subscription = *subscription };

    if (subscription_applicable(subscription)) {
        assessment.reading = *reading;
        if (reach_of(reading, &assessment.reach) < 0)
            return error_set_memory(err);
    } else {
        assessment.reach = REACH_NOT_APPLICABLE;
    }
    if (make_findings(&assessment, profile, arena, err) < 0)
        return -1;
    assessment_conclude(&assessment);
    *ret_assessment = assessment;
    return 0;
}

int
assessment_compare(const void *left, const void *right)
{
    const struct assessment *left_assessment = left;
    const struct assessment *right_assessment = right;

    return subscription_compare(&left_assessment->subscription,
                                &right_assessment->subscription);
}
