/* SPDX-License-Identifier: Apache-2.0 */
/* Signing in, and reading all that is in scope. */
#include "cli/estate.h"

#include "base/clock.h"
#include "base/log.h"
#include "base/random.h"
#include "cli/language_option.h"
#include "cli/message.h"
#include "cli/progress.h"
#include "engine/check.h"

/* A management group is one tenant's: which, nobody says. */
static int
check_groups(const struct estate *estate, struct error *err)
{
    const struct scope_rules *groups = &estate->configuration->scope.groups;

    if (estate->azure->tenant_count < 2 || groups->count == 0)
        return 0;
    error_set(err,
              _("%s: a management group belongs to one tenant, and %zu "
                "are checked"),
              groups->items[0].origin, estate->azure->tenant_count);
    return error_advise(err, "%s",
                        _("check each tenant by itself, or name "
                          "subscriptions"));
}

static int64_t
present(const struct estate *estate)
{
    return estate->moment != NULL ? *estate->moment : clock_now();
}

static int
make_run(struct estate *estate, struct error *err)
{
    const int64_t now = present(estate);
    const uint16_t unique = estate->moment != NULL
                                ? (uint16_t) (now / 1000)
                                : (uint16_t) random_below(65536);

    return run_new(&estate->run, now, unique, estate->configuration->profile,
                   err);
}

int
estate_open(struct estate *estate, const struct azure_options *azure,
            struct configuration *configuration, const int64_t *moment,
            struct error *err)
{
    *estate = (struct estate){ .azure = azure,
                               .configuration = configuration,
                               .moment = moment };
    if (check_groups(estate, err) < 0 || loop_new(&estate->loop, err) < 0
        || make_run(estate, err) < 0)
        return -1;
    estate->run->cloud = azure->session.cloud->name;
    return azure_options_open(azure, estate->loop, estate->sessions,
                              &estate->session_count, err);
}

static void
interrupted(void *data)
{
    check_interrupt(data);
}

static int
read_with(struct estate *estate, struct check *check, struct error *err)
{
    if (configuration_attach(estate->configuration, check, estate->run, err)
            < 0
        || interrupt_watch(&estate->interrupt, estate->loop, interrupted,
                           check, err)
               < 0)
        return -1;
    if (estate->keep_images)
        check_keep_images(check);
    progress_begin(estate->azure->quiet);
    progress_show(0, 0, NULL);
    check_set_progress(check, progress_show, NULL);
    int result = check_run(check, err);
    interrupt_conclude(estate->interrupt);
    if (result == 0)
        result =
            configuration_conclude(estate->configuration, estate->run, err);
    progress_end();
    estate->run->finished_at = present(estate);
    return result;
}

int
estate_read(struct estate *estate, struct error *err)
{
    struct check *check = NULL;
    int result = -1;

    if (check_new(&check, estate->sessions, estate->session_count,
                  estate->loop, estate->run,
                  estate->azure->session.concurrency, err)
        == 0)
        result = read_with(estate, check, err);
    check_free(check);
    return result;
}

void
estate_say_what_was_not_read(const struct run *run)
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
estate_signal(const struct estate *estate)
{
    return estate->interrupt != NULL ? interrupt_signal(estate->interrupt) : 0;
}

void
estate_release_signals(struct estate *estate)
{
    interrupt_end(estate->interrupt);
    estate->interrupt = NULL;
}

void
estate_close(struct estate *estate)
{
    estate_release_signals(estate);
    while (estate->session_count > 0)
        session_close(estate->sessions[--estate->session_count]);
    run_free(estate->run);
    loop_free(estate->loop);
    *estate = (struct estate) ESTATE_INIT;
}
