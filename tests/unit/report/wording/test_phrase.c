/* SPDX-License-Identifier: Apache-2.0 */
#include "report/wording/phrase.h"

#include <string.h>

#include "base/cleanup.h"
#include "control/requirement/requirement.h"
#include "control/requirement/requirement_table.h"
#include "report/wording/phrase_error.h"
#include "unit/unit.h"

typedef int phrase_function(const struct finding *finding,
                            const struct language *language,
                            struct buffer *target);

static void
assert_phrase(phrase_function *phrase, const struct finding *finding,
              const char *expected)
{
    AUTOBUFFER target = BUFFER_INIT(10000);

    assert_int_equal(phrase(finding, NULL, &target), 0);
    assert_string_equal(buffer_text(&target), expected);
}

static void
phrases_a_finding(void **state)
{
    struct finding finding = { .requirement =
                                   requirement_by_id("phone-configured"),
                               .status = FINDING_FAIL,
                               .reason = FINDING_REASON_PHONE_MISSING };

    (void) state;
    assert_phrase(phrase_finding, &finding, "no phone number is set");
    assert_phrase(phrase_brief, &finding, "phone number missing");
    assert_phrase(phrase_expected, &finding, "a phone number");
    assert_phrase(phrase_recommendation, &finding, "set a phone number");

    finding.status = FINDING_MUTED;
    assert_phrase(phrase_finding, &finding, "no phone number is set");
    assert_phrase(phrase_recommendation, &finding, "");

    finding.status = FINDING_PASS;
    finding.reason = FINDING_REASON_MET;
    assert_phrase(phrase_finding, &finding, "a phone number is set");
    assert_phrase(phrase_expected, &finding, "");
    assert_phrase(phrase_recommendation, &finding, "");
}

static void
puts_arguments_in_their_places(void **state)
{
    struct finding finding = { .requirement =
                                   requirement_by_id("alerts-notified"),
                               .status = FINDING_FAIL,
                               .reason = FINDING_REASON_ALERTS_LEVEL,
                               .expected = "High",
                               .actual = "Critical" };

    (void) state;
    assert_phrase(
        phrase_finding, &finding,
        "alerts are mailed from Critical severity only, not from High");
    assert_phrase(phrase_expected, &finding,
                  "mail of alerts of High severity");

    /* An argument is no template. */
    finding.reason = FINDING_REASON_UNRECOGNIZED;
    finding.actual = "{actual}{expected}";
    assert_phrase(phrase_brief, &finding,
                  "level not known: {actual}{expected}");
    finding.actual = "";
    assert_phrase(phrase_brief, &finding, "level not known: none");
    finding.actual = NULL;
    assert_phrase(phrase_brief, &finding, "level not known: none");
}

static void
has_words_for_every_reason_and_requirement(void **state)
{
    (void) state;
    for (enum finding_reason reason = 0; reason < FINDING_REASON_COUNT;
         reason++) {
        const struct finding finding = { .requirement = requirement_by_id(
                                             "contact-configured"),
                                         .status = FINDING_FAIL,
                                         .reason = reason };
        AUTOBUFFER target = BUFFER_INIT(10000);
        assert_int_equal(phrase_finding(&finding, NULL, &target), 0);
        assert_true(target.length > 0);
        buffer_clear(&target);
        assert_int_equal(phrase_brief(&finding, NULL, &target), 0);
        assert_true(target.length > 0);
    }
    for (size_t i = 0; i < requirement_table_length; i++) {
        const struct finding finding = { .requirement =
                                             &requirement_table[i] };
        AUTOBUFFER target = BUFFER_INIT(10000);
        assert_int_equal(phrase_finding(&finding, NULL, &target), 0);
        assert_string_not_equal(buffer_text(&target),
                                "the requirement is met");
    }
}

