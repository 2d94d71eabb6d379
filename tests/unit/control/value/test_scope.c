/* SPDX-License-Identifier: Apache-2.0 */
#include "control/value/scope.h"

#include <stdio.h>
#include <string.h>

#include "base/cleanup.h"
#include "unit/unit.h"

#define ID(last) "00000000-0000-4000-8000-00000000000" last

static const struct subscription zorg = { .id = ID("1"), .name = "Zorg-Prod" };
static const struct subscription data = { .id = ID("2"), .name = "Data" };
static const struct subscription twin = { .id = ID("3"), .name = "data" };
static const struct subscription lab = { .id = ID("a"), .name = "Zorg-Lab" };

static const struct subscription *const listed[] = { &zorg, &data, &twin,
                                                     &lab };

static char warned[256];

static int
warn(const char *sentence, void *context, struct error *err)
{
    (void) context;
    (void) err;
    snprintf(warned, sizeof(warned), "%s", sentence);
    return 0;
}

/* Of one rule. */
static int
verify(const char *text, bool exclusion, struct error *err)
{
    struct scope_rule rule = { text,
                               exclusion ? "--exclude" : "--subscription" };
    struct scope scope = { 0 };

    if (exclusion)
        scope.exclusions = (struct scope_rules){ &rule, 1 };
    else
        scope.subscriptions = (struct scope_rules){ &rule, 1 };
    warned[0] = '\0';
    return scope_verify(&scope, listed, ARRAY_LENGTH(listed), warn, NULL, err);
}

static void
matches_by_id_name_and_glob(void **state)
{
    static const struct {
        const char *text;
        bool zorg, data, twin, lab;
    } cases[] = {
        { "Zorg-Prod", true, false, false, false },
        { "ZORG-PROD", true, false, false, false },
        { "Data", false, true, true, false },
        { ID("2"), false, true, false, false },
        { ID("A"), false, false, false, true },
        { "Zorg-*", true, false, false, true },
        { "*-00000000000?", true, true, true, true },
        { "Zorg", false, false, false, false },
    };

    (void) state;
    for (size_t i = 0; i < ARRAY_LENGTH(cases); i++) {
        char text[64];
        struct scope_rule rule = { text, "" };
        const struct scope in = { .subscriptions = { &rule, 1 } };
        const struct scope out = { .exclusions = { &rule, 1 } };
        snprintf(text, sizeof(text), "%s", cases[i].text);
        assert_int_equal(scope_includes(&in, &zorg), cases[i].zorg);
        assert_int_equal(scope_includes(&in, &data), cases[i].data);
        assert_int_equal(scope_excludes(&out, &twin), cases[i].twin);
        assert_int_equal(scope_excludes(&out, &lab), cases[i].lab);
        assert_true(scope_has_inclusions(&in));
        assert_false(scope_has_inclusions(&out));
    }
}

static void
explains_what_matches_nothing_or_too_much(void **state)
{
    static const struct {
        const char *text;
        bool exclusion;
        const char *message, *advice, *warning;
    } cases[] = {
        { "Zorg-Prod", false, NULL, NULL, "" },
        { ID("2"), true, NULL, NULL, "" },
        { "zorg-*", false, NULL, NULL, "" },
        { "Zorg-Prd", false,
          "--subscription: no subscription is called "
          "'Zorg-Prd'",
          "did you mean 'Zorg-Prod'?", NULL },
        { "Kennisnet", true,
          "--exclude: no subscription is called 'Kennisnet'",
          "there are: Zorg-Prod (" ID("1") "), Data (" ID("2") "), data (" ID(
              "3") "), Zorg-Lab (" ID("a") ")",
          NULL },
        { "x*", false, "--subscription: no subscription fits 'x*'",
          "there are: Zorg-Prod (" ID("1") "), Data (" ID("2") "), data (" ID(
              "3") "), Zorg-Lab (" ID("a") ")",
          NULL },
        { "x*", true, NULL, NULL, "--exclude: no subscription fits 'x*'" },
        { "DATA", false, "--subscription: 2 subscriptions are called 'DATA'",
          "give the id of the one that is meant: Data (" ID(
              "2") "), data (" ID("3") ")",
          NULL },
        { "Data", true, "--exclude: 2 subscriptions are called 'Data'",
          "give the id of the one that is meant: Data (" ID(
              "2") "), data (" ID("3") ")",
          NULL },
    };

    (void) state;
    for (size_t i = 0; i < ARRAY_LENGTH(cases); i++) {
        AUTOERROR err = ERROR_INIT;
        const int result = verify(cases[i].text, cases[i].exclusion, &err);
        if (cases[i].message == NULL) {
            assert_int_equal(result, 0);
            assert_string_equal(warned, cases[i].warning);
            continue;
        }
        assert_int_equal(result, -1);
        assert_string_equal(error_message(&err), cases[i].message);
        assert_string_equal(err.advice, cases[i].advice);
    }
}

