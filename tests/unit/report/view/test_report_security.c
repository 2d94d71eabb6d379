/* SPDX-License-Identifier: Apache-2.0 */
/* The formats that other programs have laid down: SARIF, JUnit, OCSF,
 * OSCAL. */
#include "report/view/report.h"

#include <jansson.h>
#include <stdio.h>
#include <string.h>

#include "base/cleanup.h"
#include "control/requirement/requirement_table.h"
#include "control/run/mute.h"
#include "unit/report/golden.h"
#include "unit/report/hostile_run.h"
#include "report/json/report_json.h"
#include "report/interchange/report_oscal.h"
#include "report/interchange/report_sarif.h"
#include "report/json/report_uuid.h"
#include "unit/report/sample_run.h"
#include "unit/unit.h"

static void
write_view(const char *format, const struct report_view *view,
           struct buffer *target)
{
    AUTOERROR err = ERROR_INIT;

    if (report_by_name(format)->write(view, target, &err) < 0)
        fail_msg("%s: %s", format, error_message(&err));
}

static json_t *
write_json(const char *format, const struct run *run)
{
    const struct report_view view = { .run = run };
    AUTOBUFFER target = BUFFER_INIT(REPORT_CEILING);
    json_error_t error;

    write_view(format, &view, &target);
    json_t *document =
        json_loadb(target.data, target.length, JSON_REJECT_DUPLICATES, &error);
    if (document == NULL)
        fail_msg("%s: line %d: %s", format, error.line, error.text);
    return document;
}

/* The member at a path such as "runs/0/results". */
static const json_t *
at(const json_t *tree, const char *path)
{
    AUTOFREE char *copy = strdup(path);
    char *rest = copy, *key;

    while ((key = strsep(&rest, "/")) != NULL)
        tree = json_is_array(tree)
                   ? json_array_get(tree, strtoul(key, NULL, 10))
                   : json_object_get(tree, key);
    return tree;
}

static const char *
text_at(const json_t *tree, const char *path)
{
    const char *text = json_string_value(at(tree, path));

    if (text == NULL)
        fail_msg("nothing at %s", path);
    return text;
}

/* As much as a person can still read in a file: one of each status. */
static bool
is_shown(const struct subscription *subscription)
{
    static const char *const ids[] = {
        "33333333-0000-4000-8000-000000000011",
        "5ca1ab1e-0000-4000-8000-000000000101",
        "5ca1ab1e-0000-4000-8000-000000000103",
        "5ca1ab1e-0000-4000-8000-000000000104",
        "5ca1ab1e-0000-4000-8000-000000000105",
    };

    for (size_t i = 0; i < ARRAY_LENGTH(ids); i++)
        if (strcmp(subscription->id, ids[i]) == 0)
            return true;
    return false;
}

static struct run *
short_run(void)
{
    struct run *run = hostile_run_new();
    size_t kept = 0;

    for (size_t i = 0; i < run->assessment_count; i++)
        if (is_shown(&run->assessments[i].subscription))
            run->assessments[kept++] = run->assessments[i];
    run->assessment_count = kept;
    return run;
}

static void
writes_the_hostile_run(void **state)
{
    static const char *const formats[] = { "sarif", "junit", "ocsf", "oscal" };
    const struct framework *const framework = framework_by_id("cis-5.0");
    struct run *run = short_run();
    const struct report_view view = { .run = run,
                                      .exit_status = 2,
                                      .frameworks = &framework,
                                      .framework_count = 1 };

    (void) state;
    for (size_t i = 0; i < ARRAY_LENGTH(formats); i++) {
        AUTOBUFFER target = BUFFER_INIT(REPORT_CEILING);
        char path[64];
        write_view(formats[i], &view, &target);
        (void) snprintf(path, sizeof(path), "security/hostile.%s", formats[i]);
        golden_compare(path, &target);
    }
    run_free(run);
}

