/* SPDX-License-Identifier: Apache-2.0 */
/* A service principal from the environment. */
#include "identity/credential/environment_credential.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "base/cleanup.h"
#include "base/clock.h"
#include "base/log.h"
#include "base/text.h"
#include "identity/entra/authority.h"
#include "identity/certificate/client_assertion.h"
#include "identity/certificate/client_certificate.h"
#include "identity/entra/entra_assertion.h"
#include "identity/token/variable.h"

struct credential {
    const struct credential_context *context; /* borrowed */
    struct entra *entra;                      /* made when first needed */
    char *certificate; /* owned; what was sent last, in words; or NULL */
    credential_answer *answer;
    void *data;
};

/* What the variables say. Borrowed. */
struct sign_in {
    const char *tenant;
    const char *client;
    const char *secret;
    const char *certificate; /* the path of its file */
    const char *claims;      /* of a challenge, or NULL */
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

/* What Entra cannot know: which certificate it was, as the portal shows it,
 * and what a file of variables or a form left around a value. */
static void
refusal_explain(const struct credential *credential, struct error *err)
{
    static const char *const names[] = { "AZURE_CLIENT_ID",
                                         "AZURE_CLIENT_SECRET" };

    if (credential->certificate != NULL)
        error_wrap(err, "%s", credential->certificate);
    for (size_t i = 0; i < ARRAY_LENGTH(names); i++) {
        if (!variable_is_wrapped(variable_get(names[i])))
            continue;
        free(err->advice);
        err->advice = NULL;
        error_advise(err,
                     "%s begins or ends with a blank or a quotation mark: "
                     "set it without",
                     names[i]);
        return;
    }
}

static void
entra_answered(struct access_token *token, const char *code, struct error *err,
               void *data)
{
    struct credential *credential = data;

    if (code != NULL)
        refusal_explain(credential, err);
    credential->answer(token != NULL ? CREDENTIAL_TOKEN : CREDENTIAL_FAILED,
                       token, err, credential->data);
}

/* Whether the variables ask for a way of signing in that is not there. */
static bool
other_way_asked(struct error *err)
{
    if (variable_get("AZURE_USERNAME") == NULL
        || variable_get("AZURE_PASSWORD") == NULL)
        return false;
    error_set(err, "AZURE_USERNAME and AZURE_PASSWORD are set, but signing "
                   "in with a password is deprecated and not supported");
    error_advise(err, "set AZURE_CLIENT_SECRET, or use az login");
    return true;
}

/* What the Azure SDKs take for yes. */
static bool
chain_is_wanted(void)
{
    const char *value = variable_get("AZURE_CLIENT_SEND_CERTIFICATE_CHAIN");

    return value != NULL
           && (strcmp(value, "1") == 0
               || text_equal_ignoring_case(value, "true"));
}

/* Its name in words, which the caller frees: NULL where it has none. */
static char *
certificate_describe(const struct client_certificate *certificate,
                     const char *path)
{
    AUTOBUFFER text = BUFFER_INIT(256);
    char *words = NULL;

    if (client_certificate_describe(certificate, &text) < 0
        || asprintf(&words, "%s: %s", path, buffer_text(&text)) < 0)
        return NULL;
    log_info("%s", words);
    return words;
}

/* The file is read anew for every token: it may have been renewed. */
static int
assertion_make(struct buffer *assertion, struct credential *credential,
               const struct sign_in *sign_in, struct error *err)
{
    AUTOCLIENTCERTIFICATE certificate = CLIENT_CERTIFICATE_INIT;
    AUTOFREE char *url = authority_token_url(credential->context->authority,
                                             sign_in->tenant, err);
    const struct client_assertion_request request = {
        .client = sign_in->client,
        .audience = url,
        .now = clock_now(),
        .send_chain = chain_is_wanted(),
    };

    if (url == NULL
        || client_certificate_read(
               &certificate, sign_in->certificate,
               variable_get("AZURE_CLIENT_CERTIFICATE_PASSWORD"), request.now,
               err)
               < 0)
        return -1;
    free(credential->certificate);
    credential->certificate =
        certificate_describe(&certificate, sign_in->certificate);
    if (client_assertion_make(assertion, &certificate, &request, err) < 0)
        return error_wrap(err, "%s", sign_in->certificate);
    return 0;
}

static int
certificate_send(struct credential *credential, const struct sign_in *sign_in,
                 struct error *err)
{
    AUTOBUFFER text = BUFFER_SECRET_INIT(CLIENT_ASSERTION_CEILING);

