/* SPDX-License-Identifier: Apache-2.0 */
#include "report/doctor/doctor_format.h"

#include <string.h>

#include "base/cleanup.h"
#include "unit/report/golden.h"
#include "report/wording/phrase_doctor.h"
#include "report/wording/sentence.h"
#include "unit/unit.h"

#define OBJECT "0b1ec750-0000-4000-8000-00000000abcd"
#define TENANT "7c0ffee0-0000-4000-8000-00000000abcd"

static void
add_network(struct doctor_report *doctor_report)
{
    struct doctor_report_line *line =
        doctor_report_conclude(doctor_report, DOCTOR_REPORT_CLOUD,
                               DOCTOR_REPORT_PASS, DOCTOR_REASON_CLOUD);

    doctor_report_add_text(doctor_report, line, "cloud", "AzureCloud");
    doctor_report_add_text(doctor_report, line, "endpoint",
                           "https://management.azure.com");
    doctor_report_add_text(doctor_report, line, "authority",
                           "https://login.microsoftonline.com");
    line = doctor_report_conclude(doctor_report, DOCTOR_REPORT_ARM_ENDPOINT,
                                  DOCTOR_REPORT_PASS, DOCTOR_REASON_REACHED);
    doctor_report_add_text(doctor_report, line, "host",
                           "management.azure.com");
    doctor_report_add_number(line, "httpStatus", 401);
    doctor_report_add_number(line, "milliseconds", 83);
    line =
        doctor_report_conclude(doctor_report, DOCTOR_REPORT_AUTHORITY,
                               DOCTOR_REPORT_WARN, DOCTOR_REASON_NAME_UNKNOWN);
    doctor_report_add_text(doctor_report, line, "host",
                           "login.microsoftonline.com");
    doctor_report_add_text(doctor_report, line, "error",
                           "could not resolve host login.microsoftonline.com");
    doctor_report_add_text(doctor_report, line, "advice", "check the name");
    line =
        doctor_report_conclude(doctor_report, DOCTOR_REPORT_CLOCK,
                               DOCTOR_REPORT_FAIL, DOCTOR_REASON_CLOCK_AHEAD);
    doctor_report_add_number(line, "seconds", 412);
}

static void
add_sign_in(struct doctor_report *doctor_report)
{
    static const char *const passed_over[] = {
        "AccessTokenCredential: AZURE_ACCESS_TOKEN is not set",
        "EnvironmentCredential: not set: AZURE_CLIENT_ID",
    };
    struct doctor_report_line *line =
        doctor_report_conclude(doctor_report, DOCTOR_REPORT_CREDENTIAL,
                               DOCTOR_REPORT_PASS, DOCTOR_REASON_SIGNED_IN);

    doctor_report_add_text(doctor_report, line, "credential",
                           "AzureCliCredential");
    doctor_report_add_texts(doctor_report, line, "passedOver", passed_over,
                            ARRAY_LENGTH(passed_over));
    line = doctor_report_conclude(doctor_report, DOCTOR_REPORT_IDENTITY,
                                  DOCTOR_REPORT_PASS,
                                  DOCTOR_REASON_IDENTITY_OPAQUE);
    doctor_report_add_text(doctor_report, line, "credential",
                           "AzureCliCredential");
    doctor_report_conclude(doctor_report, DOCTOR_REPORT_TENANT,
                           DOCTOR_REPORT_PASS, DOCTOR_REASON_TENANT_UNTOLD);
    line = doctor_report_conclude(doctor_report, DOCTOR_REPORT_TOKEN,
                                  DOCTOR_REPORT_WARN,
                                  DOCTOR_REASON_TOKEN_ENDS_SOON);
    doctor_report_add_number(line, "minutes", 1);
    doctor_report_add_text(doctor_report, line, "expiresAt",
                           "2026-11-22T09:15:07Z");
}

