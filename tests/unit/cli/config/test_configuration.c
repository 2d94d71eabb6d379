/* SPDX-License-Identifier: Apache-2.0 */
/* Where the configuration in effect comes from: default, profile, file,
 * environment, option. */
#include "cli/config/configuration.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/cleanup.h"
#include "base/file.h"
#include "cli/config/config_print.h"
#include "control/config/config_tree.h"
#include "unit/unit.h"

static char folder[] = "/tmp/piket-test-configuration.XXXXXX";

static struct config_options options;

static int
enter_folder(void **state)
{
    (void) state;
    return mkdtemp(folder) != NULL ? chdir(folder) : -1;
}

static int
leave_folder(void **state)
{
    (void) state;
    return chdir("/") == 0 ? rmdir(folder) : -1;
}

static void
put(const char *path, const char *text)
{
    assert_int_equal(file_replace(path, text, strlen(text), 0600, NULL), 0);
}

static int
begin(void **state)
{
    (void) state;
    (void) unsetenv("PIKET_CONFIG");
    put("piket.yaml", "version: 1\nprofile: strict\n"
                      "scope: { subscriptions: [a], exclude: [b] }\n");
    put("environment.yaml", "version: 1\nprofile: conformity\n");
    put("option.yaml", "version: 1\nprofile: cis-5.0\n"
                       "thresholds: { alerts_of: Low }\n");
    return 0;
}

static int
end(void **state)
{
    (void) state;
    config_options_done(&options);
    (void) unlink("piket.yaml");
    (void) unlink("environment.yaml");
    (void) unlink("option.yaml");
    return 0;
}

static void
load(struct configuration *configuration, const char *profile)
{
    AUTOERROR err = ERROR_INIT;

    if (configuration_load(configuration, &options,
                           profile != NULL ? profile_by_name(profile) : NULL,
                           &err)
        < 0)
        fail_msg("%s", error_message(&err));
}

static void
expect_profile(const char *option, const char *name, const char *origin,
               const char *path, const char *path_origin)
{
    struct configuration configuration;

    load(&configuration, option);
    assert_string_equal(configuration.profile->name, name);
    assert_string_equal(configuration.profile_origin, origin);
    if (path == NULL) {
        assert_null(configuration.path);
    } else {
        assert_string_equal(configuration.path, path);
        assert_string_equal(configuration.path_origin, path_origin);
    }
    configuration_done(&configuration);
}

static void
each_origin_overrules_those_before(void **state)
{
    (void) state;
    expect_profile(NULL, "strict", "file", "piket.yaml", "default");
    (void) setenv("PIKET_CONFIG", "", 1);
    expect_profile(NULL, "strict", "file", "piket.yaml", "default");
    (void) setenv("PIKET_CONFIG", "environment.yaml", 1);
    expect_profile(NULL, "conformity", "file", "environment.yaml",
                   "environment");
    options.path = "option.yaml";
    expect_profile(NULL, "cis-5.0", "file", "option.yaml", "option");
    expect_profile("cis-2.0", "cis-2.0", "option", "option.yaml", "option");
}

static void
without_a_file_the_defaults_hold(void **state)
{
    (void) state;
    assert_int_equal(unlink("piket.yaml"), 0);
    expect_profile(NULL, "baseline-nl", "default", NULL, NULL);
    expect_profile("strict", "strict", "option", NULL, NULL);
}

static void
take(int val, const char *text)
{
    assert_int_equal(config_options_take(&options, val, text, NULL), 0);
}

static void
expect_rule(const struct scope_rules *rules, size_t index, const char *text,
            const char *origin)
{
    assert_true(index < rules->count);
    assert_string_equal(rules->items[index].text, text);
    assert_string_equal(rules->items[index].origin, origin);
}

static void
inclusions_replace_and_exclusions_add_up(void **state)
{
    struct configuration configuration;

    (void) state;
    load(&configuration, NULL);
    expect_rule(&configuration.scope.subscriptions, 0, "a",
                "piket.yaml: scope.subscriptions");
    assert_string_equal(configuration.inclusions_origin, "file");
    assert_string_equal(configuration.exclusions_origin, "file");
    configuration_done(&configuration);

    take(CONFIG_OPTION_EXCLUDE, "c");
    load(&configuration, NULL);
    assert_int_equal(configuration.scope.exclusions.count, 2);
    expect_rule(&configuration.scope.exclusions, 0, "b",
                "piket.yaml: scope.exclude");
    expect_rule(&configuration.scope.exclusions, 1, "c", "--exclude");
    assert_string_equal(configuration.inclusions_origin, "file");
    assert_string_equal(configuration.exclusions_origin, "file and option");
    configuration_done(&configuration);

    take(CONFIG_OPTION_MANAGEMENT_GROUP, "mg");
    options.path = "option.yaml";
    load(&configuration, NULL);
    assert_int_equal(configuration.scope.subscriptions.count, 0);
    expect_rule(&configuration.scope.groups, 0, "mg", "--management-group");
    assert_string_equal(configuration.inclusions_origin, "option");
    assert_string_equal(configuration.exclusions_origin, "option");
    configuration_done(&configuration);
}