static void
phrases_errors(void **state)
{
    static const struct {
        struct contact_error error;
        const char *phrase;
        bool advised;
    } cases[] = {
        { { 403, "AuthorizationFailed", "The client", NULL },
          "403 AuthorizationFailed: needs Security Reader",
          true },
        { { 403, "authorizationfailed", "", NULL },
          "403 authorizationfailed: needs Security Reader",
          true },
        { { 403, "SomethingNew", "The client", NULL },
          "403 SomethingNew: access was refused",
          true },
        { { 429, "TooManyRequests", "", NULL },
          "429 TooManyRequests: Azure throttled the requests",
          true },
        { { 0, "NoAnswer", "connection refused", NULL },
          "NoAnswer: connection refused",
          true },
        { { 0, "Interrupted", "", NULL },
          "Interrupted: not read any more",
          true },
        { { 418, "Teapot", "short and stout", NULL },
          "418 Teapot: short and stout",
          false },
        { { 418, "Teapot", "", NULL }, "418 Teapot", false },
        { { 200, "NotUnderstood", "line 1", NULL },
          "200 NotUnderstood: line 1",
          true },
        /* A proxy's own 403 says nothing about a role. */
        { { 403, "NotUnderstood", "<html>no</html>", NULL },
          "403 NotUnderstood: <html>no</html>",
          true },
    };

    (void) state;
    for (size_t i = 0; i < ARRAY_LENGTH(cases); i++) {
        AUTOBUFFER target = BUFFER_INIT(1000);
        const struct phrase_error *row = phrase_error_of(&cases[i].error);
        assert_int_equal(phrase_error_append(&cases[i].error, NULL, &target),
                         0);
        assert_string_equal(buffer_text(&target), cases[i].phrase);
        assert_int_equal(row != NULL && row->advice != NULL, cases[i].advised);
    }
}

static void
assert_cause(const struct assessment *assessment, const char *expected)
{
    AUTOBUFFER target = BUFFER_INIT(10000);

    assert_int_equal(phrase_cause(assessment, NULL, &target), 0);
    assert_string_equal(buffer_text(&target), expected);
}

static void
names_a_cause_once(void **state)
{
    struct finding findings[] = {
        { .status = FINDING_FAIL, .reason = FINDING_REASON_NO_CONTACT },
        { .status = FINDING_FAIL, .reason = FINDING_REASON_NO_CONTACT },
    };
    struct assessment assessment = { .status = ASSESSMENT_NON_COMPLIANT,
                                     .reach = REACH_OWNERS,
                                     .findings = findings,
                                     .finding_count = 2 };

    (void) state;
    assert_cause(&assessment, "no security contact");
    /* Even where no requirement says so. */
    assessment.finding_count = 0;
    assert_cause(&assessment, "no security contact");
}

/* Why nobody is mailed comes first, also where the profile passes it. */
static void
says_why_nobody_is_mailed(void **state)
{
    static const char *const soc[] = { "soc@contoso.nl" };
    static const char *const bad[] = { "soc" };
    struct contact contact = { .enabled = CONTACT_OFF,
                               .emails = soc,
                               .email_count = 1,
                               .alerts = { CONTACT_LEVEL_HIGH, "High" } };
    struct finding phone = { .status = FINDING_FAIL,
                             .reason = FINDING_REASON_PHONE_MISSING };
    struct assessment assessment = { .status = ASSESSMENT_COMPLIANT,
                                     .reach = REACH_NOBODY,
                                     .reading = { .contact = &contact } };

    (void) state;
    assert_cause(&assessment, "contact is disabled");
    assessment.status = ASSESSMENT_NON_COMPLIANT;
    assessment.findings = &phone;
    assessment.finding_count = 1;
    assert_cause(&assessment, "contact is disabled; phone number missing");
    contact.enabled = CONTACT_ON;
    contact.alerts.level = CONTACT_LEVEL_OFF;
    assert_cause(&assessment, "alert mail is off; phone number missing");
    contact.alerts.level = CONTACT_LEVEL_CRITICAL;
    assert_cause(&assessment,
                 "alerts are mailed from Critical only; phone number missing");
    contact.alerts.level = CONTACT_LEVEL_HIGH;
    contact.emails = bad;
    phone.reason = FINDING_REASON_OWNER_MISSING;
    assert_cause(&assessment, "no valid address; owners are not notified");
    contact.email_count = 0;
    assert_cause(&assessment, "no address; owners are not notified");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(phrases_a_finding),
        cmocka_unit_test(puts_arguments_in_their_places),
        cmocka_unit_test(has_words_for_every_reason_and_requirement),
        cmocka_unit_test(phrases_errors),
        cmocka_unit_test(names_a_cause_once),
        cmocka_unit_test(says_why_nobody_is_mailed),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