static void
add_permissions(struct doctor_report *doctor_report)
{
    static const char *const states[] = { "Enabled", "Disabled" };
    static const int64_t numbers[] = { 57, 3 };
    static const char *const names[] = { "Zorg-Prod", "\033[31mred\nname" };
    static const char *const ids[] = {
        "4b2f0c1e-0000-4000-8000-000000000001",
        "4b2f0c1e-0000-4000-8000-000000000002",
    };
    struct doctor_report_line *line =
        doctor_report_conclude(doctor_report, DOCTOR_REPORT_SUBSCRIPTIONS,
                               DOCTOR_REPORT_PASS, DOCTOR_REASON_VISIBLE);

    doctor_report_add_number(line, "subscriptions", 60);
    doctor_report_add_counts(
        doctor_report, line, "byState",
        &(struct doctor_report_counts){ states, numbers, 2 });
    line =
        doctor_report_conclude(doctor_report, DOCTOR_REPORT_PERMISSION_READ,
                               DOCTOR_REPORT_FAIL, DOCTOR_REASON_READ_DENIED);
    doctor_report_add_number(line, "sample", 10);
    doctor_report_add_number(line, "missing", 2);
    doctor_report_add_number(line, "unread", 1);
    doctor_report_add_texts(doctor_report, line, "names", names, 2);
    doctor_report_add_texts(doctor_report, line, "ids", ids, 2);
    doctor_report_add_text(doctor_report, line, "assignee", OBJECT);
    doctor_report_add_text(
        doctor_report, line, "scope",
        "/providers/Microsoft.Management/managementGroups/" TENANT);
    line =
        doctor_report_conclude(doctor_report, DOCTOR_REPORT_CONTACT_READ,
                               DOCTOR_REPORT_PASS, DOCTOR_REASON_CONTACT_READ);
    doctor_report_add_text(doctor_report, line, "name", "Zorg-Prod");
    doctor_report_add_text(doctor_report, line, "id", ids[0]);
    doctor_report_add_text(doctor_report, line, "version",
                           "2023-12-01-preview");
    doctor_report_add_number(line, "contacts", 1);
}

static struct doctor_report *
sample_diagnosis(void)
{
    struct doctor_report *doctor_report = NULL;

    assert_int_equal(
        doctor_report_new(&doctor_report, INT64_C(1795338847000), NULL), 0);
    doctor_report->cloud = "AzureCloud";
    doctor_report_conclude(doctor_report, DOCTOR_REPORT_DESIRED_CONTACT,
                           DOCTOR_REPORT_WARN,
                           DOCTOR_REASON_CONTACT_NOT_DESIRED);
    struct doctor_report_line *store = doctor_report_conclude(
        doctor_report, DOCTOR_REPORT_STORE, DOCTOR_REPORT_WARN,
        DOCTOR_REASON_STORE_UNFINISHED);
    doctor_report_add_text(doctor_report, store, "file",
                           "/home/piket/piket.db");
    doctor_report_add_number(store, "changes", 2);
    add_network(doctor_report);
    doctor_report_skip(doctor_report, DOCTOR_REPORT_CONFIGURED_TENANT,
                       DOCTOR_REPORT_CLOCK);
    add_sign_in(doctor_report);
    add_permissions(doctor_report);
    assert_false(doctor_report->failed);
    return doctor_report;
}

