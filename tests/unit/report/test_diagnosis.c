/* SPDX-License-Identifier: Apache-2.0 */
#include "report/diagnosis_report.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/cleanup.h"
#include "golden.h"
#include "report/phrase_diagnosis.h"
#include "report/sentence.h"

#define OBJECT "0b1ec750-0000-4000-8000-00000000abcd"
#define TENANT "7c0ffee0-0000-4000-8000-00000000abcd"

static void
add_network(struct diagnosis *diagnosis)
{
    struct diagnosis_line *line = diagnosis_conclude(
        diagnosis, DIAGNOSIS_CLOUD, DIAGNOSIS_PASS, DIAGNOSIS_REASON_CLOUD);

    diagnosis_add_text(diagnosis, line, "cloud", "AzureCloud");
    diagnosis_add_text(diagnosis, line, "endpoint",
                       "https://management.azure.com");
    diagnosis_add_text(diagnosis, line, "authority",
                       "https://login.microsoftonline.com");
    line = diagnosis_conclude(diagnosis, DIAGNOSIS_ARM_ENDPOINT,
                              DIAGNOSIS_PASS, DIAGNOSIS_REASON_REACHED);
    diagnosis_add_text(diagnosis, line, "host", "management.azure.com");
    diagnosis_add_number(line, "httpStatus", 401);
    diagnosis_add_number(line, "milliseconds", 83);
    line = diagnosis_conclude(diagnosis, DIAGNOSIS_AUTHORITY, DIAGNOSIS_WARN,
                              DIAGNOSIS_REASON_NAME_UNKNOWN);
    diagnosis_add_text(diagnosis, line, "host", "login.microsoftonline.com");
    diagnosis_add_text(diagnosis, line, "error",
                       "could not resolve host login.microsoftonline.com");
    diagnosis_add_text(diagnosis, line, "advice", "check the name");
    line = diagnosis_conclude(diagnosis, DIAGNOSIS_CLOCK, DIAGNOSIS_FAIL,
                              DIAGNOSIS_REASON_CLOCK_AHEAD);
    diagnosis_add_number(line, "seconds", 412);
}

static void
add_sign_in(struct diagnosis *diagnosis)
{
    static const char *const passed_over[] = {
        "AccessTokenCredential: AZURE_ACCESS_TOKEN is not set",
        "EnvironmentCredential: not set: AZURE_CLIENT_ID",
    };
    struct diagnosis_line *line =
        diagnosis_conclude(diagnosis, DIAGNOSIS_CREDENTIAL, DIAGNOSIS_PASS,
                           DIAGNOSIS_REASON_SIGNED_IN);

    diagnosis_add_text(diagnosis, line, "credential", "AzureCliCredential");
    diagnosis_add_texts(diagnosis, line, "passedOver", passed_over,
                        ARRAY_LENGTH(passed_over));
    line = diagnosis_conclude(diagnosis, DIAGNOSIS_IDENTITY, DIAGNOSIS_PASS,
                              DIAGNOSIS_REASON_IDENTITY_OPAQUE);
    diagnosis_add_text(diagnosis, line, "credential", "AzureCliCredential");
    diagnosis_conclude(diagnosis, DIAGNOSIS_TENANT, DIAGNOSIS_PASS,
                       DIAGNOSIS_REASON_TENANT_UNTOLD);
    line = diagnosis_conclude(diagnosis, DIAGNOSIS_TOKEN, DIAGNOSIS_WARN,
                              DIAGNOSIS_REASON_TOKEN_ENDS_SOON);
    diagnosis_add_number(line, "minutes", 1);
    diagnosis_add_text(diagnosis, line, "expiresAt", "2026-11-22T09:15:07Z");
}

