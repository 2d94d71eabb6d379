/* SPDX-License-Identifier: Apache-2.0 */
/* The examinations, one row each. */
#include "engine/examination.h"

#include <stdlib.h>

#include "base/cleanup.h"
#include "base/text.h"

static bool
arm_answered(const struct evidence *evidence)
{
    return evidence->arm.done;
}

static bool
authority_answered(const struct evidence *evidence)
{
    return evidence->authority.done;
}

/* The list is the first that needs a token. */
static bool
sign_in_ended(const struct evidence *evidence)
{
    return evidence->list.done;
}

static bool
scope_applied(const struct evidence *evidence)
{
    return evidence->scope.done;
}

static bool
coverage_known(const struct evidence *evidence)
{
    return evidence->coverage.done;
}

static bool
sample_known(const struct evidence *evidence)
{
    return evidence->sample.over;
}

static bool
contact_known(const struct evidence *evidence)
{
    return evidence->sample.over
           && (evidence->contact.done || !evidence->contact.asked);
}

const struct examination examination_table[] = {
    { DIAGNOSIS_CONFIGURATION, { 0 }, 0, NULL, examine_configuration },
    { DIAGNOSIS_DESIRED_CONTACT,
      { DIAGNOSIS_CONFIGURATION },
      1,
      NULL,
      examine_desired_contact },
    { DIAGNOSIS_STORE, { 0 }, 0, NULL, examine_store },
    { DIAGNOSIS_CLOUD, { 0 }, 0, NULL, examine_cloud },
    { DIAGNOSIS_PROXY, { DIAGNOSIS_CLOUD }, 1, NULL, examine_proxy },
    { DIAGNOSIS_CA_FILE, { DIAGNOSIS_CLOUD }, 1, NULL, examine_ca_file },
    { DIAGNOSIS_ARM_ENDPOINT,
      { DIAGNOSIS_CLOUD },
      1,
      arm_answered,
      examine_arm_endpoint },
    { DIAGNOSIS_AUTHORITY,
      { DIAGNOSIS_CLOUD },
      1,
      authority_answered,
      examine_authority },
    { DIAGNOSIS_CLOCK,
      { DIAGNOSIS_ARM_ENDPOINT },
      1,
      arm_answered,
      examine_clock },
    { DIAGNOSIS_CREDENTIAL,
      { DIAGNOSIS_CLOUD },
      1,
      sign_in_ended,
      examine_credential },
    { DIAGNOSIS_TENANT,
      { DIAGNOSIS_CREDENTIAL },
      1,
      sign_in_ended,
      examine_tenant },
    { DIAGNOSIS_CONFIGURED_TENANT,
      { DIAGNOSIS_CONFIGURATION, DIAGNOSIS_CREDENTIAL },
      2,
      sign_in_ended,
      examine_configured_tenant },
    { DIAGNOSIS_IDENTITY,
      { DIAGNOSIS_CREDENTIAL },
      1,
      sign_in_ended,
      examine_identity },
    { DIAGNOSIS_TOKEN,
      { DIAGNOSIS_CREDENTIAL },
      1,
      sign_in_ended,
      examine_token },
    { DIAGNOSIS_SUBSCRIPTIONS,
      { DIAGNOSIS_ARM_ENDPOINT, DIAGNOSIS_CREDENTIAL },
      2,
      sign_in_ended,
      examine_subscriptions },
    { DIAGNOSIS_SCOPE,
      { DIAGNOSIS_CONFIGURATION, DIAGNOSIS_SUBSCRIPTIONS },
      2,
      scope_applied,
      examine_scope },
    { DIAGNOSIS_COVERAGE,
      { DIAGNOSIS_SUBSCRIPTIONS, DIAGNOSIS_SCOPE },
      2,
      coverage_known,
      examine_coverage },
    /* These go on without the scope: over all that is visible. */
    { DIAGNOSIS_PERMISSION_READ,
      { DIAGNOSIS_SUBSCRIPTIONS },
      1,
      sample_known,
      examine_permission_read },
    { DIAGNOSIS_PERMISSION_WRITE,
      { DIAGNOSIS_SUBSCRIPTIONS },
      1,
      sample_known,
      examine_permission_write },
    { DIAGNOSIS_REGISTRATION,
      { DIAGNOSIS_SUBSCRIPTIONS },
      1,
      sample_known,
      examine_registration },
    { DIAGNOSIS_CONTACT_READ,
      { DIAGNOSIS_SUBSCRIPTIONS },
      1,
      contact_known,
      examine_contact_read },
};

const size_t examination_table_length = ARRAY_LENGTH(examination_table);

/* Whether something that it needs is not in order; the line is skipped
 * then. */
static bool
is_skipped(const struct examination *examination, struct diagnosis *diagnosis)
{
    for (size_t i = 0; i < examination->need_count; i++) {
        const enum diagnosis_examination need = examination->needs[i];
        if (diagnosis->lines[need].status == DIAGNOSIS_FAIL
            || diagnosis->lines[need].status == DIAGNOSIS_SKIPPED) {
            diagnosis_skip(diagnosis, examination->subject, need);
            return true;
        }
    }
    return false;
}

void
examination_conclude_all(const struct evidence *evidence,
                         struct diagnosis *diagnosis)
{
    for (size_t i = 0; i < examination_table_length; i++) {
        const struct examination *examination = &examination_table[i];
        if (is_skipped(examination, diagnosis))
            continue;
        if (examination->seen == NULL || examination->seen(evidence))
            examination->judge(evidence, diagnosis);
    }
}

void
examination_add_grant(const struct evidence *evidence,
                      struct diagnosis *diagnosis, struct diagnosis_line *line,
                      const char *id)
{
    AUTOFREE char *object = session_claim(evidence->session, "oid");
    AUTOFREE char *claim = session_claim(evidence->session, "tid");
    const char *scope =
        id != NULL ? arena_printf(diagnosis->arena, "/subscriptions/%s", id)
                   : arena_printf(
                       diagnosis->arena,
                       "/providers/Microsoft.Management/managementGroups/%s",
                       text_is_uuid(claim) ? claim : "TENANT-ID");

    if (scope == NULL)
        diagnosis->failed = true;
    diagnosis_add_text(diagnosis, line, "assignee",
                       text_is_uuid(object) ? object : "OBJECT-ID");
    diagnosis_add_text(diagnosis, line, "scope", scope);
}
