/* SPDX-License-Identifier: Apache-2.0 */
/* The way of a test of delivery. */
#include "cli/flow/test_alert_flow.h"

#include <stdbool.h>

#include "base/cleanup.h"
#include "base/clock.h"
#include "base/random.h"
#include "cli/terminal/confirmation.h"
#include "cli/flow/check_flow.h"
#include "cli/terminal/exit_status.h"
#include "cli/terminal/interrupt.h"
#include "cli/terminal/language_option.h"
#include "cli/terminal/message.h"
#include "cli/terminal/output.h"
#include "cli/terminal/progress.h"
#include "engine/alert/test_alert_request.h"
#include "report/view/report.h"
#include "store/store.h"
#include "store/test_alert_store.h"

/* Subscriptions at a time: nobody is in haste. */
enum { TEST_ALERT_CONCURRENCY = 8 };

/* A test on its way. */
struct way {
    const struct test_alert_flow *run;
    struct check_flow check_flow;
    struct store *store;
    struct test_alert test; /* in the arena of the estate's run */
    struct test_alert_request *alerts;
};

/* A document, and what it is written with. */
struct page {
    test_alert_writer *write;
    struct test_alert_view view;
};

static int
write_page(struct buffer *target, const void *data, struct error *err)
{
    const struct page *page = data;

    return page->write(&page->view, target, err);
}

static int
show(const struct test_alert_flow *run, const struct test_alert *test,
     bool revert_source, struct error *err)
{
    const bool terminal = output_is_terminal(run->output);
    const struct page page = {
        run->format->write,
        { .test = test,
          .language = language_option_chosen(),
          .colour = terminal && !run->no_colour && output_wants_colour(),
          .unrecorded = !revert_source,
          .rows = run->rows },
    };

    return output_write(run->output, write_page, &page, err);
}

int
test_alert_flow_show(const struct test_alert_flow *run,
                     const struct test_alert *test, struct error *err)
{
    return show(run, test, true, err);
}

/* Who would be mailed, for the person who is asked: beside the report, which
 * may go elsewhere. */
static int
show_plan(const struct way *way, struct error *err)
{
    const struct page page = {
        test_alert_text_write,
        { .test = &way->test,
          .language = language_option_chosen(),
          .planned = true,
          .rows = way->run->rows },
    };

    return output_show(write_page, &page, err);
}

/* Returns 1 where somebody would rather not. */
static int
ask(const struct way *way, struct error *err)
{
    AUTOBUFFER question = BUFFER_INIT(REPORT_CEILING);
    const size_t count = way->test.target_count;

    if (way->run->yes)
        return 0;
    if (show_plan(way, err) < 0)
        return -1;
    buffer_printf(&question,
                  language_plural(language_option_chosen(),
                                  "Raise sample alerts on %zu subscription?",
                                  "Raise sample alerts on %zu subscriptions?",
                                  count),
                  count);
    if (confirmation_given(buffer_text(&question),
                           _("Only 'yes' raises them:")))
        return 0;
    message_error_text(_("no alert has been raised"));
    return 1;
}

/* Those that were chosen, and in which no alert can arise. */
static void
say_left_out(const struct run *read, const struct test_alert *test)
{
    const size_t count = read->assessment_count - test->target_count;

    if (count > 0)
        message_text(language_plural(language_option_chosen(),
                                     "%zu subscription is left out: no alert "
                                     "can arise in it",
                                     "%zu subscriptions are left out: no "
                                     "alert can arise in them",
                                     count),
                     count);
}

static int
make_test(struct way *way, struct error *err)
{
    const struct test_alert_flow *run = way->run;
    struct run *read = way->check_flow.run;
    AUTOBUFFER bundles = BUFFER_INIT(REPORT_CEILING);

    if (test_alert_plan(read, read->arena, &way->test, err) < 0)
        return -1;
    if (way->test.target_count == 0)
        return error_set(err, "%s",
                         _("in none of these subscriptions can an alert "
                           "arise"));
    say_left_out(read, &way->test);
    for (size_t i = 0; i < run->bundle_count; i++)
        buffer_printf(&bundles, "%s%s", i > 0 ? " " : "", run->bundles[i]);
    way->test.started_at = clock_now();
    way->test.id = plan_make_id(read->arena, way->test.started_at,
                                (uint16_t) random_below(65536));
    way->test.bundles = arena_copy(read->arena, buffer_text(&bundles));
    way->test.endpoint = session_endpoint(way->check_flow.sessions[0]);
    way->test.identity =
        read->tenant_count > 0 ? read->tenants[0].identity : NULL;
    return way->test.id != NULL && way->test.bundles != NULL
               ? 0
               : error_set_memory(err);
}

static void
show_progress(size_t ended, size_t count, void *data)
{
    progress_show_changes(ended, count, data);
}

static int
may_raise(void *data, struct error *err)
{
    const struct way *way = data;

    return test_alert_store_check(way->store, &way->test, err);
}

static void
interrupted(void *data)
{
    const struct way *way = data;

    test_alert_request_interrupt(way->alerts);
}

