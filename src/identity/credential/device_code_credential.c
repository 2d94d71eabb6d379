/* SPDX-License-Identifier: Apache-2.0 */
/* A person who signs in on another device. */
#include "identity/credential/device_code_credential.h"

#include <stdlib.h>
#include <string.h>

#include "base/cleanup.h"
#include "base/clock.h"
#include "base/log.h"
#include "base/private_file.h"
#include "base/secret.h"
#include "identity/entra/device_code.h"
#include "identity/entra/entra.h"
#include "identity/entra/sign_in_file.h"
#include "identity/token/variable.h"

/* The Azure CLI's application, which every tenant has: the Azure SDKs take it
 * where they are given none. */
#define DEVICE_CODE_CLIENT "04b07795-8ddb-461a-bbee-02f9e1bf7b46"

/* Any tenant: the person's own. */
#define DEVICE_CODE_TENANT "organizations"

/* By how much Entra's wish to be asked less often is met (RFC 8628, 3.5). */
enum { DEVICE_CODE_SLOW_DOWN = 5 * 1000 };

struct credential {
    const struct credential_context *context; /* borrowed */
    struct entra *entra;                      /* made when first needed */
    char *refresh_token;                      /* owned secret, or NULL */
    bool file_read;                           /* it may have been kept there */

    /* Of the request under way. */
    char *claims; /* owned, or NULL */
    credential_answer *answer;
    void *data;
    struct device_code code;
    int64_t deadline; /* clock_monotonic */
    struct loop_timer *timer;
};

static int
credential_create(struct credential **ret_credential,
                  const struct credential_context *context, struct error *err)
{
    struct credential *credential = calloc(1, sizeof(*credential));

    if (credential == NULL)
        return error_set_memory(err);
    credential->context = context;
    *ret_credential = credential;
    return 0;
}

static const char *
tenant_of(const struct credential *credential)
{
    const char *variable = variable_get("AZURE_TENANT_ID");

    if (credential->context->tenant != NULL)
        return credential->context->tenant;
    return variable != NULL ? variable : DEVICE_CODE_TENANT;
}

static const char *
client_chosen(void)
{
    const char *variable = variable_get("AZURE_CLIENT_ID");

    return variable != NULL ? variable : DEVICE_CODE_CLIENT;
}

static struct sign_in_key
key_of(const struct credential *credential)
{
    return (struct sign_in_key){ credential->context->authority,
                                 tenant_of(credential), client_chosen() };
}

/* Forgets what belongs to one request. */
static void
request_done(struct credential *credential)
{
    loop_timer_cancel(credential->context->loop, credential->timer);
    credential->timer = NULL;
    device_code_done(&credential->code);
    free(credential->claims);
    credential->claims = NULL;
}

static void
answer_give(struct credential *credential, struct access_token *token,
            struct error *err)
{
    request_done(credential);
    credential->answer(token != NULL ? CREDENTIAL_TOKEN : CREDENTIAL_FAILED,
                       token, err, credential->data);
}

/* Keeps the refresh token, or forgets it. A file that cannot be written is no
 * reason to be without the token at hand. */
static void
refresh_token_set(struct credential *credential, char *refresh_token)
{
    const char *file = credential->context->token_cache;
    const struct sign_in_key key = key_of(credential);
    AUTOERROR err = ERROR_INIT;

    secret_free(credential->refresh_token);
    credential->refresh_token = refresh_token;
    if (file != NULL
        && sign_in_file_write(file, &key, refresh_token, &err) < 0)
        log_warning("the sign-in is not kept: %s%s%s", error_message(&err),
                    err.advice != NULL ? "; " : "",
                    err.advice != NULL ? err.advice : "");
}

static void
token_take(struct credential *credential, struct access_token *token)
{
    char *refresh_token = entra_take_refresh_token(credential->entra);

    if (refresh_token != NULL)
        refresh_token_set(credential, refresh_token);
    answer_give(credential, token, NULL);
}

static void
expired_explain(const struct credential *credential, struct error *err)
{
    error_set(err, "nobody entered the code %s in time",
              credential->code.user_code);
    error_advise(err, "run the command again, and enter the new code");
}

/* Entra's own words advise a secret, which no person has. */
static void
refusal_amend(const char *code, struct error *err)
{
    AUTOERROR own = ERROR_INIT;

    if (code == NULL || strcmp(code, "invalid_client") != 0
        || variable_get("AZURE_CLIENT_ID") == NULL)
        return;
    error_set(&own, "%s", error_message(err));
    error_advise(&own, "allow public client flows in the app registration of "
                       "AZURE_CLIENT_ID, or unset it to sign in as with az "
                       "login");
    error_move(err, &own);
}

static void poll_wait(struct credential *credential);

static void
poll_answered(struct access_token *token, const char *code, struct error *err,
              void *data)
{
    struct credential *credential = data;
    const char *word = code != NULL ? code : "";
    AUTOERROR own = ERROR_INIT;

    if (token != NULL) {
        token_take(credential, token);
        return;
    }
    if (strcmp(word, "slow_down") == 0)
        credential->code.interval += DEVICE_CODE_SLOW_DOWN;
    if (strcmp(word, "slow_down") == 0
        || strcmp(word, "authorization_pending") == 0) {
        poll_wait(credential);
        return;
    }
    if (strcmp(word, "expired_token") == 0
        || strcmp(word, "code_expired") == 0) {
        expired_explain(credential, &own);
    } else if (strcmp(word, "authorization_declined") == 0
               || strcmp(word, "access_denied") == 0) {
        error_set(&own, "the sign-in was declined in the browser");
    } else {
        refusal_amend(code, err);
        error_move(&own, err);
    }
    answer_give(credential, NULL, &own);
}

