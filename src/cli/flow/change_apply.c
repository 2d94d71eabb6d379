/* SPDX-License-Identifier: Apache-2.0 */
/* From a plan to its report. */
#include "base/cleanup.h"
#include "base/clock.h"
#include "base/random.h"
#include "cli/flow/backup.h"
#include "cli/flow/change_report.h"
#include "cli/flow/change_flow.h"
#include "cli/terminal/confirmation.h"
#include "cli/terminal/exit_status.h"
#include "cli/terminal/interrupt.h"
#include "cli/terminal/language_option.h"
#include "cli/terminal/message.h"
#include "cli/terminal/output.h"
#include "cli/terminal/progress.h"
#include "cli/flow/journal_recovery.h"
#include "engine/apply/apply.h"
#include "store/journal.h"

/* A plan holds addresses, and what Azure answered. */
enum { CHANGE_PLAN_MODE = 0600 };

static int
write_file(struct buffer *target, const void *data, struct error *err)
{
    return plan_file_write(data, target, err);
}

static int
keep_plan(const struct change_flow *run, struct error *err)
{
    if (run->options->save_plan == NULL)
        return 0;
    if (output_create(run->options->save_plan, CHANGE_PLAN_MODE, write_file,
                      &run->file, err)
        < 0)
        return error_wrap(err, "--save-plan");
    return 0;
}

/* What apply calls back with. */
struct applying {
    struct apply *apply;
    struct backup *backup; /* or NULL */
};

static void
show_progress(size_t ended, size_t planned, void *data)
{
    progress_show_changes(ended, planned, data);
}

static int
add_to_backup(const struct change *change, void *data, struct error *err)
{
    const struct applying *applying = data;

    return applying->backup != NULL ? backup_add(applying->backup, change, err)
                                    : 0;
}

static void
interrupted(void *data)
{
    const struct applying *applying = data;

    apply_interrupt(applying->apply);
}

/* A plan from a file may be applied in parts, or again for what failed: each
 * time is an operation of its own. NULL where memory ran out. */
static const char *
operation_id(const struct change_flow *run)
{
    return run->options->plan == NULL
               ? run->plan->id
               : plan_make_id(run->plan->arena, clock_now(),
                              (uint16_t) random_below(65536));
}

static struct operation
operation_of(const struct change_flow *run, const char *digest)
{
    const struct plan *plan = run->plan;
    const struct run *read = run->check_flow.run;

    return (struct operation){
        .id = operation_id(run),
        .kind = plan->kind,
        .started_at = clock_now(),
        .cloud = plan->cloud,
        .endpoint = session_endpoint(run->check_flow.sessions[0]),
        .profile = plan->profile,
        .config = plan->config,
        .identity = read->tenant_count > 0 ? read->tenants[0].identity : NULL,
        .reason = run->options->reason,
        .reverts = plan->reverts,
        .plan = digest,
    };
}

/* What was sent, and the store does not tell: this is the only record of
 * it. */
static void
say_unrecorded(const struct operation_report *report)
{
    const struct plan *plan = report->plan;

    for (size_t i = 0; i < plan->change_count; i++) {
        const struct plan_change *change = &plan->changes[i];
        const struct contact_snapshot *before = change->image;
        if (!report->results[i].unrecorded)
            continue;
        message_error_text(
            _("sent, and not on record for good: subscription %s (%s), %s, "
              "%s"),
            change->subscription.name, change->subscription.id,
            plan_action_name(change->action),
            change_outcome_name(report->results[i].outcome));
        message_error_text(_("    what was sent: %s"),
                           change->body != NULL ? change->body : "DELETE");
        if (before != NULL)
            message_error_text(_("    what was there before: %.*s"),
                               (int) before->length, before->bytes);
    }
}

/* Returns the exit status with which the report is written: a backup that
 * cannot be relied on is a failure, and takes nothing from the report. */
