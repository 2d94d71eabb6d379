/* SPDX-License-Identifier: Apache-2.0 */
/* The registration of Microsoft.Security in a subscription. */
#include "engine/provider.h"

#include "azure/registration.h"
#include "base/clock.h"
#include "base/text.h"
#include "engine/change_error.h"
#include "store/journal.h"

enum {
    /* Registering Microsoft.Security takes seconds; portal and tools give it
     * some minutes. */
    PROVIDER_PAUSE = 2 * 1000,
    PROVIDER_READS_CEILING = 150,
};

/* Journals what came of it, and ends. */
static void
conclude(struct provider *provider, enum change_outcome outcome)
{
    const struct provider_options *options = &provider->options;
    AUTOERROR err = ERROR_INIT;

    provider->result.outcome = outcome;
    if (journal_complete(options->store, &provider->change, &provider->result,
                         clock_now(), &err)
        < 0)
        options->broken(&err, options->data);
    options->ended(&provider->result, options->data);
}

/* Something of our own failed; outcome says whether anything was sent. */
static void
break_off(struct provider *provider, enum change_outcome outcome,
          struct error *err)
{
    const struct provider_options *options = &provider->options;

    provider->result.error = change_error_make(
        options->arena, CHANGE_CODE_INTERNAL, "%s", error_message(err));
    options->broken(err, options->data);
    conclude(provider, outcome);
}

static void pause_over(void *data);

static void
state_known(const char *state, const struct arm_error *error, void *data)
{
    struct provider *provider = data;
    struct arena *arena = provider->options.arena;
    AUTOERROR err = ERROR_INIT;

    if (provider->cancelled)
        return;
    if (text_equal_ignoring_case(state, "Registered")) {
        provider->result.error = NULL; /* of an answer that was lost */
        conclude(provider, CHANGE_DONE);
        return;
    }
    if (++provider->reads > PROVIDER_READS_CEILING) {
        if (error != NULL)
            provider->result.error = change_error_from_arm(arena, error);
        else if (provider->result.error == NULL)
            provider->result.error = change_error_make(
                arena, CHANGE_CODE_NOT_SHOWN,
                "Microsoft.Security is still not registered: its state is %s",
                state);
        conclude(provider, CHANGE_UNVERIFIED);
        return;
    }
    provider->timer = loop_timer_start(provider->options.loop, PROVIDER_PAUSE,
                                       pause_over, provider);
    if (provider->timer == NULL) {
        error_set_memory(&err);
        break_off(provider, CHANGE_UNVERIFIED, &err);
    }
}

static void
read_state(struct provider *provider)
{
    const struct provider_options *options = &provider->options;
    AUTOERROR err = ERROR_INIT;

    if (registration_read(options->arm, options->subscription->id, state_known,
                          provider, &err)
        < 0)
        break_off(provider, CHANGE_UNVERIFIED, &err);
}

static void
pause_over(void *data)
{
    struct provider *provider = data;

    provider->timer = NULL;
    read_state(provider);
}

static void
asked(const char *state, const struct arm_error *error, void *data)
{
    struct provider *provider = data;

    if (provider->cancelled)
        return;
    if (error == NULL) {
        state_known(state, NULL, provider);
        return;
    }
    provider->result.error =
        change_error_from_arm(provider->options.arena, error);
    if (arm_error_is_uncertain(error))
        read_state(provider);
    else
        conclude(provider, CHANGE_REFUSED);
}

void
provider_register(struct provider *provider,
                  const struct provider_options *options)
{
    AUTOERROR err = ERROR_INIT;

    *provider = (struct provider){ .options = *options };
    provider->change = (struct change){
        .operation = options->operation,
        .subscription = *options->subscription,
        .action = PLAN_REGISTER,
        .journalled_at = clock_now(),
    };
    if (journal_record(options->store, &provider->change, &err) < 0) {
        provider->result.outcome = CHANGE_NOT_SENT;
        provider->result.error =
            change_error_make(options->arena, CHANGE_CODE_NOT_JOURNALLED, "%s",
                              error_message(&err));
        options->broken(&err, options->data);
        options->ended(&provider->result, options->data);
    } else if (registration_start(options->arm, options->subscription->id,
                                  asked, provider, &err)
               < 0) {
        break_off(provider, CHANGE_NOT_SENT, &err);
    }
}

void
provider_cancel(struct provider *provider)
{
    provider->cancelled = true;
    loop_timer_cancel(provider->options.loop, provider->timer);
    provider->timer = NULL;
}
