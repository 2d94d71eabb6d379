/* SPDX-License-Identifier: Apache-2.0 */
/* What remediate and revert share, up to the plan. */
#include "cli/flow/change_flow.h"

#include <string.h>

#include "base/buffer.h"
#include "base/clock.h"
#include "base/random.h"
#include "cli/terminal/exit_status.h"
#include "cli/terminal/language_option.h"
#include "cli/terminal/message.h"
#include "cli/flow/named_tenants.h"
#include "cli/terminal/output.h"
#include "cli/flow/journal_recovery.h"
#include "cli/terminal/trust.h"
#include "engine/plan/plan_subjects.h"
#include "engine/plan/planning.h"
#include "store/journal.h"
#include "store/store.h"

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
naming_of(const struct change_flow *run, const struct run *read)
{
    return (struct naming){ run->azure, run->configuration, read,
                            run->options->apply };
}

/* What an earlier run left unfinished is known before anything is planned on
 * top of it. The lock is free while a person reads the plan. */
static int
open_store(struct change_flow *run, const struct store_options *options,
           struct error *err)
{
    if (!run->options->apply)
        return 0;
    if (store_options_open(options, STORE_WRITE, &run->store, err) < 0
        || journal_recovery_begin(run->store, &run->check_flow, &run->settled,
                                  err)
               < 0)
        return -1;
    journal_unlock(run->store);
    return 0;
}

int
change_flow_open(struct change_flow *run, const struct store_options *store,
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
        || check_flow_open(&run->check_flow, run->azure, run->configuration,
                           NULL, err)
               < 0)
        return -1;
    return open_store(run, store, err);
}

int
change_flow_read(struct change_flow *run, struct error *err)
{
    run->check_flow.keep_images = true;
    const int result = check_flow_read(&run->check_flow, err);
    const int signal = check_flow_signal(&run->check_flow);

    if (signal == 0) {
        check_flow_release_signals(&run->check_flow);
        if (result == 0)
            check_flow_say_what_was_not_read(run->check_flow.run);
        return result;
    }
    message_error_text(_("interrupted: nothing has been changed"));
    return EXIT_STATUS_SIGNAL + signal;
}

int
change_flow_plan_options(struct change_flow *run,
                         struct plan_options *ret_options, struct error *err)
{
    const struct naming naming = naming_of(run, run->check_flow.run);
    struct plan_texts tenants;

    if (named_tenants_list(&naming, run->check_flow.run->arena, &tenants, err)
        < 0)
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
change_flow_take(struct change_flow *run, struct plan *plan)
{
    run->plan = plan;
    run->file.plan = plan;
    run->file.profile = run->configuration->profile;
    run->file.endpoint = session_endpoint(run->check_flow.sessions[0]);
}

/* What the file calls by its name must be that, and then it is also known who
 * is signed in: for the journal. */
static int
verify_subjects(const struct change_flow *run, struct error *err)
{
    const struct check_flow *check_flow = &run->check_flow;

    if (plan_subjects_verify(run->plan, run->options->plan,
                             check_flow->sessions, check_flow->session_count,
                             check_flow->loop, err)
        < 0)
        return error_wrap(err, "--plan");
    for (size_t i = 0; i < check_flow->session_count; i++)
        if (session_describe(check_flow->sessions[i],
                             session_tenant(check_flow->sessions[i]),
                             check_flow->run, err)
            < 0)
            return -1;
    return 0;
}

/* A plan is of one Azure, and of the tenants that are named today. */
static int
check_loaded(const struct change_flow *run, enum plan_kind kind,
             struct error *err)
{
    const char *endpoint = session_endpoint(run->check_flow.sessions[0]);
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
    if (named_tenants_list(&naming, run->check_flow.run->arena, &named, err)
        < 0)
        return -1;
    if (named_tenants_cover(&named, run->plan, err) < 0)
        return -1;
    return verify_subjects(run, err);
}

int
change_flow_load(struct change_flow *run, enum plan_kind kind,
                 struct error *err)
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
                                     run->check_flow.run->arena, err);
}

void
change_flow_close(struct change_flow *run)
{
    plan_free(run->plan);
    check_flow_close(&run->check_flow);
    store_close(run->store);
    *run = (struct change_flow) CHANGE_FLOW_INIT;
}