static int
close_backup(struct backup *backup, int status)
{
    AUTOERROR err = ERROR_INIT;

    if (backup == NULL || status < 0 || backup_end(backup, &err) == 0)
        return status;
    message_error(&err);
    return status == EXIT_STATUS_COMPLIANT ? EXIT_STATUS_INCOMPLETE : status;
}

/* Applies with signals and progress attached, and reports. Signals stay ours
 * until the report is written. */
static int
apply_watched(struct change_flow *run, struct applying *applying,
              struct error *err)
{
    struct interrupt *interrupt = NULL;

    if (interrupt_watch(&interrupt, run->check_flow.loop, interrupted,
                        applying, err)
        < 0)
        return -1;
    progress_begin(run->azure->quiet);
    int status = apply_run(applying->apply, err);
    interrupt_conclude(interrupt);
    progress_end();
    /* Nobody waits for whoever reads the report. */
    journal_unlock(run->store);
    if (status == 0) {
        struct operation_report report = *apply_report(applying->apply);
        report.settled += run->settled;
        say_unrecorded(&report);
        status = change_report_operation(run, &report,
                                         interrupt_signal(interrupt), err);
        status = close_backup(applying->backup, status);
    }
    interrupt_end(interrupt);
    return status;
}

static int
apply_locked(struct change_flow *run, struct error *err)
{
    const struct change_options *options = run->options;
    struct applying applying = { .apply = NULL };
    char digest[PLAN_FILE_DIGEST_SIZE];
    int status = -1;

    if (plan_file_digest(&run->file, digest, err) < 0)
        return -1;
    const struct apply_options apply_options = {
        .loop = run->check_flow.loop,
        .sessions = run->check_flow.sessions,
        .session_count = run->check_flow.session_count,
        .store = run->store,
        .plan = run->plan,
        .profile = run->file.profile,
        .mutes = run->configuration->mutes,
        .operation = operation_of(run, digest),
        .limit = options->limit,
        .stop_after = options->stop_after,
        .verify_timeout = options->verify_timeout,
        .concurrency = run->azure->session.concurrency,
        .progress = show_progress,
        .backup = add_to_backup,
        .data = &applying,
    };
    if (apply_options.operation.id == NULL)
        return error_set_memory(err);
    if ((options->backup == NULL
         || backup_open(&applying.backup, options->backup,
                        &apply_options.operation, err)
                == 0)
        && apply_new(&applying.apply, &apply_options, err) == 0)
        status = apply_watched(run, &applying, err);
    apply_free(applying.apply);
    backup_close(applying.backup);
    return status;
}

/* Somebody will read it, and most of those who revert do not mean this. */
static void
warn_of_absence(const struct change_flow *run)
{
    const struct plan *plan = run->plan;
    size_t count = 0;

    for (size_t i = 0; i < plan->change_count; i++)
        if ((plan->changes[i].cautions & PLAN_CAUTION_NO_CONTACT) != 0)
            count++;
    if (count > 0 && !run->azure->quiet)
        message_error_text(
            language_plural(
                language_option_chosen(),
                "warning: %zu subscription goes without a security contact "
                "then, which is advised against: Azure mails its owners only",
                "warning: %zu subscriptions go without a security contact "
                "then, which is advised against: Azure mails their owners "
                "only",
                count),
            count);
}

int
change_flow_finish(struct change_flow *run, struct error *err)
{
    const struct change_options *options = run->options;

    if (keep_plan(run, err) < 0)
        return -1;
    if (!options->apply || run->plan->change_count == 0)
        return change_report_plan(run, err);
    if (!options->yes && change_report_question(run, err) < 0)
        return -1;
    warn_of_absence(run);
    if (!options->yes
        && !confirmation_ask(run->plan, options->limit, run->check_flow.run)) {
        message_error_text(_("nothing has been changed"));
        return change_report_plan_status(run->plan);
    }
    if (journal_recovery_begin(run->store, &run->check_flow, &run->settled,
                               err)
        < 0)
        return -1;
    const int status = apply_locked(run, err);
    journal_unlock(run->store);
    return status;
}