static void
writes_each_format(void **state)
{
    static const struct {
        const char *path, *format, *language;
        bool colour, interrupted;
    } cases[] = {
        { "diagnosis/diagnosis.txt", "text", "en", false, false },
        { "diagnosis/colour.txt", "text", "en", true, true },
        { "diagnosis/diagnosis.json", "json", "en", false, false },
        { "nl/diagnosis/diagnosis.txt", "text", "nl", false, false },
        { "nl/diagnosis/colour.txt", "text", "nl", true, true },
        { "diagnosis/diagnosis.json", "json", "nl", false, false },
    };

    (void) state;
    for (size_t i = 0; i < ARRAY_LENGTH(cases); i++) {
        AUTOBUFFER target = BUFFER_INIT(DOCTOR_REPORT_REPORT_CEILING);
        struct doctor_report *doctor_report = sample_diagnosis();
        const struct doctor_report_view view = {
            .doctor_report = doctor_report,
            .language = language_by_name(cases[i].language),
            .colour = cases[i].colour,
            .exit_status = cases[i].interrupted ? 130 : 3,
        };
        doctor_report->interrupted = cases[i].interrupted;
        assert_int_equal(doctor_report_format_by_name(cases[i].format)
                             ->write(&view, &target, NULL),
                         0);
        golden_compare(cases[i].path, &target);
        doctor_report_free(doctor_report);
    }
    assert_null(doctor_report_format_by_name("xml"));
}

/* Whatever facts there are, every reason has words, and every warning and
 * failure of the table something to do. */
static void
has_words_for_every_reason(void **state)
{
    struct doctor_report_line line = { .status = DOCTOR_REPORT_FAIL };

    (void) state;
    for (size_t i = 0; i < DOCTOR_REASON_COUNT * language_table_length; i++) {
        const struct language *language =
            &language_table[i / DOCTOR_REASON_COUNT];
        AUTOBUFFER target = BUFFER_INIT(DOCTOR_REPORT_REPORT_CEILING);
        line.reason = (enum doctor_reason)(i % DOCTOR_REASON_COUNT);
        assert_int_equal(phrase_doctor(&line, language, &target), 0);
        assert_int_equal(phrase_doctor_advice(&line, language, &target), 0);
        assert_int_equal(phrase_doctor_command(&line, &target), 0);
        assert_null(strpbrk(buffer_text(&target), "{}[]|"));
    }
}

static void
puts_facts_into_their_places(void **state)
{
    static const struct {
        const char *sentence, *expected;
    } cases[] = {
        { "", "" },
        { "none", "geen" },
        { "{number} {number|one|many}", "1 one" },
        { "{other} {other|one|many}", "2 many" },
        { "{texts} and {texts;}", "a, b and a\nb" },
        { "{counts}", "3 a, 4 b" },
        { "{missing}{missing|one|many}", "" },
        { "{word!} and {word}", "geen and none" },
        { "x[ {text}][ {missing}][ {empty}] y", "x {brackets} y" },
        { "[{text}{missing}]", "" },
    };
    static const char *const texts[] = { "a", "b" };
    static const int64_t numbers[] = { 3, 4 };
    struct doctor_report_line line = {
        .facts = {
            { .name = "number", .kind = DOCTOR_REPORT_FACT_NUMBER, .number = 1 },
            { .name = "other", .kind = DOCTOR_REPORT_FACT_NUMBER, .number = 2 },
            { .name = "text", .kind = DOCTOR_REPORT_FACT_TEXT,
              .text = "{brackets}" },
            { .name = "texts", .kind = DOCTOR_REPORT_FACT_TEXTS, .texts = texts,
              .count = 2 },
            { .name = "counts", .kind = DOCTOR_REPORT_FACT_COUNTS, .texts = texts,
              .numbers = numbers, .count = 2 },
            { .name = "word", .kind = DOCTOR_REPORT_FACT_TEXT, .text = "none" },
            { .name = "empty", .kind = DOCTOR_REPORT_FACT_TEXTS, .texts = texts },
        },
        .fact_count = 7,
    };

    (void) state;
    for (size_t i = 0; i < ARRAY_LENGTH(cases); i++) {
        AUTOBUFFER target = BUFFER_INIT(1024);
        assert_int_equal(sentence_append(cases[i].sentence, &line,
                                         language_by_name("nl"), &target),
                         0);
        assert_string_equal(buffer_text(&target), cases[i].expected);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(writes_each_format),
        cmocka_unit_test(has_words_for_every_reason),
        cmocka_unit_test(puts_facts_into_their_places),
    };

    return cmocka_run_group_tests_name("diagnosis", tests, NULL, NULL);
}
