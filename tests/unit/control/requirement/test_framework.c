/* SPDX-License-Identifier: Apache-2.0 */
#include "control/requirement/framework.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "base/cleanup.h"
#include "control/requirement/profile.h"
#include "control/requirement/requirement_table.h"
#include "unit/unit.h"

/* The numbers of the benchmark's versions, written down a second time:
 * e-mail, severity, owners, phone, attack paths. */
static const struct {
    const char *framework, *email, *alerts, *owners, *phone, *attack_paths;
} benchmarks[] = {
    { "cis-1.1", "2.16", "2.18", "2.19", "2.17", NULL },
    { "cis-1.2", "2.11", "2.12", "2.13", NULL, NULL },
    { "cis-1.3", "2.13", "2.14", "2.15", NULL, NULL },
    { "cis-1.4", "2.13", "2.14", "2.15", NULL, NULL },
    { "cis-1.5", "2.3.2", "2.3.3", "2.3.1", NULL, NULL },
    { "cis-2.0", "2.1.19", "2.1.20", "2.1.18", NULL, NULL },
    { "cis-2.1", "2.1.18", "2.1.19", "2.1.17", NULL, NULL },
    { "cis-3.0", "3.1.13", "3.1.14", "3.1.12", NULL, NULL },
    { "cis-4.0", "9.1.13", "9.1.14", "9.1.12", NULL, "9.1.15" },
    { "cis-5.0", "8.1.13", "8.1.14", "8.1.12", NULL, "8.1.15" },
    { "cis-6.0", "8.1.13", "8.1.14", "8.1.12", NULL, "8.1.15" },
};

/* The number of the framework's only control with this requirement; NULL
 * where there is none. */
static const char *
number_of(const char *framework_id, const char *requirement_id)
{
    const struct framework *framework = framework_by_id(framework_id);
    const struct requirement *requirement = requirement_by_id(requirement_id);
    const char *number = NULL;

    assert_non_null(framework);
    assert_non_null(requirement);
    for (size_t i = framework_control_next(framework, 0);
         i < framework_control_table_length;
         i = framework_control_next(framework, i + 1)) {
        if (!framework_control_names(&framework_control_table[i], requirement))
            continue;
        assert_null(number);
        number = framework_control_table[i].number;
    }
    return number;
}

static void
assert_same(const char *actual, const char *expected)
{
    if (expected == NULL)
        assert_null(actual);
    else
        assert_string_equal(actual, expected);
}

static void
has_the_numbers_of_the_benchmarks(void **state)
{
    (void) state;
    for (size_t i = 0; i < ARRAY_LENGTH(benchmarks); i++) {
        const char *id = benchmarks[i].framework;
        assert_same(number_of(id, "email-configured"), benchmarks[i].email);
        assert_same(number_of(id, "alerts-notified"), benchmarks[i].alerts);
        assert_same(number_of(id, "owner-notified"), benchmarks[i].owners);
        assert_same(number_of(id, "phone-configured"), benchmarks[i].phone);
        assert_same(number_of(id, "attack-paths-notified"),
                    benchmarks[i].attack_paths);
    }
}

static void
gives_every_framework_a_row_and_keeps_them_together(void **state)
{
    size_t next = 0;

    (void) state;
    for (size_t i = 0; i < framework_table_length; i++) {
        const struct framework *framework = &framework_table[i];
        assert_true(next < framework_control_table_length);
        assert_int_equal(framework_control_next(framework, 0), next);
        while (
            next < framework_control_table_length
            && strcmp(framework_control_table[next].framework, framework->id)
                   == 0)
            next++;
        assert_int_equal(framework_control_next(framework, next),
                         framework_control_table_length);
    }
    assert_int_equal(next, framework_control_table_length);
}

static void
names_requirements_that_exist_in_their_order(void **state)
{
    (void) state;
    for (size_t i = 0; i < framework_control_table_length; i++) {
        const struct framework_control *row = &framework_control_table[i];
        const struct requirement *before = NULL;
        size_t count = 0;
        for (; row->requirements[count] != NULL; count++) {
            assert_true(count < FRAMEWORK_REQUIREMENTS_CEILING - 1);
            const struct requirement *requirement =
                requirement_by_id(row->requirements[count]);
            assert_non_null(requirement);
            assert_true(before == NULL || requirement > before);
            assert_true(framework_control_names(row, requirement));
            before = requirement;
        }
        assert_true(count > 0);
        assert_true(*row->title != '\0' && *row->source != '\0');
    }
}

static void
has_no_row_and_no_framework_twice(void **state)
{
    (void) state;
    for (size_t i = 0; i < framework_control_table_length; i++)
        for (size_t j = 0; j < i; j++) {
            const struct framework_control *left = &framework_control_table[i];
            const struct framework_control *right =
                &framework_control_table[j];
            assert_false(strcmp(left->framework, right->framework) == 0
                         && strcmp(left->number, right->number) == 0);
        }
    for (size_t i = 0; i < framework_table_length; i++)
        assert_ptr_equal(framework_by_id(framework_table[i].id),
                         &framework_table[i]);
}

