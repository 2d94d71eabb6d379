/* SPDX-License-Identifier: Apache-2.0 */
/* piket report: a stored run in any format. */
#include "cli/command/report_command.h"

#include <popt.h>
#include <stdint.h>

#include "base/cleanup.h"
#include "cli/terminal/exit_status.h"
#include "cli/terminal/language_option.h"
#include "cli/terminal/message.h"
#include "cli/option/option.h"
#include "cli/terminal/output.h"
#include "cli/option/report_options.h"
#include "cli/option/store_options.h"
#include "store/run_store.h"
#include "store/store.h"

static struct {
    struct report_options report;
    struct store_options store;
    const char *run; /* its id, or how it begins; NULL: the last */
} arg;

static const struct poptOption options[] = {
    OPTION_LANGUAGE_ROW,
    OPTION_HELP_ROW,
    { NULL, '\0', POPT_ARG_INCLUDE_TABLE,
      (void *) (uintptr_t) report_options_table, 0, N_("Report:"), NULL },
    { NULL, '\0', POPT_ARG_INCLUDE_TABLE,
      (void *) (uintptr_t) store_options_table, 0, N_("Store:"), NULL },
    POPT_TABLEEND
};

static int
take_option(int val, char *argument, struct error *err)
{
    int taken = report_options_take(&arg.report, val, argument, err);

    if (taken > 0)
        taken = store_options_take(&arg.store, val, argument, err);
    return taken > 0 ? error_set(err, "unhandled option %d", val) : taken;
}

static int
take_word(const char *word, struct error *err)
{
    if (arg.run != NULL)
        return error_set(err, _("'%s': one run at a time"), word);
    arg.run = word;
    return 0;
}

/* How check ended by its verdict. */
static int
verdict_status(const struct run *run)
{
    static const int statuses[] = {
        [RUN_COMPLIANT] = EXIT_STATUS_COMPLIANT,
        [RUN_NON_COMPLIANT] = EXIT_STATUS_NON_COMPLIANT,
        [RUN_UNKNOWN] = EXIT_STATUS_INCOMPLETE,
    };

    return statuses[run_summarize(run).status];
}

/* Returns how check ended, or -1 with an error. */
static int
report_stored(struct store *store, struct error *err)
{
    struct run *run = NULL, *previous = NULL;
    int status = -1;

    if (run_store_load(store, arg.run, &run, err) == 0
        && (!report_options_compare(&arg.report)
            || run_store_load_previous(store, run, &previous, err) == 0)) {
        status = verdict_status(run);
        if (report_options_write(&arg.report, run, previous, status, err) < 0)
            status = -1;
    }
    run_free(previous);
    run_free(run);
    return status;
}

/* Returns the exit status, or -1 with an error. A report of a run that did
 * not comply is a report all the same; only the format whose statuses are part
 * of it tells by them. */
static int
report_run(struct error *err)
{
    const int listed = report_options_list(&arg.report, err);
    struct store *store = NULL;

    if (listed <= 0)
        return listed;
    if (report_options_check(&arg.report, err) < 0
        || store_options_open(&arg.store, STORE_READ, &store, err) < 0)
        return -1;
    const int status = report_stored(store, err);
    store_close(store);
    if (status < 0)
        return -1;
    const int told = report_options_exit_status(&arg.report, status);
    return told != status ? told : EXIT_STATUS_COMPLIANT;
}

static int
check_paths(struct error *err)
{
    AUTOPATHS paths = { .count = 0 };

    report_options_list_paths(&arg.report, &paths);
    store_options_list_paths(&arg.store, &paths);
    return path_list_check(&paths, err);
}

static int
run_report(int argc, const char **argv)
{
    static const struct option_words words = { N_("[OPTION...] [RUN]"),
                                               take_word };
    AUTOERROR err = ERROR_INIT;

    report_options_init(&arg.report);
    store_options_init(&arg.store);
    switch (option_parse_words(argc, argv, options, take_option, &words)) {
    case OPTION_HELP:
        return output_flush();
    case OPTION_USAGE:
        return EXIT_STATUS_USAGE;
    case OPTION_PARSED:
        break;
    }
    if (store_options_require(&arg.store, &err) < 0
        || report_options_conclude(&arg.report, NULL, &err) < 0
        || check_paths(&err) < 0) {
        message_error(&err);
        return EXIT_STATUS_USAGE;
    }
    const int status = report_run(&err);
    if (status >= 0)
        return status;
    message_error(&err);
    return EXIT_STATUS_IMPOSSIBLE;
}

const struct command report_command = {
    .name = "report",
    .summary = N_("write a stored run in any format"),
    .run = run_report,
};