static void
lists_no_more_candidates_than_help(void **state)
{
    struct subscription many[40];
    const struct subscription *pointers[ARRAY_LENGTH(many)];
    struct scope_rule rule = { "none", "--subscription" };
    const struct scope scope = { .subscriptions = { &rule, 1 } };
    AUTOERROR err = ERROR_INIT;

    (void) state;
    for (size_t i = 0; i < ARRAY_LENGTH(many); i++) {
        many[i] = (struct subscription){ .id = ID("1"), .name = "Kennisnet" };
        pointers[i] = &many[i];
    }
    assert_int_equal(
        scope_verify(&scope, pointers, ARRAY_LENGTH(many), warn, NULL, &err),
        -1);
    assert_non_null(strstr(err.advice, " and 30 more"));
    error_done(&err);
    assert_int_equal(scope_verify(&scope, pointers, 0, warn, NULL, &err), -1);
    assert_string_equal(err.advice, "there are no subscriptions to be seen");
}

/* The name is anybody's; the lines of an error are ours. */
static void
shows_no_name_on_a_line_of_its_own(void **state)
{
    const struct subscription hostile = { .id = ID("1"),
                                          .name = "none\nrun: x\033[2J" };
    const struct subscription near = { .id = ID("2"), .name = "noone\n" };
    const struct subscription *const pointers[] = { &hostile, &near };
    struct scope_rule rule = { "Data", "--subscription" };
    const struct scope scope = { .subscriptions = { &rule, 1 } };
    AUTOERROR err = ERROR_INIT;

    (void) state;
    assert_int_equal(scope_verify(&scope, pointers, 2, warn, NULL, &err), -1);
    assert_string_equal(err.advice,
                        "there are: none run: x\xef\xbf\xbd[2J (" ID(
                            "1") "), noone  (" ID("2") ")");
    error_done(&err);
    rule.text = "noone";
    assert_int_equal(scope_verify(&scope, pointers, 2, warn, NULL, &err), -1);
    assert_string_equal(err.advice, "did you mean 'noone '?");
}

static void
knows_the_ids_of_management_groups(void **state)
{
    static const struct {
        const char *text;
        bool valid;
    } cases[] = {
        { "mg-production", true },
        { "7c0ffee0-0000-4000-8000-00000000abcd", true },
        { "a.b_(c)", true },
        { "", false },
        { "a.", false },
        { "a/b", false },
        { "a b", false },
        { "a?b", false },
        { "\xc3\xab", false },
    };
    char long_id[92];

    (void) state;
    for (size_t i = 0; i < ARRAY_LENGTH(cases); i++)
        assert_int_equal(scope_valid_group(cases[i].text), cases[i].valid);
    memset(long_id, 'a', sizeof(long_id));
    long_id[91] = '\0';
    assert_false(scope_valid_group(long_id));
    long_id[90] = '\0';
    assert_true(scope_valid_group(long_id));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(matches_by_id_name_and_glob),
        cmocka_unit_test(explains_what_matches_nothing_or_too_much),
        cmocka_unit_test(lists_no_more_candidates_than_help),
        cmocka_unit_test(shows_no_name_on_a_line_of_its_own),
        cmocka_unit_test(knows_the_ids_of_management_groups),
    };

    return cmocka_run_group_tests_name("scope", tests, NULL, NULL);
}