/* Frameworks that were asked for are named, and no others. */
static void
names_the_frameworks(void **state)
{
    static const char *const formats[] = { "sarif", "ocsf", "oscal" };
    const struct framework *const frameworks[] = {
        framework_by_id("cis-3.0"),
        framework_by_id("iso-27001-2022"),
    };
    struct run *run = sample_run_new(profile_by_name("conformity"));
    const struct report_view view = {
        .run = run,
        .frameworks = frameworks,
        .framework_count = ARRAY_LENGTH(frameworks),
    };

    (void) state;
    for (size_t i = 0; i < ARRAY_LENGTH(formats); i++) {
        AUTOBUFFER target = BUFFER_INIT(REPORT_CEILING);
        char path[64];
        write_view(formats[i], &view, &target);
        (void) snprintf(path, sizeof(path), "security/frameworks.%s",
                        formats[i]);
        golden_compare(path, &target);
    }
    run_free(run);
}

/* A run that saw nothing says so in each, and is no empty document. */
static void
says_that_nothing_was_seen(void **state)
{
    struct run *run = sample_run_empty(profile_default());
    const struct report_view view = { .run = run };
    AUTOBUFFER junit = BUFFER_INIT(REPORT_CEILING);

    (void) state;
    run->complete = false;
    run->tenants[0].error = "HTTP 401\033[2J & <more>";
    write_view("junit", &view, &junit);
    assert_non_null(strstr(buffer_text(&junit),
                           "<testsuites name=\"piket\" tests=\"1\" "
                           "failures=\"0\" errors=\"1\" skipped=\"0\""));
    assert_non_null(strstr(buffer_text(&junit), "401\xef\xbf\xbd[2J &amp; "
                                                "&lt;more&gt;; no "
                                                "subscription was checked"));
    AUTOJSON json_t *sarif = write_json("sarif", run);
    assert_true(
        json_is_false(at(sarif, "runs/0/invocations/0/executionSuccessful")));
    assert_int_equal(json_array_size(at(sarif, "runs/0/results")), 0);
    assert_string_equal(text_at(sarif, "runs/0/invocations/0/"
                                       "toolExecutionNotifications/0/"
                                       "descriptor/id"),
                        "run-incomplete");
    AUTOJSON json_t *ocsf = write_json("ocsf", run);
    assert_string_equal(text_at(ocsf, "compliance/status"), "Warning");
    assert_string_equal(text_at(ocsf, "severity"), "High");
    AUTOJSON json_t *oscal = write_json("oscal", run);
    const json_t *result = at(oscal, "assessment-results/results/0");
    assert_null(json_object_get(result, "risks"));
    assert_null(at(result, "local-definitions/inventory-items"));
    assert_string_equal(text_at(result, "findings/0/target/status/state"),
                        "not-satisfied");
    assert_string_equal(text_at(result, "findings/0/target/status/reason"),
                        "other");
    run_free(run);
}

/* Ids follow from what they stand for, and from nothing else. Namespace and
 * names as another implementation of RFC 9562 hashes them. */
static void
makes_ids_that_stay(void **state)
{
    const struct subscription subscription = { .id = "s", .tenant_id = "t" };
    const struct requirement *requirement =
        requirement_by_id("owner-notified");
    const struct report_uuid finding =
        report_uuid_finding("finding", &subscription, requirement);
    const struct report_uuid risk =
        report_uuid_finding("risk", &subscription, requirement);

    (void) state;
    assert_string_equal(REPORT_UUID("finding").text,
                        "c9acb8ef-f546-5a98-b97e-c0de9b014efd");
    assert_string_equal(finding.text, "39f46d09-e2cd-570d-b9a3-a8437f84e366");
    assert_string_not_equal(finding.text, risk.text);
    assert_string_not_equal(REPORT_UUID("a", "bc").text,
                            REPORT_UUID("ab", "c").text);
    assert_string_not_equal(REPORT_UUID("a", "").text, REPORT_UUID("a").text);
}

/* GitHub refuses what exceeds its limits: the whole upload. */
static void
keeps_to_the_limits_of_github(void **state)
{
    const struct framework *all[64];
    struct run *run = sample_run_new(profile_by_name("strict"));
    struct report_view view = { .run = run, .frameworks = all };
    AUTOBUFFER target = BUFFER_INIT(REPORT_CEILING);

    (void) state;
    assert_true(framework_table_length <= ARRAY_LENGTH(all));
    for (size_t i = 0; i < framework_table_length; i++)
        all[view.framework_count++] = &framework_table[i];
    write_view("sarif", &view, &target);
    AUTOJSON json_t *sarif = json_loads(buffer_text(&target), 0, NULL);
    const json_t *rules = at(sarif, "runs/0/tool/driver/rules"), *rule;
    size_t i;
    assert_int_equal(json_array_size(rules), requirement_table_length);
    json_array_foreach(rules, i, rule)
    {
        assert_in_range(json_array_size(at(rule, "properties/tags")), 1,
                        REPORT_SARIF_TAGS_CEILING);
        assert_in_range(strlen(text_at(rule, "shortDescription/text")), 1,
                        REPORT_SARIF_DESCRIPTION_CEILING);
        assert_in_range(strlen(text_at(rule, "fullDescription/text")), 1,
                        REPORT_SARIF_DESCRIPTION_CEILING);
        assert_in_range(strlen(text_at(rule, "help/text")), 1, 64 * 1024);
    }
    run_free(run);
}

