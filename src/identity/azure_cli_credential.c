/* SPDX-License-Identifier: Apache-2.0 */
/* The account that a person signed in to the Azure CLI with. */
#include "identity/azure_cli_credential.h"

#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "base/cleanup.h"
#include "base/log.h"
#include "base/text.h"
#include "identity/authority.h"
#include "identity/base64.h"
#include "identity/child.h"
#include "identity/claims_challenge.h"
#include "identity/program.h"
#include "identity/redaction.h"
#include "identity/token_response.h"

enum {
    AZURE_CLI_LINE_CEILING = 400, /* of az's message that is shown */
    AZURE_CLI_NOT_FOUND = 127,    /* a shell's status for no such program */
};

struct credential {
    const struct credential_context *context; /* borrowed */
    struct child *child;                      /* NULL while none runs */
    credential_answer *answer;
    void *data;
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

/* " --tenant T", or nothing. */
static void
login_advise(const struct credential_context *context, struct error *err)
{
    const char *tenant = context->tenant;

    error_advise(err, "run az login%s%s", tenant != NULL ? " --tenant " : "",
                 tenant != NULL ? tenant : "");
}

/* az cannot be given claims; it is the person who must sign in with them. */
static void
claims_explain(const struct credential_context *context, const char *claims,
               struct error *err)
{
    AUTOBUFFER encoded = BUFFER_INIT(2 * CLAIMS_CHALLENGE_CEILING);
    const char *tenant = context->tenant;

    error_set(err, "the tenant asks for another sign-in (claims challenge)");
    if (base64_encode(&encoded, claims, strlen(claims)) < 0)
        login_advise(context, err);
    else
        error_advise(err, "run az login%s%s --claims-challenge %s",
                     tenant != NULL ? " --tenant " : "",
                     tenant != NULL ? tenant : "", buffer_text(&encoded));
}

/* The line of az's messages that says what is wrong: the last that begins
 * with ERROR, else the last, as of a Python trace. Appended printable, and
 * without the tokens that az and its extensions repeat when they fail. Those
 * go before the line is cut: half a token is not known as one. */
static void
complaint_find(const char *text, struct buffer *line)
{
    static const char prefix[] = "ERROR: ";
    const char *found = "";
    size_t found_length = 0;
    bool marked = false;

    while (*text != '\0') {
        const size_t whole = strcspn(text, "\r\n");
        const char *start = text;
        size_t length = whole;
        text_trim(&start, &length);
        const bool mark = strncmp(start, prefix, strlen(prefix)) == 0;
        if (length > 0 && (mark || !marked)) {
            found = mark ? start + strlen(prefix) : start;
            found_length = mark ? length - strlen(prefix) : length;
            marked = mark;
        }
        text += whole + (text[whole] != '\0');
    }
    AUTOBUFFER clean = BUFFER_SECRET_INIT(CHILD_ERRORS_CEILING * 2);
    if (redaction_append(&clean, found, found_length) < 0)
        return;
    AUTOFREE char *copy = strndup(buffer_text(&clean), AZURE_CLI_LINE_CEILING);
    if (copy != NULL)
        (void) text_append_printable(line, copy);
}

/* az ran, and gave no token. */
static enum credential_outcome
failure_explain(const struct credential_context *context,
                const struct child_result *result, struct error *err)
{
    AUTOBUFFER line = BUFFER_INIT(4 * AZURE_CLI_LINE_CEILING);
    const char *errors = buffer_text(result->errors);

    complaint_find(errors, &line);
    if (strstr(errors, "az login") != NULL) {
        error_set(err, "the Azure CLI is not signed in: %s",
                  buffer_text(&line));
        login_advise(context, err);
        return CREDENTIAL_FAILED;
    }
    if (result->status == AZURE_CLI_NOT_FOUND) {
        error_set(err, "Azure CLI not found on the PATH");
        return CREDENTIAL_UNAVAILABLE;
    }
    if (line.length > 0)
        error_set(err, "az account get-access-token: %s", buffer_text(&line));
    else
        error_set(err, "az account get-access-token ended with status %d",
                  result->status);
    error_advise(err, "see what az account get-access-token says");
    return CREDENTIAL_FAILED;
}

static enum credential_outcome
result_judge(const struct credential_context *context,
             const struct child_result *result, struct access_token *token,
             struct error *err)
{
    switch (result->end) {
    case CHILD_TIMED_OUT:
        error_set(err, "az gave no token within %lld seconds",
                  (long long) (context->tool_timeout / 1000));
        error_advise(err, "see how long az account get-access-token takes");
        return CREDENTIAL_FAILED;
    case CHILD_TOO_MUCH:
        error_set(err, "az printed more than %d bytes", CHILD_OUTPUT_CEILING);
        return CREDENTIAL_FAILED;
    case CHILD_EXITED:
        break;
    }
    if (result->status != 0)
        return failure_explain(context, result, err);
    if (token_response_parse_azure_cli(buffer_text(result->output),
                                       result->output->length, token, err)
        == 0)
        return CREDENTIAL_TOKEN;
    error_wrap(err, "az account get-access-token");
    error_advise(err, "see what az account get-access-token -o json prints");
    return CREDENTIAL_FAILED;
}

static void
on_child_done(const struct child_result *result, void *data)
{
    struct credential *credential = data;
    struct access_token token = { NULL, 0, 0 };
    AUTOERROR err = ERROR_INIT;

    const enum credential_outcome outcome =
        result_judge(credential->context, result, &token, &err);
    child_free(take_pointer(credential->child));
    credential->answer(outcome, outcome == CREDENTIAL_TOKEN ? &token : NULL,
                       &err, credential->data);
}

/* Starts az. Where it returns -1, *outcome says how to answer. */
static int
child_run(struct credential *credential, enum credential_outcome *outcome,
          struct error *err)
{
    const struct credential_context *context = credential->context;
    AUTOFREE char *path = program_find("az");
    const char *argv[] = {
        "az",   "account",    "get-access-token", "-o",
        "json", "--resource", context->audience,  NULL,
        NULL,   NULL,
    };

