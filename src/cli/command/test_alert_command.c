/* SPDX-License-Identifier: Apache-2.0 */
/* piket test-alert: raises sample alerts, and records that the mail came. */
#include "cli/command/test_alert_command.h"

#include <popt.h>
#include <stdint.h>
#include <string.h>
#include <unistd.h>

#include "azure/resource/alert_simulation.h"
#include "base/clock.h"
#include "base/text.h"
#include "cli/option/azure_options.h"
#include "cli/option/config_options.h"
#include "cli/config/config_print.h"
#include "cli/config/configuration.h"
#include "cli/flow/test_alert_flow.h"
#include "cli/terminal/exit_status.h"
#include "cli/terminal/language_option.h"
#include "cli/terminal/message.h"
#include "cli/flow/named_tenants.h"
#include "cli/option/option.h"
#include "cli/terminal/output.h"
#include "cli/option/store_options.h"
#include "control/value/email.h"
#include "store/store.h"
#include "store/test_alert_store.h"

enum {
    TEST_OPTION_ADDRESS = STORE_OPTION_LAST,
    TEST_OPTION_BUNDLE,
    TEST_OPTION_FORMAT,
    TEST_OPTION_NO_COLOR,
    TEST_OPTION_OUTPUT,
    TEST_OPTION_ROWS,
    TEST_OPTION_YES,
};

enum {
    TEST_BUNDLES_CEILING = 16,
    TEST_WORDS = 2,
    TEST_ROWS_ON_TERMINAL = 20,
    TEST_ROWS_CEILING = 1000000,
};

/* One that needs nothing but a subscription. */
static const char *const default_bundles[] = { "VirtualMachines" };

static struct {
    struct azure_options azure;
    struct config_options config;
    struct store_options store;
    const struct test_alert_format *format;
    const char *output;
    const char *address; /* --address, or NULL */
    const char *bundles[TEST_BUNDLES_CEILING];
    size_t bundle_count;
    const char *words[TEST_WORDS];
    size_t word_count;
    size_t rows; /* 0: all */
    bool yes, rows_given, no_colour;
} arg;

static const struct poptOption options[] = {
    { "bundle", '\0', POPT_ARG_STRING, NULL, TEST_OPTION_BUNDLE,
      N_("which sample alerts, such as KeyVaults (default VirtualMachines); "
         "repeatable"),
      N_("NAME") },
    { "address", '\0', POPT_ARG_STRING, NULL, TEST_OPTION_ADDRESS,
      N_("with confirm: where somebody has seen the mail"), N_("ADDRESS") },
    { "yes", '\0', POPT_ARG_NONE, NULL, TEST_OPTION_YES,
      N_("raise them without asking"), NULL },
    { "format", '\0', POPT_ARG_STRING, NULL, TEST_OPTION_FORMAT,
      N_("text (default) or json"), N_("FORMAT") },
    { "output", '\0', POPT_ARG_STRING, NULL, TEST_OPTION_OUTPUT,
      N_("write the report here, whole or not at all"), N_("FILE") },
    { "rows", '\0', POPT_ARG_STRING, NULL, TEST_OPTION_ROWS,
      N_("of each group (default 20 on a terminal, else all)"), N_("N|all") },
    { "no-color", '\0', POPT_ARG_NONE, NULL, TEST_OPTION_NO_COLOR,
      N_("plain text on a terminal, too"), NULL },
    OPTION_LANGUAGE_ROW,
    OPTION_HELP_ROW,
    { NULL, '\0', POPT_ARG_INCLUDE_TABLE,
      (void *) (uintptr_t) config_options_table, 0,
      N_("Configuration and scope:"), NULL },
    { NULL, '\0', POPT_ARG_INCLUDE_TABLE,
      (void *) (uintptr_t) store_options_table, 0, N_("Store:"), NULL },
    { NULL, '\0', POPT_ARG_INCLUDE_TABLE,
      (void *) (uintptr_t) azure_options_table, 0, N_("Azure:"), NULL },
    POPT_TABLEEND
};

static int
take_format(const char *name, struct error *err)
{
    arg.format = test_alert_format_by_name(name);
    if (arg.format != NULL)
        return 0;
    error_set(err, _("--format: there is no format '%s'"), name);
    return error_advise(err, "%s", _("there are text and json"));
}

static int
take_rows(const char *text, struct error *err)
{
    uint64_t rows = 0;

    if (strcmp(text, "all") != 0
        && option_number("--rows", text, 1, TEST_ROWS_CEILING, &rows, err) < 0)
        return error_advise(err, _("%s all shows them all"), "--rows");
    arg.rows = (size_t) rows;
    arg.rows_given = true;
    return 0;
}

static bool
bundle_given(const char *name)
{
    for (size_t i = 0; i < arg.bundle_count; i++)
        if (strcmp(arg.bundles[i], name) == 0)
            return true;
    return false;
}

