/* SPDX-License-Identifier: Apache-2.0 */
#include "control/diagnosis.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static struct diagnosis *
new_diagnosis(void)
{
    struct diagnosis *diagnosis = NULL;

    assert_int_equal(diagnosis_new(&diagnosis, 0, NULL), 0);
    return diagnosis;
}

static void
names_everything_once(void **state)
{
    (void) state;
    for (int i = 0; i < DIAGNOSIS_REASON_COUNT; i++) {
        const char *name = diagnosis_reason_name((enum diagnosis_reason) i);
        assert_non_null(name);
        for (int j = 0; j < i; j++)
            assert_string_not_equal(
                name, diagnosis_reason_name((enum diagnosis_reason) j));
    }
    for (size_t i = 0; i < DIAGNOSIS_EXAMINATION_COUNT; i++) {
        assert_non_null(diagnosis_subjects[i].id);
        /* A section's subjects stand together. */
        if (i > 0)
            assert_true(diagnosis_subjects[i].section
                        >= diagnosis_subjects[i - 1].section);
    }
}

static void
begins_with_nothing_known(void **state)
{
    struct diagnosis *diagnosis = new_diagnosis();

    (void) state;
    assert_int_equal(diagnosis_count(diagnosis, DIAGNOSIS_SKIPPED),
                     DIAGNOSIS_EXAMINATION_COUNT);
    assert_int_equal(diagnosis_verdict(diagnosis), DIAGNOSIS_READY);
    diagnosis_free(diagnosis);
}

static void
tells_the_worst_that_a_failure_means(void **state)
{
    struct diagnosis *diagnosis = new_diagnosis();

    (void) state;
    diagnosis_conclude(diagnosis, DIAGNOSIS_PERMISSION_WRITE, DIAGNOSIS_WARN,
                       DIAGNOSIS_REASON_WRITE_DENIED);
    assert_int_equal(diagnosis_verdict(diagnosis), DIAGNOSIS_READY);
    diagnosis_conclude(diagnosis, DIAGNOSIS_PERMISSION_READ, DIAGNOSIS_FAIL,
                       DIAGNOSIS_REASON_READ_DENIED);
    assert_int_equal(diagnosis_verdict(diagnosis), DIAGNOSIS_INCOMPLETE);
    struct diagnosis_line *line =
        diagnosis_conclude(diagnosis, DIAGNOSIS_SUBSCRIPTIONS, DIAGNOSIS_FAIL,
                           DIAGNOSIS_REASON_NOT_LISTED);
    assert_int_equal(diagnosis_verdict(diagnosis), DIAGNOSIS_INCOMPLETE);
    line->failure = DIAGNOSIS_IMPOSSIBLE;
    assert_int_equal(diagnosis_verdict(diagnosis), DIAGNOSIS_IMPOSSIBLE);
    diagnosis_conclude(diagnosis, DIAGNOSIS_SUBSCRIPTIONS, DIAGNOSIS_PASS,
                       DIAGNOSIS_REASON_VISIBLE);
    assert_int_equal(diagnosis_verdict(diagnosis), DIAGNOSIS_INCOMPLETE);
    diagnosis_free(diagnosis);
}

static void
skips_because_of_what_failed_first(void **state)
{
    struct diagnosis *diagnosis = new_diagnosis();

    (void) state;
    diagnosis_conclude(diagnosis, DIAGNOSIS_CLOUD, DIAGNOSIS_FAIL,
                       DIAGNOSIS_REASON_CLOUD_UNUSABLE);
    diagnosis_skip(diagnosis, DIAGNOSIS_CREDENTIAL, DIAGNOSIS_CLOUD);
    diagnosis_skip(diagnosis, DIAGNOSIS_TENANT, DIAGNOSIS_CREDENTIAL);
    const struct diagnosis_line *line = &diagnosis->lines[DIAGNOSIS_TENANT];
    assert_int_equal(line->status, DIAGNOSIS_SKIPPED);
    assert_int_equal(line->because, DIAGNOSIS_CLOUD);
    assert_string_equal(diagnosis_fact(line, "because")->text, "cloud");
    /* What was interrupted is no failure to blame. */
    diagnosis_skip(diagnosis, DIAGNOSIS_PERMISSION_READ,
                   DIAGNOSIS_SUBSCRIPTIONS);
    line = &diagnosis->lines[DIAGNOSIS_PERMISSION_READ];
    assert_int_equal(line->reason, DIAGNOSIS_REASON_INTERRUPTED);
    assert_null(diagnosis_fact(line, "because"));
    diagnosis_free(diagnosis);
}

static void
keeps_copies_of_facts(void **state)
{
    struct diagnosis *diagnosis = new_diagnosis();
    char text[] = "Zorg";
    const char *const texts[] = { text, "Data" };
    const int64_t numbers[] = { 3, 4 };
    struct diagnosis_line *line =
        diagnosis_conclude(diagnosis, DIAGNOSIS_SCOPE, DIAGNOSIS_PASS,
                           DIAGNOSIS_REASON_SCOPE_ALL);

    (void) state;
    diagnosis_add_text(diagnosis, line, "name", text);
    diagnosis_add_text(diagnosis, line, "none", NULL);
    diagnosis_add_texts(diagnosis, line, "names", texts, 2);
    diagnosis_add_counts(diagnosis, line, "counts",
                         &(struct diagnosis_counts){ texts, numbers, 2 });
    diagnosis_add_number(line, "number", -7);
    text[0] = 'x';
    assert_string_equal(diagnosis_fact(line, "name")->text, "Zorg");
    assert_string_equal(diagnosis_fact(line, "names")->texts[0], "Zorg");
    assert_int_equal(diagnosis_fact(line, "counts")->numbers[1], 4);
    assert_int_equal(diagnosis_fact(line, "number")->number, -7);
    assert_null(diagnosis_fact(line, "none"));
    assert_false(diagnosis->failed);
    diagnosis_conclude(diagnosis, DIAGNOSIS_SCOPE, DIAGNOSIS_PASS,
                       DIAGNOSIS_REASON_SCOPE_ALL);
    assert_null(diagnosis_fact(line, "name"));
    diagnosis_free(diagnosis);
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
