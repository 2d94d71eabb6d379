/* SPDX-License-Identifier: Apache-2.0 */
/* What reports in JSON say of a finding. */
#include "base/cleanup.h"
#include "report/wording/phrase.h"
#include "report/wording/phrase_error.h"
#include "report/view/report.h"
#include "report/json/report_json.h"

json_t *
report_json_sentence(report_json_phrase *phrase, const struct finding *finding)
{
    AUTOBUFFER sentence = BUFFER_INIT(REPORT_CEILING);

    if (phrase(finding, NULL, &sentence) < 0)
        return NULL;
    return sentence.length > 0 ? json_string(buffer_text(&sentence))
                               : json_null();
}

json_t *
report_json_remedy(const struct assessment *assessment,
                   const struct finding *finding)
{
    struct finding failing = *finding;

    if (finding->status == FINDING_UNKNOWN
        && assessment->reading.kind == CONTACT_READING_FAILED) {
        const struct phrase_error *row =
            phrase_error_of(assessment->reading.error);
        return row != NULL && row->advice != NULL ? json_string(row->advice)
                                                  : json_null();
    }
    /* It would fail, were it not muted. */
    if (finding->status == FINDING_MUTED)
        failing.status = FINDING_FAIL;
    return report_json_sentence(phrase_recommendation, &failing);
}

int
report_json_set(json_t *object, const char *key, json_t *value)
{
    if (value == NULL || object == NULL) {
        json_decref(value);
        return -1;
    }
    if (json_is_null(value))
        return 0; /* a constant of the library, not counted */
    return json_object_set_new(object, key, value);
}
