/* SPDX-License-Identifier: Apache-2.0 */
/* A subscription as a row for the script of an html report. */
#include "base/cleanup.h"
#include "control/requirement/requirement_table.h"
#include "control/run/mute.h"
#include "report/wording/phrase.h"
#include "report/wording/phrase_error.h"
#include "report/wording/report_group.h"
#include "report/html/report_html.h"
#include "report/html/report_html_data.h"

static json_t *
texts_to_json(struct html *html, const char *const *texts, size_t count)
{
    AUTOTREE json_t *array = json_array();

    for (size_t i = 0; i < count; i++)
        if (json_array_append_new(array, report_html_data_text(html, texts[i]))
            < 0)
            return NULL;
    return take_pointer(array);
}

static json_t *
switch_to_json(enum contact_switch state)
{
    return state == CONTACT_UNSEEN ? json_null()
                                   : json_boolean(state == CONTACT_ON);
}

/* In the view's language, unless Azure said it. */
static json_t *
threshold_to_json(struct html *html, const struct contact_threshold *threshold)
{
    switch (threshold->level) {
    case CONTACT_LEVEL_UNSEEN:
        return json_string(html_words(html, "not shown"));
    case CONTACT_LEVEL_OFF:
        return json_string(html_words(html, "off"));
    case CONTACT_LEVEL_UNRECOGNIZED:
        return report_html_data_text(html, threshold->text);
    default:
        return json_string(contact_level_name(threshold->level));
    }
}

static json_t *
contact_to_json(struct html *html, const struct contact *contact)
{
    if (contact == NULL)
        return json_null();
    return json_pack(
        "[o, o, o, o, o, o, o, o, s]",
        report_html_data_text(html, contact->name),
        switch_to_json(contact->enabled),
        texts_to_json(html, contact->emails, contact->email_count),
        report_html_data_text(html, contact->phone),
        threshold_to_json(html, &contact->alerts),
        threshold_to_json(html, &contact->attack_paths),
        switch_to_json(contact->roles_notified),
        texts_to_json(html, contact->roles, contact->role_count),
        contact_version_name(contact->version));
}

static json_t *
others_to_json(struct html *html, const struct contact_reading *reading)
{
    AUTOTREE json_t *array = json_array();

    for (size_t i = 0; i < reading->other_count; i++)
        if (json_array_append_new(array,
                                  contact_to_json(html, reading->others[i]))
            < 0)
            return NULL;
    return take_pointer(array);
}

static json_t *
mute_to_json(struct html *html, const struct mute *mute)
{
    AUTOBUFFER text = BUFFER_INIT(REPORT_CEILING);

    if (buffer_printf(&text, html_words(html, "%s, through %s"), mute->reason,
                      mute->until)
        < 0)
        return NULL;
    return report_html_data_text(html, buffer_text(&text));
}

/* [ requirement, status, reason, expected, actual, mute ], without those at
 * the end that are not there. */
static json_t *
finding_to_json(struct html *html, const struct finding *finding)
{
    AUTOTREE json_t *array = json_pack(
        "[I, i, i]", (json_int_t) (finding->requirement - requirement_table),
        (int) finding->status, (int) finding->reason);
    const bool muted = finding->mute != NULL;

    if (finding->expected == NULL && finding->actual == NULL && !muted)
        return take_pointer(array);
    if (json_array_append_new(array,
                              report_html_data_text(html, finding->expected))
            < 0
        || json_array_append_new(array,
                                 report_html_data_text(html, finding->actual))
               < 0
        || (muted
            && json_array_append_new(array, mute_to_json(html, finding->mute))
                   < 0))
        return NULL;
    return take_pointer(array);
}

/* None where all of them say the same: it could not be read, or does not
 * matter. */
static json_t *
findings_to_json(struct html *html, const struct assessment *assessment)
{
    AUTOTREE json_t *array = json_array();

    if (assessment->reading.kind == CONTACT_READING_FAILED
        || assessment->status == ASSESSMENT_NOT_APPLICABLE)
        return take_pointer(array);
    for (size_t i = 0; i < assessment->finding_count; i++)
        if (json_array_append_new(
                array, finding_to_json(html, &assessment->findings[i]))
            < 0)
            return NULL;
    return take_pointer(array);
}

/* [ httpStatus, code, message, requestId, advice ] */
static json_t *
error_to_json(struct html *html, const struct contact_reading *reading)
{
    const struct contact_error *error = reading->error;

    if (reading->kind != CONTACT_READING_FAILED)
        return json_null();
    const struct phrase_error *row = phrase_error_of(error);
    const char *advice = row != NULL && row->advice != NULL
                             ? html_words(html, row->advice)
                             : NULL;
    return json_pack("[o, o, o, o, s?]",
                     error->http_status != 0 ? json_integer(error->http_status)
                                             : json_null(),
                     report_html_data_text(html, error->code),
                     report_html_data_text(html, error->message),
                     report_html_data_text(html, error->request_id), advice);
}

static json_t *
cause_to_json(struct html *html, const struct assessment *assessment)
{
    AUTOBUFFER cause = BUFFER_INIT(REPORT_CEILING);

    if (phrase_cause(assessment, html->view->language, &cause) < 0)
        return NULL;
    return report_html_data_text(html, buffer_text(&cause));
}

static json_t *
name_to_json(struct html *html, const struct subscription *subject)
{
    AUTOBUFFER name = BUFFER_INIT(REPORT_CEILING);

    if (report_html_name(subject, &name) < 0)
        return NULL;
    return report_html_data_text(html, buffer_text(&name));
}

/* null where all subscriptions are of one tenant. */
static json_t *
tenant_to_json(struct html *html, const struct subscription *subject)
{
    AUTOBUFFER tenant = BUFFER_INIT(REPORT_CEILING);

    if (html->view->run->tenant_count <= 1)
        return json_null();
    if (report_html_tenant(html, subject, &tenant) < 0)
        return NULL;
    return report_html_data_text(html, buffer_text(&tenant));
}

json_t *
report_html_data_row(struct html *html, const struct assessment *assessment)
{
    const struct subscription *subject = &assessment->subscription;
    const struct contact_reading *reading = &assessment->reading;

    return json_pack(
        "[o, o, o, o, i, i, i, o, o, o, o, o]",
        report_html_data_text(html, subject->id), name_to_json(html, subject),
        tenant_to_json(html, subject),
        report_html_data_text(html, subject->state),
        (int) report_group_of(assessment), (int) assessment->status,
        (int) assessment->reach, cause_to_json(html, assessment),
        findings_to_json(html, assessment),
        contact_to_json(html, reading->contact), others_to_json(html, reading),
        error_to_json(html, reading));
}