    *outcome = CREDENTIAL_UNAVAILABLE;
    if (path == NULL) {
        error_set(err, "Azure CLI not found on the PATH");
        return error_advise(err, "install the Azure CLI and run az login, or "
                                 "use another credential");
    }
    if (context->tenant != NULL) {
        if (!authority_valid_tenant(context->tenant)) {
            *outcome = CREDENTIAL_FAILED;
            error_set(err, "'%s' is not a tenant: an id or a domain is needed",
                      context->tenant);
            return error_advise(err, "AZURE_TENANT_ID takes an id or a "
                                     "domain, as --tenant does");
        }
        argv[7] = "--tenant";
        argv[8] = context->tenant;
    }
    const struct child_command command = { path, argv, context->tool_timeout };
    log_debug("run %s account get-access-token", path);
    return child_start(&credential->child, context->loop, &command,
                       on_child_done, credential, err);
}

static void
credential_request(struct credential *credential, const char *claims,
                   credential_answer *answer, void *data)
{
    enum credential_outcome outcome = CREDENTIAL_FAILED;
    AUTOERROR err = ERROR_INIT;

    credential->answer = answer;
    credential->data = data;
    if (claims != NULL)
        claims_explain(credential->context, claims, &err);
    else if (child_run(credential, &outcome, &err) == 0)
        return;
    answer(outcome, NULL, &err, data);
}

static void
credential_free(struct credential *credential)
{
    if (credential == NULL)
        return;
    child_free(credential->child);
    free(credential);
}

const struct credential_type azure_cli_credential = {
    .name = "AzureCliCredential",
    .group = CREDENTIAL_DEVELOPMENT,
    .needs = "the Azure CLI, signed in with az login",
    .create = credential_create,
    .request = credential_request,
    .free = credential_free,
};
