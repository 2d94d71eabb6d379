/* SPDX-License-Identifier: Apache-2.0 */
#include "control/doctor/doctor_report.h"

#include <string.h>

#include "unit/unit.h"

static struct doctor_report *
new_diagnosis(void)
{
    struct doctor_report *doctor_report = NULL;

    assert_int_equal(doctor_report_new(&doctor_report, 0, NULL), 0);
    return doctor_report;
}

static void
names_everything_once(void **state)
{
    (void) state;
    for (int i = 0; i < DOCTOR_REASON_COUNT; i++) {
        const char *name = doctor_reason_name((enum doctor_reason) i);
        assert_non_null(name);
        for (int j = 0; j < i; j++)
            assert_string_not_equal(
                name, doctor_reason_name((enum doctor_reason) j));
    }
    for (size_t i = 0; i < DOCTOR_REPORT_EXAMINATION_COUNT; i++) {
        assert_non_null(doctor_report_subjects[i].id);
        /* A section's subjects stand together. */
        if (i > 0)
            assert_true(doctor_report_subjects[i].section
                        >= doctor_report_subjects[i - 1].section);
    }
}

static void
begins_with_nothing_known(void **state)
{
    struct doctor_report *doctor_report = new_diagnosis();

    (void) state;
    assert_int_equal(doctor_report_count(doctor_report, DOCTOR_REPORT_SKIPPED),
                     DOCTOR_REPORT_EXAMINATION_COUNT);
    assert_int_equal(doctor_report_verdict(doctor_report),
                     DOCTOR_REPORT_READY);
    doctor_report_free(doctor_report);
}

static void
tells_the_worst_that_a_failure_means(void **state)
{
    struct doctor_report *doctor_report = new_diagnosis();

    (void) state;
    doctor_report_conclude(doctor_report, DOCTOR_REPORT_PERMISSION_WRITE,
                           DOCTOR_REPORT_WARN, DOCTOR_REASON_WRITE_DENIED);
    assert_int_equal(doctor_report_verdict(doctor_report),
                     DOCTOR_REPORT_READY);
    doctor_report_conclude(doctor_report, DOCTOR_REPORT_PERMISSION_READ,
                           DOCTOR_REPORT_FAIL, DOCTOR_REASON_READ_DENIED);
    assert_int_equal(doctor_report_verdict(doctor_report),
                     DOCTOR_REPORT_INCOMPLETE);
    struct doctor_report_line *line =
        doctor_report_conclude(doctor_report, DOCTOR_REPORT_SUBSCRIPTIONS,
                               DOCTOR_REPORT_FAIL, DOCTOR_REASON_NOT_LISTED);
    assert_int_equal(doctor_report_verdict(doctor_report),
                     DOCTOR_REPORT_INCOMPLETE);
    line->failure = DOCTOR_REPORT_IMPOSSIBLE;
    assert_int_equal(doctor_report_verdict(doctor_report),
                     DOCTOR_REPORT_IMPOSSIBLE);
    doctor_report_conclude(doctor_report, DOCTOR_REPORT_SUBSCRIPTIONS,
                           DOCTOR_REPORT_PASS, DOCTOR_REASON_VISIBLE);
    assert_int_equal(doctor_report_verdict(doctor_report),
                     DOCTOR_REPORT_INCOMPLETE);
    doctor_report_free(doctor_report);
}

static void
skips_because_of_what_failed_first(void **state)
{
    struct doctor_report *doctor_report = new_diagnosis();

    (void) state;
    doctor_report_conclude(doctor_report, DOCTOR_REPORT_CLOUD,
                           DOCTOR_REPORT_FAIL, DOCTOR_REASON_CLOUD_UNUSABLE);
    doctor_report_skip(doctor_report, DOCTOR_REPORT_CREDENTIAL,
                       DOCTOR_REPORT_CLOUD);
    doctor_report_skip(doctor_report, DOCTOR_REPORT_TENANT,
                       DOCTOR_REPORT_CREDENTIAL);
    const struct doctor_report_line *line =
        &doctor_report->lines[DOCTOR_REPORT_TENANT];
    assert_int_equal(line->status, DOCTOR_REPORT_SKIPPED);
    assert_int_equal(line->because, DOCTOR_REPORT_CLOUD);
    assert_string_equal(doctor_report_fact(line, "because")->text, "cloud");
    /* What was interrupted is no failure to blame. */
    doctor_report_skip(doctor_report, DOCTOR_REPORT_PERMISSION_READ,
                       DOCTOR_REPORT_SUBSCRIPTIONS);
    line = &doctor_report->lines[DOCTOR_REPORT_PERMISSION_READ];
    assert_int_equal(line->reason, DOCTOR_REASON_INTERRUPTED);
    assert_null(doctor_report_fact(line, "because"));
    doctor_report_free(doctor_report);
}

static void
keeps_copies_of_facts(void **state)
{
    struct doctor_report *doctor_report = new_diagnosis();
    char text[] = "Zorg";
    const char *const texts[] = { text, "Data" };
    const int64_t numbers[] = { 3, 4 };
    struct doctor_report_line *line =
        doctor_report_conclude(doctor_report, DOCTOR_REPORT_SCOPE,
                               DOCTOR_REPORT_PASS, DOCTOR_REASON_SCOPE_ALL);

    (void) state;
    doctor_report_add_text(doctor_report, line, "name", text);
    doctor_report_add_text(doctor_report, line, "none", NULL);
    doctor_report_add_texts(doctor_report, line, "names", texts, 2);
    doctor_report_add_counts(
        doctor_report, line, "counts",
        &(struct doctor_report_counts){ texts, numbers, 2 });
    doctor_report_add_number(line, "number", -7);
    text[0] = 'x';
    assert_string_equal(doctor_report_fact(line, "name")->text, "Zorg");
    assert_string_equal(doctor_report_fact(line, "names")->texts[0], "Zorg");
    assert_int_equal(doctor_report_fact(line, "counts")->numbers[1], 4);
    assert_int_equal(doctor_report_fact(line, "number")->number, -7);
    assert_null(doctor_report_fact(line, "none"));
    assert_false(doctor_report->failed);
    doctor_report_conclude(doctor_report, DOCTOR_REPORT_SCOPE,
                           DOCTOR_REPORT_PASS, DOCTOR_REASON_SCOPE_ALL);
    assert_null(doctor_report_fact(line, "name"));
    doctor_report_free(doctor_report);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_everything_once),
        cmocka_unit_test(begins_with_nothing_known),
        cmocka_unit_test(tells_the_worst_that_a_failure_means),
        cmocka_unit_test(skips_because_of_what_failed_first),
        cmocka_unit_test(keeps_copies_of_facts),
    };

    return cmocka_run_group_tests_name("diagnosis", tests, NULL, NULL);
}