static void
add_permissions(struct diagnosis *diagnosis)
{
    static const char *const states[] = { "Enabled", "Disabled" };
    static const int64_t numbers[] = { 57, 3 };
    static const char *const names[] = { "Zorg-Prod", "\033[31mred\nname" };
    static const char *const ids[] = {
        "4b2f0c1e-0000-4000-8000-000000000001",
        "4b2f0c1e-0000-4000-8000-000000000002",
    };
    struct diagnosis_line *line =
        diagnosis_conclude(diagnosis, DIAGNOSIS_SUBSCRIPTIONS, DIAGNOSIS_PASS,
                           DIAGNOSIS_REASON_VISIBLE);

    diagnosis_add_number(line, "subscriptions", 60);
    diagnosis_add_counts(diagnosis, line, "byState",
                         &(struct diagnosis_counts){ states, numbers, 2 });
    line = diagnosis_conclude(diagnosis, DIAGNOSIS_PERMISSION_READ,
                              DIAGNOSIS_FAIL, DIAGNOSIS_REASON_READ_DENIED);
    diagnosis_add_number(line, "sample", 10);
    diagnosis_add_number(line, "missing", 2);
    diagnosis_add_number(line, "unread", 1);
    diagnosis_add_texts(diagnosis, line, "names", names, 2);
    diagnosis_add_texts(diagnosis, line, "ids", ids, 2);
    diagnosis_add_text(diagnosis, line, "assignee", OBJECT);
    diagnosis_add_text(
        diagnosis, line, "scope",
        "/providers/Microsoft.Management/managementGroups/" TENANT);
    line = diagnosis_conclude(diagnosis, DIAGNOSIS_CONTACT_READ,
                              DIAGNOSIS_PASS, DIAGNOSIS_REASON_CONTACT_READ);
    diagnosis_add_text(diagnosis, line, "name", "Zorg-Prod");
    diagnosis_add_text(diagnosis, line, "id", ids[0]);
    diagnosis_add_text(diagnosis, line, "version", "2023-12-01-preview");
    diagnosis_add_number(line, "contacts", 1);
}

static struct diagnosis *
sample_diagnosis(void)
{
    struct diagnosis *diagnosis = NULL;

    assert_int_equal(diagnosis_new(&diagnosis, INT64_C(1795338847000), NULL),
                     0);
    diagnosis->cloud = "AzureCloud";
    diagnosis_conclude(diagnosis, DIAGNOSIS_DESIRED_CONTACT, DIAGNOSIS_WARN,
                       DIAGNOSIS_REASON_CONTACT_NOT_DESIRED);
    struct diagnosis_line *store =
        diagnosis_conclude(diagnosis, DIAGNOSIS_STORE, DIAGNOSIS_WARN,
                           DIAGNOSIS_REASON_STORE_UNFINISHED);
    diagnosis_add_text(diagnosis, store, "file", "/home/piket/piket.db");
    diagnosis_add_number(store, "changes", 2);
    add_network(diagnosis);
    diagnosis_skip(diagnosis, DIAGNOSIS_CONFIGURED_TENANT, DIAGNOSIS_CLOCK);
    add_sign_in(diagnosis);
    add_permissions(diagnosis);
    assert_false(diagnosis->failed);
    return diagnosis;
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
        AUTOBUFFER target = BUFFER_INIT(DIAGNOSIS_REPORT_CEILING);
        struct diagnosis *diagnosis = sample_diagnosis();
        const struct diagnosis_view view = {
            .diagnosis = diagnosis,
            .language = language_by_name(cases[i].language),
            .colour = cases[i].colour,
            .exit_status = cases[i].interrupted ? 130 : 3,
        };
        diagnosis->interrupted = cases[i].interrupted;
        assert_int_equal(diagnosis_format_by_name(cases[i].format)
                             ->write(&view, &target, NULL),
                         0);
        golden_compare(cases[i].path, &target);
        diagnosis_free(diagnosis);
    }
    assert_null(diagnosis_format_by_name("xml"));
}

/* Whatever facts there are, every reason has words, and every warning and
 * failure of the table something to do. */
static void
has_words_for_every_reason(void **state)
{
    struct diagnosis_line line = { .status = DIAGNOSIS_FAIL };

    (void) state;
    for (size_t i = 0; i < DIAGNOSIS_REASON_COUNT * language_table_length;
         i++) {
        const struct language *language =
            &language_table[i / DIAGNOSIS_REASON_COUNT];
        AUTOBUFFER target = BUFFER_INIT(DIAGNOSIS_REPORT_CEILING);
        line.reason = (enum diagnosis_reason)(i % DIAGNOSIS_REASON_COUNT);
        assert_int_equal(phrase_diagnosis(&line, language, &target), 0);
        assert_int_equal(phrase_diagnosis_advice(&line, language, &target), 0);
        assert_int_equal(phrase_diagnosis_command(&line, &target), 0);
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
    struct diagnosis_line line = {
        .facts = {
            { .name = "number", .kind = DIAGNOSIS_FACT_NUMBER, .number = 1 },
            { .name = "other", .kind = DIAGNOSIS_FACT_NUMBER, .number = 2 },
            { .name = "text", .kind = DIAGNOSIS_FACT_TEXT,
              .text = "{brackets}" },
            { .name = "texts", .kind = DIAGNOSIS_FACT_TEXTS, .texts = texts,
              .count = 2 },
            { .name = "counts", .kind = DIAGNOSIS_FACT_COUNTS, .texts = texts,
              .numbers = numbers, .count = 2 },
            { .name = "word", .kind = DIAGNOSIS_FACT_TEXT, .text = "none" },
            { .name = "empty", .kind = DIAGNOSIS_FACT_TEXTS, .texts = texts },
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