    if (assertion_make(&text, credential, sign_in, err) < 0)
        return -1;
    const struct entra_assertion assertion = {
        sign_in->tenant, sign_in->client, buffer_text(&text), sign_in->claims
    };
    entra_assertion_send(credential->entra, &assertion, entra_answered,
                         credential);
    return 0;
}

static void
secret_send(struct credential *credential, const struct sign_in *sign_in)
{
    const struct entra_field fields[] = {
        { "grant_type", "client_credentials" },
        { "client_id", sign_in->client },
        { "client_secret", sign_in->secret },
    };
    const struct entra_request request = { sign_in->tenant, fields,
                                           ARRAY_LENGTH(fields),
                                           sign_in->claims };

    entra_request_send(credential->entra, &request, entra_answered,
                       credential);
}

/* The secret goes before the certificate, as in the Azure SDKs. */
static int
sign_in_send(struct credential *credential, const struct sign_in *sign_in,
             struct error *err)
{
    if (credential->entra == NULL
        && entra_new(&credential->entra, credential->context, err) < 0)
        return -1;
    if (sign_in->secret == NULL)
        return certificate_send(credential, sign_in, err);
    secret_send(credential, sign_in);
    return 0;
}

/* A pipeline that has no secret was meant to sign in without one. */
static const char *
pipeline_option(void)
{
    if (variable_get("ACTIONS_ID_TOKEN_REQUEST_URL") != NULL)
        return "--credential GitHubOidc";
    if (variable_get("SYSTEM_OIDCREQUESTURI") != NULL)
        return "--credential AzurePipelines";
    return NULL;
}

/* Whoever set the one half meant to set the other: says which. Tenant and
 * client without a proof may be another credential's, but where none has a
 * token this one lacks the least. */
static enum credential_outcome
half_explain(const struct sign_in *sign_in, struct error *err)
{
    const bool proof = sign_in->secret != NULL || sign_in->certificate != NULL;
    const char *option = pipeline_option();

    if (proof)
        error_advise(
            err, "set %s%s%s, too",
            sign_in->tenant == NULL ? "AZURE_TENANT_ID" : "",
            sign_in->tenant == NULL && sign_in->client == NULL ? " and " : "",
            sign_in->client == NULL ? "AZURE_CLIENT_ID" : "");
    else if (variable_get("AZURE_TENANT_ID") == NULL || sign_in->client == NULL
             || variable_get("AZURE_FEDERATED_TOKEN_FILE") != NULL)
        return CREDENTIAL_UNAVAILABLE;
    else if (option != NULL)
        error_advise(err, "add %s", option);
    else
        error_advise(err, "set AZURE_CLIENT_SECRET or "
                          "AZURE_CLIENT_CERTIFICATE_PATH, too");
    return CREDENTIAL_INCOMPLETE;
}

static void
credential_request(struct credential *credential, const char *claims,
                   credential_answer *answer, void *data)
{
    const char *asked = credential->context->tenant;
    const struct sign_in sign_in = {
        .tenant = asked != NULL ? asked : variable_get("AZURE_TENANT_ID"),
        .client = variable_get("AZURE_CLIENT_ID"),
        .secret = variable_get("AZURE_CLIENT_SECRET"),
        .certificate = variable_get("AZURE_CLIENT_CERTIFICATE_PATH"),
        .claims = claims,
    };
    const char *proof =
        sign_in.secret != NULL ? sign_in.secret : sign_in.certificate;
    const struct variable needed[] = {
        { "AZURE_TENANT_ID", sign_in.tenant },
        { "AZURE_CLIENT_ID", sign_in.client },
        { "AZURE_CLIENT_SECRET or AZURE_CLIENT_CERTIFICATE_PATH", proof },
    };
    AUTOERROR err = ERROR_INIT;

    credential->answer = answer;
    credential->data = data;
    const bool other = sign_in.tenant != NULL && sign_in.client != NULL
                       && proof == NULL && other_way_asked(&err);
    if (!other && variable_missing(needed, ARRAY_LENGTH(needed), &err)) {
        const enum credential_outcome outcome = half_explain(&sign_in, &err);
        answer(outcome, NULL, &err, data);
    } else if (other || sign_in_send(credential, &sign_in, &err) < 0)
        answer(CREDENTIAL_FAILED, NULL, &err, data);
}

static void
credential_free(struct credential *credential)
{
    if (credential == NULL)
        return;
    entra_free(credential->entra);
    free(credential->certificate);
    free(credential);
}

const struct credential_type environment_credential = {
    .name = "EnvironmentCredential",
    .group = CREDENTIAL_PRODUCTION,
    .needs = "AZURE_TENANT_ID, AZURE_CLIENT_ID, and AZURE_CLIENT_SECRET or "
             "AZURE_CLIENT_CERTIFICATE_PATH",
    .create = credential_create,
    .request = credential_request,
    .free = credential_free,
};
