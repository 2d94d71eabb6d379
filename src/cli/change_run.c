/* SPDX-License-Identifier: Apache-2.0 */
/* What remediate and revert share, up to the plan. */
#include "cli/change_run.h"

#include <string.h>

#include "base/buffer.h"
#include "base/clock.h"
#include "base/random.h"
#include "cli/exit_status.h"
#include "cli/language_option.h"
#include "cli/message.h"
#include "cli/named_tenants.h"
#include "cli/output.h"
#include "cli/settling.h"
#include "cli/trust.h"
#include "engine/plan_subjects.h"
#include "engine/planning.h"
#include "store/journal.h"

static int
check_files(const struct change_options *options, struct error *err)
{
    if (output_check(options->output, err) < 0)
        return error_wrap(err, "--output");
    if (options->save_plan != NULL
        && output_create_check(options->save_plan, err) < 0)
        return error_wrap(err, "--save-plan");
    if (options->apply && options->backup != NULL
        && output_create_check(options->backup, err) < 0)
        return error_wrap(err, "--backup");
    return 0;
}

/* read: the run that has been read, or NULL. */
static struct naming
naming_of(const struct change_run *run, const struct run *read)
{
    return (struct naming){ run->azure, run->configuration, read,
                            run->options->apply };
}

/* What an earlier run left unfinished is known before anything is planned on
 * top of it. The lock is free while a person reads the plan. */
static int
open_store(struct change_run *run, const struct store_options *options,
           struct error *err)
{
    if (!run->options->apply)
        return 0;
    if (store_options_open(options, STORE_WRITE, &run->store, err) < 0
        || settling_begin(run->store, &run->estate, &run->settled, err) < 0)
        return -1;
    journal_unlock(run->store);
    return 0;
}

int
change_run_open(struct change_run *run, const struct store_options *store,
                struct error *err)
{
    const struct naming naming = naming_of(run, NULL);

    if (named_tenants_agree(&naming, err) < 0)
        return -1;
    if (naming.writing && named_tenants_demand(&naming, err) < 0) {
        message_error(err);
        return EXIT_STATUS_USAGE;
    }
    if (check_files(run->options, err) < 0
        || estate_open(&run->estate, run->azure, run->configuration, NULL, err)
               < 0)
        return -1;
    return open_store(run, store, err);
}

int
change_run_read(struct change_run *run, struct error *err)
{
    run->estate.keep_images = true;
    const int result = estate_read(&run->estate, err);
    const int signal = estate_signal(&run->estate);

    if (signal == 0) {
        estate_release_signals(&run->estate);
        if (result == 0)
            estate_say_what_was_not_read(run->estate.run);
        return result;
    }
    message_error_text(_("interrupted: nothing has been changed"));
    return EXIT_STATUS_SIGNAL + signal;
}

int
change_run_plan_options(struct change_run *run,
                        struct plan_options *ret_options, struct error *err)
{
    const struct naming naming = naming_of(run, run->estate.run);
    struct plan_texts tenants;

    if (named_tenants_list(&naming, run->estate.run->arena, &tenants, err) < 0)
        return -1;
    run->file.tenants = tenants;
    *ret_options = (struct plan_options){
        .tenants = tenants.items,
        .tenant_count = tenants.count,
        .now = clock_now(),
        .unique = (uint16_t) random_below(65536),
    };
    return 0;
}

void
change_run_take(struct change_run *run, struct plan *plan)
{
    run->plan = plan;
    run->file.plan = plan;
    run->file.profile = run->configuration->profile;
    run->file.endpoint = session_endpoint(run->estate.sessions[0]);
}

/* What the file calls by its name must be that, and then it is also known who
 * is signed in: for the journal. */
static int
verify_subjects(const struct change_run *run, struct error *err)
{
    const struct estate *estate = &run->estate;

    if (plan_subjects_verify(run->plan, run->options->plan, estate->sessions,
                             estate->session_count, estate->loop, err)
        < 0)
        return error_wrap(err, "--plan");
    for (size_t i = 0; i < estate->session_count; i++)
        if (session_describe(estate->sessions[i],
                             session_tenant(estate->sessions[i]), estate->run,
                             err)
            < 0)
            return -1;
    return 0;
}

/* A plan is of one Azure, and of the tenants that are named today. */
static int
check_loaded(const struct change_run *run, enum plan_kind kind,
             struct error *err)
{
    const char *endpoint = session_endpoint(run->estate.sessions[0]);
    const struct naming naming = naming_of(run, NULL);
    struct plan_texts named;

    if (run->plan->kind != kind) {
        const bool reversal = run->plan->kind == PLAN_REVERSAL;
        error_set(err,
                  reversal ? _("%s: is the plan of a reversal")
                           : _("%s: is the plan of a remediation"),
                  run->options->plan);
        return error_advise(err, _("%s takes it"),
                            reversal ? "piket revert --plan"
                                     : "piket remediate --plan");
    }
    if (!run->options->apply)
        return 0;
    if (strcmp(run->file.endpoint, endpoint) != 0)
        return error_set(err, _("%s: was made for %s, and this is %s"),
                         run->options->plan, run->file.endpoint, endpoint);
    if (named_tenants_list(&naming, run->estate.run->arena, &named, err) < 0)
        return -1;
    if (named_tenants_cover(&named, run->plan, err) < 0)
        return -1;
    return verify_subjects(run, err);
}

int
change_run_load(struct change_run *run, enum plan_kind kind, struct error *err)
{
    AUTOBUFFER bytes = BUFFER_INIT(PLAN_FILE_CEILING);
    const char *path = run->options->plan;

    if (trust_read(path, run->options->apply, &bytes, err) < 0
        || plan_file_read(buffer_text(&bytes), bytes.length, path, &run->plan,
                          &run->file, err)
               < 0
        || planning_verify(run->plan, path, err) < 0)
        return error_wrap(err, "--plan");
    if (check_loaded(run, kind, err) < 0)
        return -1;
    return configuration_index_mutes(run->configuration, clock_now(),
                                     run->estate.run->arena, err);
}

void
change_run_close(struct change_run *run)
{
    plan_free(run->plan);
    estate_close(&run->estate);
    store_close(run->store);
    *run = (struct change_run) CHANGE_RUN_INIT;
}