static size_t
count_level(const json_t *results, const char *level)
{
    size_t i, count = 0;
    const json_t *result;

    json_array_foreach(results, i, result) count +=
        strcmp(text_at(result, "level"), level) == 0;
    return count;
}

/* More results than GitHub takes: the least severe are left out, and that is
 * said. */
static void
leaves_out_the_least_severe_results(void **state)
{
    const size_t count = REPORT_SARIF_RESULTS_CEILING / 7 + 100;
    struct run *run = hostile_run_many(count);

    (void) state;
    /* Of the profile's seven, five are of high severity, one is of medium. */
    for (size_t i = 0; i < count; i++)
        for (size_t j = 0; j < run->assessments[i].finding_count; j++)
            run->assessments[i].findings[j].status = FINDING_FAIL;
    AUTOJSON json_t *sarif = write_json("sarif", run);
    const json_t *results = at(sarif, "runs/0/results");
    assert_int_equal(json_array_size(results), REPORT_SARIF_RESULTS_CEILING);
    assert_int_equal(count_level(results, "error"), 5 * count);
    assert_int_equal(count_level(results, "warning"), count);
    assert_int_equal(count_level(results, "note"),
                     REPORT_SARIF_RESULTS_CEILING - 6 * count);
    assert_string_equal(text_at(sarif, "runs/0/invocations/0/"
                                       "toolExecutionNotifications/0/"
                                       "message/text"),
                        "697 of 25697 results are left out, the least "
                        "severe: GitHub takes 25000 of a run; --format json "
                        "has them all");
    run_free(run);
}

/* Neither a place for an argument nor a link, whatever a subscription is
 * called. */
static void
makes_plain_messages_of_sarif(void **state)
{
    static const struct {
        const char *text, *message;
    } cases[] = {
        { "{0} and }{", "{{0}} and }}{{" },
        { "[link](https://evil.example)", "[link] (https://evil.example)" },
        { "[0] stays\n]", "[0] stays ]" },
        { "@contoso/security, soc@contoso.nl",
          "@ contoso/security, soc@contoso.nl" },
        { "\033[2Jred", "\xef\xbf\xbd[2Jred" },
    };

    (void) state;
    for (size_t i = 0; i < ARRAY_LENGTH(cases); i++) {
        AUTOJSON json_t *message = report_sarif_message(cases[i].text);
        assert_string_equal(text_at(message, "text"), cases[i].message);
    }
}

/* Where the alerts stand, and where a mute does. */
static void
points_at_the_configuration(void **state)
{
    static const struct {
        const char *config, *uri;
    } cases[] = {
        { NULL, "piket.yaml" },
        { "./azure/piket.yaml", "azure/piket.yaml" },
        { "../a b:c%.yaml", "../a%20b%3Ac%25.yaml" },
        { "/etc/piket/\xc3\xa9.yaml", "file:///etc/piket/%C3%A9.yaml" },
    };
    struct run *run = short_run();

    (void) state;
    for (size_t i = 0; i < ARRAY_LENGTH(cases); i++) {
        run->config = cases[i].config;
        AUTOJSON json_t *sarif = write_json("sarif", run);
        assert_string_equal(text_at(sarif,
                                    "runs/0/results/0/locations/0/"
                                    "physicalLocation/artifactLocation/uri"),
                            cases[i].uri);
        const json_t *results = at(sarif, "runs/0/results");
        const json_t *muted =
            json_array_get(results, json_array_size(results) - 1);
        assert_int_equal(
            json_integer_value(at(muted, "suppressions/0/location/"
                                         "physicalLocation/region/startLine")),
            9);
    }
    run_free(run);
}