/* The benchmarks for Azure, which name the setting itself. */
static bool
asks_by_name(const char *framework)
{
    for (size_t i = 0; i < ARRAY_LENGTH(benchmarks); i++)
        if (strcmp(benchmarks[i].framework, framework) == 0)
            return true;
    return false;
}

/* Who maps anything; one that is mapped for another framework says so. */
static bool
known_source(const char *name)
{
    static const char *const sources[] = {
        "azure-policy",
        "azure-policy for ISO/IEC 27002",
        "Baseline Veilige Cloud",
        "Kertos",
        "Mondoo",
        "Prowler",
        "Prowler for ISO/IEC 27001",
        "ScoutSuite",
        "Steampipe",
    };

    for (size_t i = 0; i < ARRAY_LENGTH(sources); i++)
        if (strcmp(sources[i], name) == 0)
            return true;
    return false;
}

/* By name, and each once: in the order of the alphabet. */
static void
names_sources_that_are_known(void **state)
{
    (void) state;
    for (size_t i = 0; i < framework_control_table_length; i++) {
        const struct framework_control *row = &framework_control_table[i];
        AUTOFREE char *sources = strdup(row->source);
        const char *before = "";
        char *rest = sources;
        assert_non_null(sources);
        while (rest != NULL) {
            char *separator = strstr(rest, ", ");
            const char *name = rest;
            rest = separator != NULL ? separator + 2 : NULL;
            if (separator != NULL)
                *separator = '\0';
            if (!known_source(name) || strcasecmp(before, name) >= 0)
                fail_msg("%s %s: \"%s\"", row->framework, row->number,
                         row->source);
            before = name;
        }
    }
}

/* azure-policy has no policy on owners in any set for the benchmark after
 * 1.1.0, and none on the phone number at all. */
static void
credits_azure_policy_with_what_it_has(void **state)
{
    const struct requirement *owners = requirement_by_id("owner-notified");
    const struct requirement *phone = requirement_by_id("phone-configured");

    (void) state;
    for (size_t i = 0; i < framework_control_table_length; i++) {
        const struct framework_control *row = &framework_control_table[i];
        const bool microsofts = strstr(row->source, "azure-policy") != NULL;
        if (framework_control_names(row, phone))
            assert_false(microsofts);
        if (asks_by_name(row->framework)
            && framework_control_names(row, owners))
            assert_int_equal(microsofts,
                             strcmp(row->framework, "cis-1.1") == 0);
    }
}

/* A phone number and article 5.25 stand where a source names them, and
 * nowhere else. */
static void
claims_nothing_that_nobody_maps(void **state)
{
    (void) state;
    assert_null(number_of("mcsb", "phone-configured"));
    assert_string_equal(number_of("bio-1.04", "phone-configured"), "16.1");
    for (size_t i = 0; i < framework_control_table_length; i++) {
        const struct framework_control *row = &framework_control_table[i];
        assert_null(strstr(row->number, "5.25"));
        assert_string_equal(framework_strength_name(row->strength),
                            asks_by_name(row->framework) ? "direct"
                                                         : "related");
    }
}

static void
finds_by_id_in_any_case(void **state)
{
    (void) state;
    assert_string_equal(framework_by_id("CIS-3.0")->version, "3.0.0");
    assert_string_equal(framework_by_id("Bio2")->id, "bio2");
    assert_null(framework_by_id("cis"));
    assert_null(framework_by_id(""));
    assert_string_equal(framework_nearest("cis-3,0"), "cis-3.0");
    assert_string_equal(framework_nearest("nis"), "nis2");
    assert_null(framework_nearest("perfectly-unlike-anything"));
}

/* A profile named after a benchmark demands what its controls name. */
static void
agrees_with_the_profiles_of_the_same_name(void **state)
{
    (void) state;
    for (size_t i = 0; i < profile_table_length; i++) {
        const struct profile *profile = &profile_table[i];
        if (framework_by_id(profile->name) == NULL)
            continue;
        for (size_t j = 0; profile->requirements[j] != NULL; j++) {
            const char *requirement = profile->requirements[j];
            if (strcmp(requirement, "contact-enabled") != 0)
                assert_non_null(number_of(profile->name, requirement));
        }
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(has_the_numbers_of_the_benchmarks),
        cmocka_unit_test(gives_every_framework_a_row_and_keeps_them_together),
        cmocka_unit_test(names_requirements_that_exist_in_their_order),
        cmocka_unit_test(has_no_row_and_no_framework_twice),
        cmocka_unit_test(names_sources_that_are_known),
        cmocka_unit_test(credits_azure_policy_with_what_it_has),
        cmocka_unit_test(claims_nothing_that_nobody_maps),
        cmocka_unit_test(finds_by_id_in_any_case),
        cmocka_unit_test(agrees_with_the_profiles_of_the_same_name),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
