/* SPDX-License-Identifier: Apache-2.0 */
/* piket init: writes a configuration from what the tenant has today. */
#include "cli/command/init_command.h"

#include <popt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/cleanup.h"
#include "base/clock.h"
#include "base/random.h"
#include "cli/option/azure_options.h"
#include "cli/option/config_options.h"
#include "cli/terminal/exit_status.h"
#include "cli/terminal/interrupt.h"
#include "cli/terminal/language_option.h"
#include "cli/terminal/message.h"
#include "cli/option/option.h"
#include "cli/terminal/output.h"
#include "cli/option/profile_option.h"
#include "cli/terminal/progress.h"
#include "control/config/config.h"
#include "control/config/config_draft.h"
#include "control/config/config_parse.h"
#include "control/config/config_profile.h"
#include "control/config/config_tree.h"
#include "engine/check/check.h"
#include "engine/inventory/group_survey.h"
#include "report/init/draft_text.h"
#include "report/init/draft_yaml.h"

/* A configuration is for all who work with it. */
enum { INIT_MODE = 0644 };

enum {
    INIT_OPTION_OUTPUT = CONFIG_OPTION_LAST,
    INIT_OPTION_PROFILE,
};

static struct {
    struct azure_options azure;
    struct config_options config;  /* the scope alone */
    const struct profile *profile; /* NULL: the default */
    const char *output;
} arg;

static const struct poptOption options[] = {
    { "output", '\0', POPT_ARG_STRING, NULL, INIT_OPTION_OUTPUT,
      N_("instead of piket.yaml; it must not exist yet (- is standard "
         "output)"),
      N_("FILE") },
    PROFILE_OPTION_ROW(INIT_OPTION_PROFILE),
    OPTION_LANGUAGE_ROW,
    OPTION_HELP_ROW,
    { NULL, '\0', POPT_ARG_INCLUDE_TABLE,
      (void *) (uintptr_t) config_options_scope_table, 0, N_("Scope:"), NULL },
    { NULL, '\0', POPT_ARG_INCLUDE_TABLE,
      (void *) (uintptr_t) azure_options_table, 0, N_("Azure:"), NULL },
    POPT_TABLEEND
};

static int
take_option(int val, char *argument, struct error *err)
{
    int taken = azure_options_take(&arg.azure, val, argument, err);

    if (taken > 0)
        taken = config_options_take(&arg.config, val, argument, err);
    if (taken <= 0)
        return taken;
    switch (val) {
    case INIT_OPTION_OUTPUT:
        arg.output = argument;
        return 0;
    case INIT_OPTION_PROFILE:
        return profile_option_take(argument, &arg.profile, err);
    default:
        return error_set(err, "unhandled option %d", val);
    }
}

/* Whatever the tenant's texts are, a file that piket check would refuse is
 * never left behind. */
static int
read_back(const struct buffer *file, struct arena *arena, struct error *err)
{
    struct config config = CONFIG_INIT;
    const struct profile *profile;

    if (config_parse(buffer_text(file), file->length, arg.output, arena,
                     &config, err)
            < 0
        || config_profile_make(&config, profile_by_name(config.profile), arena,
                               &profile, err)
               < 0)
        return error_wrap(err, "%s",
                          _("what would be written cannot be read"));
    return 0;
}

static int
write_file(struct buffer *target, const void *data, struct error *err)
{
    const struct buffer *file = data;

    (void) err;
    return buffer_append(target, buffer_text(file), file->length);
}

static int
write_summary(struct buffer *target, const void *data, struct error *err)
{
    return draft_text_write(data, target, err);
}

/* Whether piket check reads this very file by itself. */
static bool
is_found(const char *path)
{
    const char *variable = getenv("PIKET_CONFIG");

    return strcmp(path, CONFIG_FILE_NAME) == 0
           && (variable == NULL || *variable == '\0');
}

static int
advise_another_name(struct error *err)
{
    error_wrap(err, "%s", _("write the configuration"));
    return error_advise(
        err, "%s", _("piket init --output other.yaml writes it elsewhere"));
}

static int
write_draft(const struct config_draft *draft, struct arena *arena,
            struct error *err)
{
    AUTOBUFFER file = BUFFER_INIT(CONFIG_BYTES_CEILING);
    const struct draft_view view = {
        .draft = draft,
        .language = language_option_chosen(),
        .path = arg.output,
        .found = is_found(arg.output),
    };