/* OSCAL's string: one line, with no blank at its ends; nothing of nothing. */
static void
makes_strings_of_oscal(void **state)
{
    static const struct {
        const char *value, *kept; /* NULL: no property */
    } cases[] = {
        { "soc@contoso.nl", "soc@contoso.nl" },
        { "\xc2\xa0\xe3\x80\x80 a\nb\t", "a b" },
        { " \xe2\x80\x83", NULL },
        { "", NULL },
        { NULL, NULL },
    };

    (void) state;
    for (size_t i = 0; i < ARRAY_LENGTH(cases); i++) {
        AUTOJSON json_t *props = json_array();
        assert_int_equal(
            report_oscal_append_prop(props, "actual", cases[i].value), 0);
        if (cases[i].kept == NULL)
            assert_int_equal(json_array_size(props), 0);
        else
            assert_string_equal(text_at(props, "0/value"), cases[i].kept);
    }
}

/* Numbers of frameworks become tokens, and remain as different as they
 * were. */
static void
makes_tokens_of_controls(void **state)
{
    const char *ids[512];
    json_t *trees[512];

    (void) state;
    assert_true(framework_control_table_length <= ARRAY_LENGTH(ids));
    for (size_t i = 0; i < framework_control_table_length; i++) {
        trees[i] = report_oscal_control_id(&framework_control_table[i]);
        ids[i] = json_string_value(trees[i]);
        assert_non_null(ids[i]);
        assert_int_equal(strspn(ids[i], "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                        "abcdefghijklmnopqrstuvwxyz"
                                        "0123456789.-_"),
                         strlen(ids[i]));
        for (size_t j = 0; j < i; j++)
            assert_string_not_equal(ids[i], ids[j]);
    }
    for (size_t i = 0; i < framework_control_table_length; i++)
        json_decref(trees[i]);
}

/* The state that an auditor reads, for what the subscriptions show. */
static const char *
state_of(enum finding_status status, const char **ret_reason)
{
    static char state[32], reason[32];
    static const struct mute mute = { .reason = "r", .until = "2027-03-01" };
    struct run *run = hostile_run_many(2);
    const struct assessment *assessment = &run->assessments[1];

    for (size_t i = 0; i < assessment->finding_count; i++) {
        run->assessments[0].findings[i].status = FINDING_PASS;
        assessment->findings[i].status = status;
        assessment->findings[i].mute = &mute;
    }
    AUTOJSON json_t *oscal = write_json("oscal", run);
    const json_t *target =
        at(oscal, "assessment-results/results/0/findings/0/target/status");
    (void) snprintf(state, sizeof(state), "%s", text_at(target, "state"));
    (void) snprintf(reason, sizeof(reason), "%s", text_at(target, "reason"));
    *ret_reason = reason;
    run_free(run);
    return state;
}

static void
concludes_as_an_auditor_does(void **state)
{
    static const struct {
        enum finding_status status;
        const char *state, *reason;
    } cases[] = {
        { FINDING_PASS, "satisfied", "pass" },
        { FINDING_NOT_APPLICABLE, "satisfied", "pass" },
        { FINDING_FAIL, "not-satisfied", "fail" },
        { FINDING_MUTED, "not-satisfied", "fail" },
        { FINDING_UNKNOWN, "not-satisfied", "other" },
    };

    (void) state;
    for (size_t i = 0; i < ARRAY_LENGTH(cases); i++) {
        const char *reason;
        assert_string_equal(state_of(cases[i].status, &reason),
                            cases[i].state);
        assert_string_equal(reason, cases[i].reason);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(writes_the_hostile_run),
        cmocka_unit_test(names_the_frameworks),
        cmocka_unit_test(says_that_nothing_was_seen),
        cmocka_unit_test(makes_ids_that_stay),
        cmocka_unit_test(keeps_to_the_limits_of_github),
        cmocka_unit_test(leaves_out_the_least_severe_results),
        cmocka_unit_test(makes_plain_messages_of_sarif),
        cmocka_unit_test(points_at_the_configuration),
        cmocka_unit_test(makes_strings_of_oscal),
        cmocka_unit_test(makes_tokens_of_controls),
        cmocka_unit_test(concludes_as_an_auditor_does),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
