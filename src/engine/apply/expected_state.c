/* SPDX-License-Identifier: Apache-2.0 */
/* Whether a reading shows what a change is to bring about. */
#include "engine/apply/expected_state.h"

#include "azure/contact/contact_snapshot.h"
#include "base/buffer.h"
#include "control/run/assessment.h"
#include "engine/apply/change_error.h"

enum { EXPECTED_STATE_FAILING_CEILING = 4 * 1024 };

static int
name_failing(const struct assessment *assessment, struct arena *arena,
             const struct contact_error **ret_error, struct error *err)
{
    AUTOBUFFER ids = BUFFER_INIT(EXPECTED_STATE_FAILING_CEILING);

    for (size_t i = 0; i < assessment->finding_count; i++) {
        const struct finding *finding = &assessment->findings[i];
        if (finding->status == FINDING_FAIL
            || finding->status == FINDING_UNKNOWN)
            buffer_printf(&ids, " %s", finding->requirement->id);
    }
    if (buffer_failed(&ids))
        return error_set_memory(err);
    *ret_error = change_error_make(
        arena, CHANGE_CODE_NOT_COMPLIANT,
        "what was written is there, and the subscription does not comply "
        "with it:%s",
        buffer_text(&ids));
    return 0;
}

/* What is there as intended must also pass: a field may be overruled by
 * another that nobody wrote. */
static int
assess(const struct expected_state *expected_state,
       const struct contact_reading *reading, struct arena *arena,
       struct expected_state_verdict *verdict, struct error *err)
{
    struct assessment assessment;

    if (assessment_make(expected_state->subscription, reading,
                        expected_state->profile, arena, &assessment, err)
        < 0)
        return -1;
    if (expected_state->mutes != NULL)
        mute_index_apply(expected_state->mutes, &assessment);
    verdict->met = assessment.status == ASSESSMENT_COMPLIANT
                   || assessment.status == ASSESSMENT_MUTED;
    return verdict->met
               ? 0
               : name_failing(&assessment, arena, &verdict->error, err);
}

int
expected_state_judge(const struct expected_state *expected_state,
                     const struct contact_reading *reading,
                     struct arena *arena,
                     struct expected_state_verdict *ret_verdict,
                     struct error *err)
{
    struct expected_state_verdict verdict = { .met = false };

    if (reading->kind == CONTACT_READING_UNREGISTERED) {
        /* Without the provider there is no contact, either. */
        verdict.met = expected_state->body == NULL;
        if (!verdict.met)
            verdict.error =
                change_error_make(arena, CHANGE_CODE_UNREGISTERED,
                                  "Microsoft.Security is not registered");
    } else if (reading->version != expected_state->version) {
        verdict.error =
            change_error_make(arena, CHANGE_CODE_VERSION,
                              "it answers in API version %s, and was planned "
                              "in %s: the two do not show the same",
                              contact_version_name(reading->version),
                              contact_version_name(expected_state->version));
    } else {
        if (contact_snapshot_residue(
                expected_state->body, reading->image, expected_state->exact,
                arena, &verdict.residue, &verdict.residue_count, err)
            < 0)
            return -1;
        verdict.met = verdict.residue_count == 0;
        if (verdict.met && expected_state->profile != NULL
            && assess(expected_state, reading, arena, &verdict, err) < 0)
            return -1;
    }
    *ret_verdict = verdict;
    return 0;
}
