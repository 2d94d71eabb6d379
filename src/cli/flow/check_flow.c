/* SPDX-License-Identifier: Apache-2.0 */
/* Signing in, and reading all that is in scope. */
#include "cli/flow/check_flow.h"

#include "base/clock.h"
#include "base/log.h"
#include "base/random.h"
#include "cli/config/config_note.h"
#include "cli/terminal/language_option.h"
#include "cli/terminal/message.h"
#include "cli/terminal/progress.h"
#include "engine/check/check.h"

/* A management group is one tenant's: which, nobody says. */
static int
check_groups(const struct check_flow *check_flow, struct error *err)
{
    const struct scope_rules *groups =
        &check_flow->configuration->scope.groups;

    if (check_flow->azure->tenant_count < 2 || groups->count == 0)
        return 0;
    error_set(err,
              _("%s: a management group belongs to one tenant, and %zu "
                "are checked"),
              groups->items[0].origin, check_flow->azure->tenant_count);
    return error_advise(err, "%s",
                        _("check each tenant by itself, or name "
                          "subscriptions"));
}

static int64_t
present(const struct check_flow *check_flow)
{
    return check_flow->moment != NULL ? *check_flow->moment : clock_now();
}

static int
make_run(struct check_flow *check_flow, struct error *err)
{
    const int64_t now = present(check_flow);
    const uint16_t unique = check_flow->moment != NULL
                                ? (uint16_t) (now / 1000)
                                : (uint16_t) random_below(65536);

    return run_new(&check_flow->run, now, unique,
                   check_flow->configuration->profile, err);
}

int
check_flow_open(struct check_flow *check_flow,
                const struct azure_options *azure,
                struct configuration *configuration, const int64_t *moment,
                struct error *err)
{
    *check_flow = (struct check_flow){ .azure = azure,
                                       .configuration = configuration,
                                       .moment = moment };
    if (check_groups(check_flow, err) < 0
        || loop_new(&check_flow->loop, err) < 0
        || make_run(check_flow, err) < 0)
        return -1;
    check_flow->run->cloud = azure->session.cloud->name;
    return azure_options_open(azure, check_flow->loop, check_flow->sessions,
                              &check_flow->session_count, err);
}

static void
interrupted(void *data)
{
    check_interrupt(data);
}

static int
read_with(struct check_flow *check_flow, struct check *check,
          struct error *err)
{
    if (configuration_attach(check_flow->configuration, check, check_flow->run,
                             err)
            < 0
        || interrupt_watch(&check_flow->interrupt, check_flow->loop,
                           interrupted, check, err)
               < 0)
        return -1;
    if (check_flow->keep_images)
        check_keep_images(check);
    progress_begin(check_flow->azure->quiet);
    progress_show(0, 0, NULL);
    check_set_progress(check, progress_show, NULL);
    int result = check_run(check, err);
    interrupt_conclude(check_flow->interrupt);
    if (result == 0)
        result =
            config_note_all(check_flow->configuration, check_flow->run, err);
    progress_end();
    check_flow->run->finished_at = present(check_flow);
    return result;
}

int
check_flow_read(struct check_flow *check_flow, struct error *err)
{
    struct check *check = NULL;
    int result = -1;

    if (check_new(&check, check_flow->sessions, check_flow->session_count,
                  check_flow->loop, check_flow->run,
                  check_flow->azure->session.concurrency, err)
        == 0)
        result = read_with(check_flow, check, err);
    check_free(check);
    return result;
}

void
check_flow_say_what_was_not_read(const struct run *run)
{
    for (size_t i = 0; i < run->tenant_count; i++)
        if (run->tenants[i].error != NULL)
            message_error_text(_("tenant %s could not be read: %s"),
                               *run->tenants[i].id != '\0' ? run->tenants[i].id
                                                           : "?",
                               run->tenants[i].error);
    for (size_t i = 0; i < run->error_count; i++)
        message_error_text("%s", run->errors[i]);
    for (size_t i = 0; i < run->limitation_count; i++)
        log_warning("%s", run->limitations[i]);
}

int
check_flow_signal(const struct check_flow *check_flow)
{
    return check_flow->interrupt != NULL
               ? interrupt_signal(check_flow->interrupt)
               : 0;
}

void
check_flow_release_signals(struct check_flow *check_flow)
{
    interrupt_end(check_flow->interrupt);
    check_flow->interrupt = NULL;
}

void
check_flow_close(struct check_flow *check_flow)
{
    check_flow_release_signals(check_flow);
    while (check_flow->session_count > 0)
        session_close(check_flow->sessions[--check_flow->session_count]);
    run_free(check_flow->run);
    loop_free(check_flow->loop);
    *check_flow = (struct check_flow) CHECK_FLOW_INIT;
}