static int
take_bundle(const char *name, struct error *err)
{
    for (size_t i = 0; i < alert_simulation_bundles_length; i++)
        if (strcmp(alert_simulation_bundles[i], name) == 0) {
            if (bundle_given(name))
                return error_set(err, _("--bundle: %s: given twice"), name);
            if (arg.bundle_count == TEST_BUNDLES_CEILING)
                return error_set(err, "%s", _("--bundle: given too often"));
            arg.bundles[arg.bundle_count++] = alert_simulation_bundles[i];
            return 0;
        }
    error_set(err, _("--bundle: there is no bundle '%s'"), name);
    return option_offer(err, name, alert_simulation_bundles,
                        alert_simulation_bundles_length);
}

static int
take_option(int val, char *argument, struct error *err)
{
    int taken = azure_options_take(&arg.azure, val, argument, err);

    if (taken > 0)
        taken = config_options_take(&arg.config, val, argument, err);
    if (taken > 0)
        taken = store_options_take(&arg.store, val, argument, err);
    if (taken <= 0)
        return taken;
    switch (val) {
    case TEST_OPTION_ADDRESS:
        arg.address = argument;
        return 0;
    case TEST_OPTION_BUNDLE:
        return take_bundle(argument, err);
    case TEST_OPTION_FORMAT:
        return take_format(argument, err);
    case TEST_OPTION_NO_COLOR:
        arg.no_colour = true;
        return 0;
    case TEST_OPTION_OUTPUT:
        arg.output = argument;
        return 0;
    case TEST_OPTION_ROWS:
        return take_rows(argument, err);
    case TEST_OPTION_YES:
        arg.yes = true;
        return 0;
    default:
        return error_set(err, "unhandled option %d", val);
    }
}

static int
take_word(const char *word, struct error *err)
{
    if (arg.word_count == 0 && strcmp(word, "confirm") != 0
        && strcmp(word, "show") != 0) {
        error_set(err, _("'%s': is neither confirm nor show"), word);
        return error_advise(err, "%s",
                            _("a subscription is chosen with "
                              "--subscription"));
    }
    if (arg.word_count == TEST_WORDS)
        return error_set(err, _("'%s': one test at a time"), word);
    arg.words[arg.word_count++] = word;
    return 0;
}

static bool
asked_for(const char *word)
{
    return arg.word_count > 0 && strcmp(arg.words[0], word) == 0;
}

/* What raises alerts has no meaning where a test is shown or confirmed. */
static int
refuse_raising(struct error *err)
{
    const char *given = arg.yes                ? "--yes"
                        : arg.bundle_count > 0 ? "--bundle"
                        : scope_has_inclusions(&arg.config.scope)
                                || arg.config.scope.exclusions.count > 0
                            ? "--subscription, --management-group, --exclude"
                            : NULL;

    if (given == NULL)
        return 0;
    error_set(err, _("%s: only for raising alerts, and %s raises none"), given,
              arg.words[0]);
    return error_advise(err, "%s",
                        _("piket test-alert without a word raises them"));
}

static int
check_address(struct error *err)
{
    bool valid = false;

    if (email_valid(arg.address, &valid) < 0)
        return error_set_memory(err);
    return valid
               ? 0
               : error_set(err, _("--address: '%s' is not an e-mail address"),
                           arg.address);
}

static int
check_paths(struct error *err)
{
    AUTOPATHS paths = { .count = 0 };

    path_list_add(&paths, PATH_PRINTED, "--output", arg.output);
    config_options_list_paths(&arg.config, &paths);
    store_options_list_paths(&arg.store, &paths);
    azure_options_list_paths(&arg.azure, &paths);
    return path_list_check(&paths, err);
}

/* Returns -1 with an error of usage. */
static int
conclude_options(struct error *err)
{
    if (arg.word_count > 0 && refuse_raising(err) < 0)
        return -1;
    if (asked_for("confirm") && arg.address == NULL)
        return error_set(err, "%s",
                         _("confirm: --address says where the mail was "
                           "seen"));
    if (!asked_for("confirm") && arg.address != NULL)
        return error_set(err, "%s", _("--address: belongs to confirm"));
    if (arg.address != NULL && check_address(err) < 0)
        return -1;
    if (arg.store.none)
        return error_set(err, "%s",
                         _("--no-store: a test that is not on record proves "
                           "nothing"));
    if (arg.word_count == 0 && !arg.yes && !isatty(STDIN_FILENO)
        && !arg.config.print)
        return error_set(err, "%s",
                         _("nobody is there to be asked: --yes raises the "
                           "alerts"));
    arg.config.writes = arg.word_count == 0 && !arg.config.print;
    arg.azure.writes = arg.config.writes;
    if (azure_options_check_single(&arg.azure, err) < 0)
        return -1;
    return check_paths(err);
}

static int
check_scope(const struct configuration *configuration, struct error *err)
{
    if (scope_has_inclusions(&configuration->scope))
        return 0;
    error_set(err, "%s",
              _("on which subscriptions? Each gets alerts that everybody "
                "sees"));
    return error_advise(err, "%s",
                        _("choose them: --subscription ID|NAME|GLOB"));
}