    if (draft_yaml_write(draft, view.language, &file, err) < 0
        || read_back(&file, arena, err) < 0)
        return -1;
    if (output_create(arg.output, INIT_MODE, write_file, &file, err) < 0)
        return advise_another_name(err);
    /* A file on standard output is not to be mixed with anything. */
    if (output_is_stdout(arg.output))
        return 0;
    return output_write(NULL, write_summary, &view, err);
}

static void
interrupted(void *data)
{
    check_interrupt(data);
}

/* Reads everything; signals end it. Returns 0, the exit status of an
 * interruption, or -1 with an error. */
static int
survey(struct check *check, struct session *session, struct loop *loop,
       struct run *run, struct config_draft *ret_draft, struct error *err)
{
    struct config_draft_groups groups = { .count = 0 };
    struct interrupt *interrupt = NULL;

    if (interrupt_watch(&interrupt, loop, interrupted, check, err) < 0)
        return -1;
    progress_begin(arg.azure.quiet);
    progress_show(0, 0, NULL);
    check_set_progress(check, progress_show, NULL);
    int status = check_run(check, err);
    /* A run that does not even tell where it was ran out of memory. */
    if (status == 0 && run->tenant_count == 0)
        status = error_set_memory(err);
    if (status == 0 && interrupt_signal(interrupt) == 0)
        status = group_survey_read(session, loop, run, &groups, err);
    progress_end();
    if (interrupt_signal(interrupt) != 0)
        status = EXIT_STATUS_SIGNAL + interrupt_signal(interrupt);
    interrupt_end(interrupt);
    if (status == 0)
        status = config_draft_make(run, &arg.config.scope, ret_draft, err);
    if (status == 0)
        ret_draft->groups = groups;
    return status;
}

static int
exit_status_of(const struct config_draft *draft)
{
    return draft->complete && draft->unreadable == 0
                   && draft->subscriptions > 0
               ? EXIT_STATUS_COMPLIANT
               : EXIT_STATUS_INCOMPLETE;
}

/* Returns the exit status, or -1 with an error. */
static int
draft_tenant(struct loop *loop, struct run *run, struct error *err)
{
    struct session *session = NULL;
    struct check *check = NULL;
    struct config_draft draft;
    int status = -1;

    if (azure_options_check_single(&arg.azure, err) < 0)
        return -1;
    if (azure_options_judge(&arg.azure, err) < 0
        || session_open(&session, loop, &arg.azure.session, err) < 0)
        return -1;
    if (check_new(&check, &session, 1, loop, run,
                  arg.azure.session.concurrency, err)
        == 0) {
        check_set_scope(check, &arg.config.scope);
        status = survey(check, session, loop, run, &draft, err);
    }
    check_free(check);
    session_close(session);
    if (status > 0)
        message_error_text(_("interrupted: nothing is written"));
    if (status != 0)
        return status;
    if (write_draft(&draft, run->arena, err) < 0)
        return -1;
    return exit_status_of(&draft);
}

/* Returns the exit status, or -1 with an error. */
static int
init(struct error *err)
{
    struct loop *loop = NULL;
    struct run *run = NULL;
    int status = -1;

    if (output_create_check(arg.output, err) < 0)
        return advise_another_name(err);
    if (loop_new(&loop, err) == 0
        && run_new(&run, clock_now(), (uint16_t) random_below(65536),
                   arg.profile != NULL ? arg.profile : profile_default(), err)
               == 0)
        status = draft_tenant(loop, run, err);
    run_free(run);
    loop_free(loop);
    return status;
}

static int
check_paths(struct error *err)
{
    AUTOPATHS paths = { .count = 0 };

    path_list_add(&paths, PATH_PRINTED, "--output", arg.output);
    azure_options_list_paths(&arg.azure, &paths);
    return path_list_check(&paths, err);
}

static int
run_init(int argc, const char **argv)
{
    AUTOERROR err = ERROR_INIT;

    azure_options_init(&arg.azure);
    arg.output = CONFIG_FILE_NAME;
    switch (option_parse(argc, argv, options, take_option)) {
    case OPTION_HELP:
        return output_flush();
    case OPTION_USAGE:
        return EXIT_STATUS_USAGE;
    case OPTION_PARSED:
        break;
    }
    if (check_paths(&err) < 0) {
        message_error(&err);
        return EXIT_STATUS_USAGE;
    }
    azure_options_apply_logging(&arg.azure);
    const int status = init(&err);
    if (status < 0)
        message_error(&err);
    config_options_done(&arg.config);
    return status < 0 ? EXIT_STATUS_IMPOSSIBLE : status;
}

const struct command init_command = {
    .name = "init",
    .summary = N_("write a piket.yaml, filled from what the tenant has today"),
    .run = run_init,
};
