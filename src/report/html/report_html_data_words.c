/* SPDX-License-Identifier: Apache-2.0 */
/* The words that rows of an html report refer to by their place. */
#include "base/cleanup.h"
#include "control/requirement/requirement_table.h"
#include "report/explain/explain_page.h"
#include "report/wording/phrase.h"
#include "report/wording/phrase_drift.h"
#include "report/html/report_html.h"
#include "report/html/report_html_data.h"

/* Names for the script; places in braces it fills in. */
static const struct {
    const char *name;
    const char *words;
} words[] = {
    { "shown", N_("subscriptions {first} to {last} of {chosen}") },
    { "shownOfAll", N_("subscriptions {first} to {last} of the {chosen} "
                       "chosen from {all}") },
    { "noneShown", N_("no subscription is like that") },
    { "details", N_("Details") },
    { "noName", N_("(no name)") },
    { "tenant", N_("Tenant") },
    { "reach", N_("Who is mailed") },
    { "expected", N_("expected") },
    { "muted", N_("mute") },
    { "none", N_("none") },
    { "yes", N_("yes") },
    { "no", N_("no") },
    { "notShown", N_("not shown") },
    { "httpStatus", N_("HTTP status") },
    { "code", N_("Error code") },
    { "message", N_("Azure's message") },
    { "requestId", N_("Request id") },
};

/* The labels of a contact's values are those of drift. */
static const struct {
    const char *name;
    enum drift_field_kind kind;
} labels[] = {
    { "state", DRIFT_FIELD_STATE },
    { "contact", DRIFT_FIELD_CONTACT },
    { "enabled", DRIFT_FIELD_ENABLED },
    { "emails", DRIFT_FIELD_EMAILS },
    { "phone", DRIFT_FIELD_PHONE },
    { "alerts", DRIFT_FIELD_ALERTS },
    { "attackPaths", DRIFT_FIELD_ATTACK_PATHS },
    { "rolesNotified", DRIFT_FIELD_ROLES_NOTIFIED },
    { "roles", DRIFT_FIELD_ROLES },
};

static json_t *
words_to_json(struct html *html)
{
    AUTOTREE json_t *object = json_object();

    for (size_t i = 0; i < ARRAY_LENGTH(words); i++)
        if (json_object_set_new(object, words[i].name,
                                json_string(html_words(html, words[i].words)))
            < 0)
            return NULL;
    for (size_t i = 0; i < ARRAY_LENGTH(labels); i++)
        if (json_object_set_new(object, labels[i].name,
                                json_string(html_words(
                                    html, phrase_drift_field(labels[i].kind))))
            < 0)
            return NULL;
    return take_pointer(object);
}

/* What a row's numbers mean: a word for people, and a class of the style. */
static json_t *
names_to_json(struct html *html)
{
    AUTOTREE json_t *names = json_pack(
        "{s:[], s:[], s:[], s:[], s:[], s:[]}", "statuses", "statusClasses",
        "reaches", "reachClasses", "findingStatuses", "findingClasses");
    int failed = names == NULL ? -1 : 0;

    for (enum assessment_status status = 0;
         status <= ASSESSMENT_NOT_APPLICABLE; status++) {
        failed |= json_array_append_new(
            json_object_get(names, "statuses"),
            json_string(report_html_status(html, status)));
        failed |=
            json_array_append_new(json_object_get(names, "statusClasses"),
                                  json_string(assessment_status_name(status)));
    }
    for (enum reach reach = 0; reach <= REACH_UNKNOWN; reach++) {
        failed |=
            json_array_append_new(json_object_get(names, "reaches"),
                                  json_string(report_html_reach(html, reach)));
        failed |= json_array_append_new(json_object_get(names, "reachClasses"),
                                        json_string(reach_name(reach) != NULL
                                                        ? reach_name(reach)
                                                        : "not-applicable"));
    }
    for (enum finding_status status = 0; status <= FINDING_NOT_APPLICABLE;
         status++) {
        failed |= json_array_append_new(
            json_object_get(names, "findingStatuses"),
            json_string(report_html_finding_status(html, status)));
        failed |=
            json_array_append_new(json_object_get(names, "findingClasses"),
                                  json_string(finding_status_name(status)));
    }
    return failed != 0 ? NULL : take_pointer(names);
}

/* In the order of requirement_table. */
static json_t *
requirements_to_json(struct html *html)
{
    AUTOTREE json_t *array = json_array();

    for (size_t i = 0; i < requirement_table_length; i++) {
        AUTOBUFFER controls = BUFFER_INIT(REPORT_CEILING);
        const struct requirement *requirement = &requirement_table[i];
        const char *title =
            html_words(html, explain_requirement_text(requirement)->title);
        if (report_html_controls(html, requirement, &controls) < 0
            || json_array_append_new(array, json_pack("{s:s, s:s, s:s}", "id",
                                                      requirement->id, "title",
                                                      title, "controls",
                                                      buffer_text(&controls)))
                   < 0)
            return NULL;
    }
    return take_pointer(array);
}

typedef int phrase_function(const struct finding *finding,
                            const struct language *language,
                            struct buffer *target);

/* A sentence with its places still open, for the script to fill in. */
static json_t *
sentence_to_json(struct html *html, phrase_function *phrase,
                 const struct finding *finding)
{
    AUTOBUFFER sentence = BUFFER_INIT(REPORT_CEILING);

    if (phrase(finding, html->view->language, &sentence) < 0)
        return NULL;
    return json_string(buffer_text(&sentence));
}

/* In the order of enum finding_reason. What is met says so by its
 * requirement, see below. */
static json_t *
reasons_to_json(struct html *html)
{
    AUTOTREE json_t *array = json_array();

    for (enum finding_reason reason = 0; reason < FINDING_REASON_COUNT;
         reason++) {
        const struct finding finding = { .status = FINDING_FAIL,
                                         .reason = reason,
                                         .expected = "{expected}",
                                         .actual = "{actual}" };
        json_t *message =
            reason == FINDING_REASON_MET
                ? json_string("")
                : sentence_to_json(html, phrase_finding, &finding);
        if (json_array_append_new(
                array,
                json_pack(
                    "{s:o, s:o, s:o}", "message", message, "expected",
                    sentence_to_json(html, phrase_expected, &finding),
                    "recommendation",
                    sentence_to_json(html, phrase_recommendation, &finding)))
            < 0)
            return NULL;
    }
    return take_pointer(array);
}

/* In the order of requirement_table. */
static json_t *
met_to_json(struct html *html)
{
    AUTOTREE json_t *array = json_array();

    for (size_t i = 0; i < requirement_table_length; i++) {
        const struct finding finding = { .requirement = &requirement_table[i],
                                         .reason = FINDING_REASON_MET,
                                         .expected = "{expected}",
                                         .actual = "{actual}" };
        if (json_array_append_new(
                array, sentence_to_json(html, phrase_finding, &finding))
            < 0)
            return NULL;
    }
    return take_pointer(array);
}

json_t *
report_html_data_words(struct html *html)
{
    return json_pack("{s:o, s:o, s:o, s:o, s:o}", "words", words_to_json(html),
                     "names", names_to_json(html), "requirements",
                     requirements_to_json(html), "reasons",
                     reasons_to_json(html), "met", met_to_json(html));
}
