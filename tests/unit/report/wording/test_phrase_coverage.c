/* SPDX-License-Identifier: Apache-2.0 */
#include "report/wording/phrase_coverage.h"

#include "base/cleanup.h"
#include "unit/unit.h"

static void
says_how_it_is_known_or_why_not(void **state)
{
    static const struct {
        struct coverage coverage;
        const char *sentence, *source;
    } cases[] = {
        { { .known = false }, "", "" },
        { { .known = true, .sources = COVERAGE_SOURCE_ROOT, .expected = 60 },
          "all 60 expected subscriptions are visible (root management group)",
          "root-management-group" },
        { { .known = true, .sources = COVERAGE_SOURCE_FILE, .expected = 1 },
          "the 1 expected subscription is visible (--expect)",
          "expected-file" },
        { { .known = true,
            .sources = COVERAGE_SOURCE_ROOT | COVERAGE_SOURCE_FILE,
            .expected = 1800,
            .not_visible = 300 },
          "300 of 1800 expected subscriptions are not visible to this "
          "identity (root management group, --expect)",
          "root-management-group+expected-file" },
        { { .known = true,
            .sources = COVERAGE_SOURCE_GROUPS,
            .expected = 1,
            .not_visible = 1 },
          "1 of 1 expected subscriptions is not visible to this identity "
          "(management groups in scope)",
          "management-groups" },
        { { .reason = COVERAGE_REASON_ROOT_REFUSED,
            .detail = "403 AuthorizationFailed" },
          "not known: this identity may not read the root management group "
          "(403 AuthorizationFailed): assign Reader on the root management "
          "group, or give --expect FILE",
          "" },
        { { .reason = COVERAGE_REASON_NO_TENANT },
          "not known: neither the token nor a subscription names the tenant: "
          "give --tenant with its id, or --expect FILE",
          "" },
    };

    (void) state;
    for (size_t i = 0; i < ARRAY_LENGTH(cases); i++) {
        AUTOBUFFER sentence = BUFFER_INIT(4096);
        AUTOBUFFER source = BUFFER_INIT(4096);
        assert_int_equal(phrase_coverage(&cases[i].coverage, NULL, &sentence),
                         0);
        assert_string_equal(buffer_text(&sentence), cases[i].sentence);
        assert_int_equal(phrase_coverage_source(&cases[i].coverage, &source),
                         0);
        assert_string_equal(buffer_text(&source), cases[i].source);
    }
}

static void
has_words_for_every_reason(void **state)
{
    (void) state;
    for (int reason = 1; reason < COVERAGE_REASON_COUNT; reason++) {
        const struct coverage coverage = { .reason =
                                               (enum coverage_reason) reason };
        AUTOBUFFER words = BUFFER_INIT(4096);
        assert_int_equal(phrase_coverage_reason(&coverage, NULL, &words), 0);
        assert_true(words.length > 0);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(says_how_it_is_known_or_why_not),
        cmocka_unit_test(has_words_for_every_reason),
    };

    return cmocka_run_group_tests_name("phrase_coverage", tests, NULL, NULL);
}