/* Each error of the way in, word for word. */
static void
expect_failure(const char *path, const char *message)
{
    struct configuration configuration;
    AUTOERROR err = ERROR_INIT;

    options.path = path;
    assert_int_equal(configuration_load(&configuration, &options, NULL, &err),
                     -1);
    assert_string_equal(error_message(&err), message);
}

static void
says_what_cannot_be_read(void **state)
{
    const size_t large = CONFIG_BYTES_CEILING + 1;
    AUTOFREE char *text = calloc(large + 1, 1);

    (void) state;
    assert_non_null(text);
    expect_failure("missing.yaml", "read the configuration: missing.yaml: No "
                                   "such file or directory");
    expect_failure(".", "read the configuration: .: is not a regular file");
    memset(text, '#', large);
    put("option.yaml", text);
    expect_failure("option.yaml", "read the configuration: option.yaml: is "
                                  "larger than 1048576 bytes");
    put("option.yaml", "version: 2\n");
    expect_failure("option.yaml", "option.yaml:1: version: must be 1, not 2");
    put("option.yaml", "version: 1\ncontact: { emails: [] }\n");
    expect_failure("option.yaml",
                   "option.yaml:2: contact: does not meet email-configured");
}

static void
expect_refusal(int val, const char *text, const char *message)
{
    AUTOERROR err = ERROR_INIT;

    assert_int_equal(config_options_take(&options, val, text, &err), -1);
    assert_string_equal(error_message(&err), message);
}

static void
says_which_option_is_wrong(void **state)
{
    (void) state;
    expect_refusal(CONFIG_OPTION_EXCLUDE, " ", "--exclude: must not be empty");
    expect_refusal(CONFIG_OPTION_SUBSCRIPTION, "",
                   "--subscription: must not be empty");
    expect_refusal(CONFIG_OPTION_MANAGEMENT_GROUP, "",
                   "--management-group: '' is not the id of a management "
                   "group");
    expect_refusal(CONFIG_OPTION_MANAGEMENT_GROUP, "a/b",
                   "--management-group: 'a/b' is not the id of a management "
                   "group");
    assert_int_equal(
        config_options_take(&options, CONFIG_OPTION_LAST, "", NULL), 1);
}

static void
prints_each_origin(void **state)
{
    struct configuration configuration;
    AUTOBUFFER printed = BUFFER_INIT(64 * 1024);

    (void) state;
    (void) setenv("PIKET_CONFIG", "option.yaml", 1);
    take(CONFIG_OPTION_EXCLUDE, "c");
    load(&configuration, "cis-2.0");
    assert_int_equal(config_print(&printed, &configuration, NULL), 0);
    assert_string_equal(
        buffer_text(&printed),
        "# configuration file: option.yaml               # environment\n"
        "version: 1                                      # file\n"
        "# tenant: not set\n"
        "profile: \"cis-2.0\"                              # option\n"
        "# contact.emails: not set\n"
        "# contact.phone: not set\n"
        "# contact.minimal_severity: not set\n"
        "# contact.minimal_risk_level: not set\n"
        "# contact.roles: not set\n"
        "# requirements.add: not set\n"
        "# requirements.drop: not set\n"
        "# requirements in effect:\n"
        "#   contact-enabled\n"
        "#   email-configured\n"
        "#   email-valid\n"
        "#   alerts-notified\n"
        "#   owner-notified\n"
        "thresholds:\n"
        "  alerts_of: Low                                # file\n"
        "  attack_paths_of: Critical                     # profile\n"
        "  min_emails: 2                                 # profile\n"
        "# thresholds.allowed_domains: not set\n"
        "# scope.subscriptions: not set\n"
        "# scope.management_groups: not set\n"
        "scope:\n"
        "  exclude: [\"c\"]                                # option\n"
        "# mutes: not set\n");
    configuration_done(&configuration);
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, begin, end)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(each_origin_overrules_those_before),
        TEST(without_a_file_the_defaults_hold),
        TEST(inclusions_replace_and_exclusions_add_up),
        TEST(says_what_cannot_be_read),
        TEST(says_which_option_is_wrong),
        TEST(prints_each_origin),
    };

    return cmocka_run_group_tests_name("configuration", tests, enter_folder,
                                       leave_folder);
}