static struct test_alert_flow
run_of(struct configuration *configuration)
{
    return (struct test_alert_flow){
        .azure = &arg.azure,
        .configuration = configuration,
        .store = &arg.store,
        .bundles = arg.bundle_count > 0 ? arg.bundles : default_bundles,
        .bundle_count = arg.bundle_count > 0 ? arg.bundle_count : 1,
        .yes = arg.yes,
        .format = arg.format,
        .output = arg.output,
        .no_colour = arg.no_colour,
        .rows = arg.rows_given                   ? arg.rows
                : output_is_terminal(arg.output) ? TEST_ROWS_ON_TERMINAL
                                                 : 0,
    };
}

/* Each of these returns the exit status, or -1 with an error. */

static int
raise_configured(struct configuration *configuration, struct error *err)
{
    const struct test_alert_flow run = run_of(configuration);
    const struct naming naming = { .azure = &arg.azure,
                                   .configuration = configuration };

    if (arg.config.print)
        return output_write(arg.output, config_print, configuration, err);
    if (named_tenants_agree(&naming, err) < 0
        || check_scope(configuration, err) < 0)
        return -1;
    return test_alert_flow(&run, err);
}

static int
raise_alerts(struct error *err)
{
    struct configuration configuration;

    if (configuration_load(&configuration, &arg.config, NULL, err) < 0)
        return -1;
    const int status = raise_configured(&configuration, err);
    configuration_done(&configuration);
    return status;
}

/* The mailbox that was most likely meant, where a contact names one. */
static int
refuse_address(const struct test_alert *test, struct arena *arena,
               struct error *err)
{
    struct test_alert_address *addresses;
    size_t count;

    if (test_alert_addresses(test, arena, &addresses, &count, err) < 0)
        return -1;
    const char **names =
        arena_allocate_array(arena, count + 1, sizeof(*names));
    if (names == NULL)
        return error_set_memory(err);
    for (size_t i = 0; i < count; i++)
        names[i] = addresses[i].address;
    const char *nearest = text_nearest(arg.address, names, count);
    error_set(err, _("--address: no mail of test %s goes to %s"), test->id,
              arg.address);
    return nearest != NULL
               ? error_advise(err, _("did you mean '%s'?"), nearest)
               : error_advise(err,
                              _("piket test-alert show %s lists who is "
                                "mailed"),
                              test->id);
}

static int
confirm(struct store *store, const struct test_alert *test,
        struct arena *arena, struct error *err)
{
    if (!test_alert_may_reach(test, arg.address))
        return refuse_address(test, arena, err);
    return test_alert_store_confirm(store, test->id, arg.address, clock_now(),
                                    err);
}

static int
show_stored(struct store *store, struct arena *arena, struct error *err)
{
    const struct test_alert_flow run = run_of(NULL);
    const char *id = arg.words[1];
    struct test_alert test;

    if (test_alert_store_load(store, id, arena, &test, err) < 0)
        return -1;
    if (asked_for("confirm")
        && (confirm(store, &test, arena, err) < 0
            || test_alert_store_load(store, test.id, arena, &test, err) < 0))
        return -1;
    return test_alert_flow_show(&run, &test, err);
}

static int
open_and_show(struct error *err)
{
    const enum store_access access =
        asked_for("confirm") ? STORE_ALTER : STORE_READ;
    struct arena *arena = arena_new();
    struct store *store = NULL;
    int status = -1;

    if (arena == NULL)
        return error_set_memory(err);
    if (store_options_open(&arg.store, access, &store, err) == 0)
        status = show_stored(store, arena, err);
    store_close(store);
    arena_free(arena);
    return status;
}

static int
run_test_alert(int argc, const char **argv)
{
    static const struct option_words words = {
        N_("[OPTION...] [show [TEST] | confirm [TEST]]"),
        take_word,
    };
    AUTOERROR err = ERROR_INIT;

    azure_options_init(&arg.azure);
    store_options_init(&arg.store);
    arg.format = test_alert_format_by_name("text");
    switch (option_parse_words(argc, argv, options, take_option, &words)) {
    case OPTION_HELP:
        return output_flush();
    case OPTION_USAGE:
        return EXIT_STATUS_USAGE;
    case OPTION_PARSED:
        break;
    }
    if (conclude_options(&err) < 0) {
        message_error(&err);
        return EXIT_STATUS_USAGE;
    }
    azure_options_apply_logging(&arg.azure);
    const int status =
        arg.word_count > 0 ? open_and_show(&err) : raise_alerts(&err);
    if (status < 0)
        message_error(&err);
    config_options_done(&arg.config);
    return status < 0 ? EXIT_STATUS_IMPOSSIBLE : status;
}

const struct command test_alert_command = {
    .name = "test-alert",
    .summary = N_("raise sample alerts, and record that the mail came"),
    .run = run_test_alert,
};