static int
raise_alerts(struct way *way, struct error *err)
{
    struct test_alert *test = &way->test;
    struct arena *arena = way->check_flow.run->arena;
    struct test_alert_request_target *targets =
        arena_allocate_array(arena, test->target_count, sizeof(*targets));

    if (targets == NULL)
        return error_set_memory(err);
    for (size_t i = 0; i < test->target_count; i++)
        targets[i] = (struct test_alert_request_target){
            test->targets[i].alert.subscription,
            session_arm(way->check_flow.sessions[0])
        };
    const struct test_alert_request_options options = {
        .loop = way->check_flow.loop,
        .targets = targets,
        .target_count = test->target_count,
        .bundles = way->run->bundles,
        .bundle_count = way->run->bundle_count,
        .concurrency = TEST_ALERT_CONCURRENCY,
        .arena = arena,
        .may_raise = may_raise,
        .progress = show_progress,
        .data = way,
    };
    if (test_alert_request_new(&way->alerts, &options, err) < 0)
        return -1;
    const int status = test_alert_request_run(way->alerts, err);
    const struct test_alert_sample *results =
        test_alert_request_results(way->alerts);
    for (size_t i = 0; i < test->target_count; i++)
        test->targets[i].alert = results[i];
    return status;
}

/* Whether anything was asked for. */
static bool
raised_any(const struct test_alert *test)
{
    for (size_t i = 0; i < test->target_count; i++)
        if (test->targets[i].alert.outcome != TEST_ALERT_SAMPLE_NOT_SENT)
            return true;
    return false;
}

/* whole: all that was chosen could be listed. */
static int
exit_status_of(const struct test_alert *test, bool whole, int signal)
{
    if (signal != 0)
        return EXIT_STATUS_SIGNAL + signal;
    if (!whole)
        return EXIT_STATUS_INCOMPLETE;
    for (size_t i = 0; i < test->target_count; i++)
        if (test->targets[i].alert.outcome != TEST_ALERT_SAMPLE_RAISED)
            return EXIT_STATUS_INCOMPLETE;
    return EXIT_STATUS_COMPLIANT;
}

/* What was raised, or may have been, and the store does not tell: this is the
 * only record of it. */
static void
say_unrecorded(const struct test_alert *test)
{
    for (size_t i = 0; i < test->target_count; i++) {
        const struct test_alert_sample *alert = &test->targets[i].alert;
        if (alert->outcome == TEST_ALERT_SAMPLE_RAISED
            || alert->outcome == TEST_ALERT_SAMPLE_UNCERTAIN)
            message_error_text(
                _("asked for, and not on record for good: sample alerts on "
                  "subscription %s (%s), %s"),
                alert->subscription.name, alert->subscription.id,
                test_alert_sample_outcome_name(alert->outcome));
    }
}

/* Records what became of the test, and shows it: what was asked for is shown
 * though it cannot be recorded. */
static int
conclude(const struct way *way, struct error *err)
{
    AUTOERROR failure = ERROR_INIT;
    const int stored = test_alert_store_complete(way->store, &way->test, err);

    if (stored < 0)
        say_unrecorded(&way->test);
    if (show(way->run, &way->test, stored == 0, stored < 0 ? &failure : err)
        < 0) {
        if (stored < 0)
            message_error(&failure);
        return -1;
    }
    return stored;
}

/* Raises with signals and progress attached; signals stay ours until the
 * report is written. */
static int
raise_watched(struct way *way, struct error *err)
{
    const struct run *read = way->check_flow.run;
    const bool whole = read->complete && read->error_count == 0;
    struct interrupt *interrupt = NULL;

    if (interrupt_watch(&interrupt, way->check_flow.loop, interrupted, way,
                        err)
        < 0)
        return -1;
    progress_begin(way->run->azure->quiet);
    int status = raise_alerts(way, err);
    interrupt_conclude(interrupt);
    progress_end();
    /* What was raised is shown, also where nothing further may be. */
    if (status < 0 && raised_any(&way->test)) {
        AUTOERROR late = ERROR_INIT;
        if (conclude(way, &late) < 0)
            message_error(&late);
    }
    if (status == 0)
        status = conclude(way, err);
    if (status == 0)
        status =
            exit_status_of(&way->test, whole, interrupt_signal(interrupt));
    interrupt_end(interrupt);
    return status;
}

/* Returns the exit status, or -1 with an error. */
static int
go_way(struct way *way, struct error *err)
{
    const struct test_alert_flow *run = way->run;

    if (output_check(run->output, err) < 0)
        return error_wrap(err, "--output");
    if (store_options_open(run->store, STORE_WRITE, &way->store, err) < 0
        || check_flow_open(&way->check_flow, run->azure, run->configuration,
                           NULL, err)
               < 0
        || check_flow_read(&way->check_flow, err) < 0)
        return -1;
    const int signal = check_flow_signal(&way->check_flow);
    if (signal != 0) {
        message_error_text(_("interrupted: no alert has been raised"));
        return EXIT_STATUS_SIGNAL + signal;
    }
    check_flow_release_signals(&way->check_flow);
    check_flow_say_what_was_not_read(way->check_flow.run);
    if (make_test(way, err) < 0)
        return -1;
    const int declined = ask(way, err);
    if (declined != 0)
        return declined < 0 ? -1 : EXIT_STATUS_NON_COMPLIANT;
    if (test_alert_store_begin(way->store, &way->test, err) < 0)
        return -1;
    return raise_watched(way, err);
}

int
test_alert_flow(const struct test_alert_flow *run, struct error *err)
{
    struct way way = { .run = run, .check_flow = CHECK_FLOW_INIT };
    const int status = go_way(&way, err);

    test_alert_request_free(way.alerts);
    check_flow_close(&way.check_flow);
    store_close(way.store);
    return status;
}