static void
poll_send(void *data)
{
    struct credential *credential = data;
    const struct entra_field fields[] = {
        { "grant_type", "urn:ietf:params:oauth:grant-type:device_code" },
        { "client_id", client_chosen() },
        { "device_code", credential->code.value },
    };
    const struct entra_request request = { tenant_of(credential), fields,
                                           ARRAY_LENGTH(fields),
                                           credential->claims };

    credential->timer = NULL;
    entra_request_send(credential->entra, &request, poll_answered, credential);
}

/* Asks again after the interval, unless the code has ended by then. */
static void
poll_wait(struct credential *credential)
{
    const int64_t interval = credential->code.interval;
    AUTOERROR err = ERROR_INIT;

    if (clock_monotonic() + interval >= credential->deadline) {
        expired_explain(credential, &err);
        answer_give(credential, NULL, &err);
        return;
    }
    credential->timer = loop_timer_start(credential->context->loop, interval,
                                         poll_send, credential);
    if (credential->timer == NULL) {
        error_set_memory(&err);
        answer_give(credential, NULL, &err);
    }
}

static void
code_answered(struct device_code *code, struct error *err, void *data)
{
    struct credential *credential = data;
    const struct credential_context *context = credential->context;

    if (code == NULL) {
        answer_give(credential, NULL, err);
        return;
    }
    credential->code = *code;
    credential->deadline = clock_monotonic() + code->remaining;
    const struct credential_prompt prompt = {
        .url = code->url,
        .code = code->user_code,
        .tenant = tenant_of(credential),
        .remaining = code->remaining,
    };
    context->show(&prompt, context->show_data);
    poll_wait(credential);
}

static void
code_send(struct credential *credential)
{
    const struct entra_field fields[] = {
        { "client_id", client_chosen() },
    };
    const struct entra_request request = { tenant_of(credential), fields,
                                           ARRAY_LENGTH(fields),
                                           credential->claims };

    entra_device_code_send(credential->entra, &request, code_answered,
                           credential);
}

/* Whether a refusal means that the person must sign in again. */
static bool
is_spent(const char *code)
{
    static const char *const codes[] = { "invalid_grant",
                                         "interaction_required",
                                         "login_required",
                                         "consent_required" };

    for (size_t i = 0; code != NULL && i < ARRAY_LENGTH(codes); i++)
        if (strcmp(codes[i], code) == 0)
            return true;
    return false;
}

static void
refresh_answered(struct access_token *token, const char *code,
                 struct error *err, void *data)
{
    struct credential *credential = data;

    if (token != NULL) {
        token_take(credential, token);
    } else if (is_spent(code)) {
        log_info("the sign-in before has ended: %s", error_message(err));
        refresh_token_set(credential, NULL);
        code_send(credential);
    } else {
        refusal_amend(code, err);
        answer_give(credential, NULL, err);
    }
}

static void
refresh_send(struct credential *credential)
{
    const struct entra_field fields[] = {
        { "grant_type", "refresh_token" },
        { "client_id", client_chosen() },
        { "refresh_token", credential->refresh_token },
    };
    const struct entra_request request = { tenant_of(credential), fields,
                                           ARRAY_LENGTH(fields),
                                           credential->claims };

    entra_request_send(credential->entra, &request, refresh_answered,
                       credential);
}

/* Makes ready what a request needs. */
static int
request_prepare(struct credential *credential, const char *claims,
                struct error *err)
{
    const struct credential_context *context = credential->context;
    const struct sign_in_key key = key_of(credential);

    if (claims != NULL) {
        credential->claims = strdup(claims);
        if (credential->claims == NULL)
            return error_set_memory(err);
    }
    if (credential->entra == NULL) {
        if (entra_new(&credential->entra, context, err) < 0)
            return -1;
        entra_ask_refresh_token(credential->entra);
    }
    if (credential->file_read || context->token_cache == NULL)
        return 0;
    if (private_file_prepare(context->token_cache, err) < 0
        || sign_in_file_read(context->token_cache, &key,
                             &credential->refresh_token, err)
               < 0)
        return error_wrap(err, "the token cache");
    if (credential->refresh_token != NULL)
        log_info("the sign-in kept in %s is used", context->token_cache);
    credential->file_read = true;
    return 0;
}

static void
credential_request(struct credential *credential, const char *claims,
                   credential_answer *answer, void *data)
{
    AUTOERROR err = ERROR_INIT;

    credential->answer = answer;
    credential->data = data;
    if (credential->context->show == NULL) {
        error_set(&err, "there is nobody to show a code to");
        answer(CREDENTIAL_UNAVAILABLE, NULL, &err, data);
        return;
    }
    if (request_prepare(credential, claims, &err) < 0)
        answer_give(credential, NULL, &err);
    else if (credential->refresh_token != NULL)
        refresh_send(credential);
    else
        code_send(credential);
}

static void
credential_free(struct credential *credential)
{
    if (credential == NULL)
        return;
    request_done(credential);
    entra_free(credential->entra);
    secret_free(credential->refresh_token);
    free(credential);
}

const struct credential_type device_code_credential = {
    .name = "DeviceCodeCredential",
    .group = CREDENTIAL_BY_NAME,
    .needs = "a person who enters a code in a browser",
    .create = credential_create,
    .request = credential_request,
    .free = credential_free,
};
