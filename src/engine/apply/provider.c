/* SPDX-License-Identifier: Apache-2.0 */
/* The registration of Microsoft.Security in a subscription. */
#include "engine/apply/provider.h"

#include "base/clock.h"
#include "engine/apply/change_error.h"
#include "store/journal.h"

/* Journals what came of it, and ends. */
static void
conclude(struct provider *provider, enum change_outcome outcome)
{
    const struct provider_options *options = &provider->options;
    AUTOERROR err = ERROR_INIT;

    provider->result.outcome = outcome;
    if (journal_complete(options->store, &provider->change, &provider->result,
                         clock_now(), &err)
        < 0) {
        provider->result.unrecorded =
            provider->result.outcome != CHANGE_NOT_SENT;
        options->broken(&err, options->data);
    }
    options->ended(&provider->result, options->data);
}

static void
state_known(const char *state, const struct arm_error *error, void *data)
{
    struct provider *provider = data;
    struct change_result *result = &provider->result;
    struct arena *arena = provider->options.arena;

    provider->registration = NULL;
    if (error == NULL && registration_is_complete(state)) {
        conclude(provider, CHANGE_DONE);
    } else if (error == NULL) {
        result->error = change_error_make(
            arena, CHANGE_CODE_NOT_SHOWN,
            "Microsoft.Security is still not registered: its state is %s",
            state);
        conclude(provider, CHANGE_UNVERIFIED);
    } else {
        result->error = change_error_from_arm(arena, error);
        conclude(provider, state == NULL && !arm_error_is_uncertain(error)
                               ? CHANGE_REFUSED
                               : CHANGE_UNVERIFIED);
    }
}

/* What could not even be journalled was not sent. */
static void
end_unjournalled(struct provider *provider, struct error *err)
{
    const struct provider_options *options = &provider->options;

    provider->result.outcome = CHANGE_NOT_SENT;
    provider->result.error = change_error_make(
        options->arena, CHANGE_CODE_NOT_JOURNALLED, "%s", error_message(err));
    options->broken(err, options->data);
    options->ended(&provider->result, options->data);
}

static void
send_request(struct provider *provider)
{
    static const struct registration_patience patience =
        REGISTRATION_PATIENCE_INIT;
    const struct provider_options *options = &provider->options;
    AUTOERROR err = ERROR_INIT;

    provider->registration =
        registration_start(options->arm, options->subscription->id, &patience,
                           state_known, provider, &err);
    if (provider->registration != NULL)
        return;
    provider->result.error = change_error_make(
        options->arena, CHANGE_CODE_INTERNAL, "%s", error_message(&err));
    options->broken(&err, options->data);
    conclude(provider, CHANGE_NOT_SENT);
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
    if (journal_record(options->store, &provider->change, &err) < 0)
        end_unjournalled(provider, &err);
    else
        send_request(provider);
}

void
provider_cancel(struct provider *provider)
{
    if (provider->registration != NULL)
        registration_cancel(provider->registration);
    provider->registration = NULL;
}
