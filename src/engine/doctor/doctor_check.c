/* SPDX-License-Identifier: Apache-2.0 */
/* The examinations, one row each. */
#include "engine/doctor/doctor_check.h"

#include <stdlib.h>

#include "base/cleanup.h"
#include "base/text.h"

static bool
arm_answered(const struct doctor_facts *facts)
{
    return facts->arm.done;
}

static bool
authority_answered(const struct doctor_facts *facts)
{
    return facts->authority.done;
}

/* The list is the first that needs a token. */
static bool
sign_in_ended(const struct doctor_facts *facts)
{
    return facts->list.done;
}

static bool
scope_applied(const struct doctor_facts *facts)
{
    return facts->scope.done;
}

static bool
coverage_known(const struct doctor_facts *facts)
{
    return facts->coverage.done;
}

static bool
permission_sample_known(const struct doctor_facts *facts)
{
    return facts->sample.over;
}

static bool
contact_known(const struct doctor_facts *facts)
{
    return facts->sample.over
           && (facts->contact.done || !facts->contact.asked);
}

const struct doctor_check doctor_check_table[] = {
    { DOCTOR_REPORT_CONFIGURATION,
      { 0 },
      0,
      NULL,
      doctor_check_configuration },
    { DOCTOR_REPORT_DESIRED_CONTACT,
      { DOCTOR_REPORT_CONFIGURATION },
      1,
      NULL,
      doctor_check_desired_contact },
    { DOCTOR_REPORT_STORE, { 0 }, 0, NULL, doctor_check_store },
    { DOCTOR_REPORT_CLOUD, { 0 }, 0, NULL, doctor_check_cloud },
    { DOCTOR_REPORT_PROXY,
      { DOCTOR_REPORT_CLOUD },
      1,
      NULL,
      doctor_check_proxy },
    { DOCTOR_REPORT_CA_FILE,
      { DOCTOR_REPORT_CLOUD },
      1,
      NULL,
      doctor_check_ca_file },
    { DOCTOR_REPORT_ARM_ENDPOINT,
      { DOCTOR_REPORT_CLOUD },
      1,
      arm_answered,
      doctor_check_arm_endpoint },
    { DOCTOR_REPORT_AUTHORITY,
      { DOCTOR_REPORT_CLOUD },
      1,
      authority_answered,
      doctor_check_authority },
    { DOCTOR_REPORT_CLOCK,
      { DOCTOR_REPORT_ARM_ENDPOINT },
      1,
      arm_answered,
      doctor_check_clock },
    { DOCTOR_REPORT_CREDENTIAL,
      { DOCTOR_REPORT_CLOUD },
      1,
      sign_in_ended,
      doctor_check_credential },
    { DOCTOR_REPORT_TENANT,
      { DOCTOR_REPORT_CREDENTIAL },
      1,
      sign_in_ended,
      doctor_check_tenant },
    { DOCTOR_REPORT_CONFIGURED_TENANT,
      { DOCTOR_REPORT_CONFIGURATION, DOCTOR_REPORT_CREDENTIAL },
      2,
      sign_in_ended,
      doctor_check_configured_tenant },
    { DOCTOR_REPORT_IDENTITY,
      { DOCTOR_REPORT_CREDENTIAL },
      1,
      sign_in_ended,
      doctor_check_identity },
    { DOCTOR_REPORT_TOKEN,
      { DOCTOR_REPORT_CREDENTIAL },
      1,
      sign_in_ended,
      doctor_check_token },
    { DOCTOR_REPORT_SUBSCRIPTIONS,
      { DOCTOR_REPORT_ARM_ENDPOINT, DOCTOR_REPORT_CREDENTIAL },
      2,
      sign_in_ended,
      doctor_check_subscriptions },
    { DOCTOR_REPORT_SCOPE,
      { DOCTOR_REPORT_CONFIGURATION, DOCTOR_REPORT_SUBSCRIPTIONS },
      2,
      scope_applied,
      doctor_check_scope },
    { DOCTOR_REPORT_COVERAGE,
      { DOCTOR_REPORT_SUBSCRIPTIONS, DOCTOR_REPORT_SCOPE },
      2,
      coverage_known,
      doctor_check_coverage },
    /* These go on without the scope: over all that is visible. */
    { DOCTOR_REPORT_PERMISSION_READ,
      { DOCTOR_REPORT_SUBSCRIPTIONS },
      1,
      permission_sample_known,
      doctor_check_permission_read },
    { DOCTOR_REPORT_PERMISSION_WRITE,
      { DOCTOR_REPORT_SUBSCRIPTIONS },
      1,
      permission_sample_known,
      doctor_check_permission_write },
    { DOCTOR_REPORT_REGISTRATION,
      { DOCTOR_REPORT_SUBSCRIPTIONS },
      1,
      permission_sample_known,
      doctor_check_registration },
    { DOCTOR_REPORT_CONTACT_READ,
      { DOCTOR_REPORT_SUBSCRIPTIONS },
      1,
      contact_known,
      doctor_check_contact_read },
};

const size_t doctor_check_table_length = ARRAY_LENGTH(doctor_check_table);

/* Whether something that it needs is not in order; the line is skipped
 * then. */
static bool
is_skipped(const struct doctor_check *doctor_check,
           struct doctor_report *report)
{
    for (size_t i = 0; i < doctor_check->need_count; i++) {
        const enum doctor_report_examination need = doctor_check->needs[i];
        if (report->lines[need].status == DOCTOR_REPORT_FAIL
            || report->lines[need].status == DOCTOR_REPORT_SKIPPED) {
            doctor_report_skip(report, doctor_check->subject, need);
            return true;
        }
    }
    return false;
}

void
doctor_check_conclude_all(const struct doctor_facts *facts,
                          struct doctor_report *report)
{
    for (size_t i = 0; i < doctor_check_table_length; i++) {
        const struct doctor_check *doctor_check = &doctor_check_table[i];
        if (is_skipped(doctor_check, report))
            continue;
        if (doctor_check->seen == NULL || doctor_check->seen(facts))
            doctor_check->judge(facts, report);
    }
}

void
doctor_check_add_grant(const struct doctor_facts *facts,
                       struct doctor_report *report,
                       struct doctor_report_line *line, const char *id)
{
    AUTOFREE char *object = session_claim(facts->session, "oid");
    AUTOFREE char *claim = session_claim(facts->session, "tid");
    const char *scope =
        id != NULL ? arena_printf(report->arena, "/subscriptions/%s", id)
                   : arena_printf(
                       report->arena,
                       "/providers/Microsoft.Management/managementGroups/%s",
                       text_is_uuid(claim) ? claim : "TENANT-ID");

    if (scope == NULL)
        report->failed = true;
    doctor_report_add_text(report, line, "assignee",
                           text_is_uuid(object) ? object : "OBJECT-ID");
    doctor_report_add_text(report, line, "scope", scope);
}
