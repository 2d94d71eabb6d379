/* SPDX-License-Identifier: Apache-2.0 */
/* A program that a person is signed in with, and that prints a token. */
#include "identity/tool/tool_credential.h"

#include <stdlib.h>
#include <string.h>

#include "base/cleanup.h"
#include "base/log.h"
#include "identity/entra/authority.h"
#include "identity/token/base64.h"
#include "net/loop/child.h"
#include "identity/token/claims_challenge.h"
#include "net/loop/program.h"
#include "identity/tool/tool_environment.h"
#include "identity/tool/tool_message.h"

enum {
    TOOL_LINE_CEILING = 4096,
    TOOL_NOT_FOUND = 127, /* a shell's status for no such program */
};

struct credential {
    const struct tool *tool;                  /* borrowed */
    const struct credential_context *context; /* borrowed */
    struct child *child;                      /* NULL while none runs */
    credential_answer *answer;
    void *data;
};

void
tool_call_add(struct tool_call *call, const char *argument)
{
    if (argument == NULL || call->argument_count == TOOL_CALL_ARGUMENTS)
        call->failed = true;
    else
        call->argv[call->argument_count++] = argument;
}

void
tool_call_set(struct tool_call *call, const char *variable)
{
    if (variable == NULL || call->variable_count == TOOL_CALL_VARIABLES)
        call->failed = true;
    else
        call->variables[call->variable_count++] = variable;
}

int
tool_credential_create(struct credential **ret_credential,
                       const struct tool *tool,
                       const struct credential_context *context,
                       struct error *err)
{
    struct credential *credential = calloc(1, sizeof(*credential));

    if (credential == NULL)
        return error_set_memory(err);
    credential->tool = tool;
    credential->context = context;
    *ret_credential = credential;
    return 0;
}

/* What a person runs to sign in to this tenant, with these claims if any. */
static void
login_advise(const struct credential *credential, const char *claims,
             struct error *err)
{
    const struct tool *tool = credential->tool;
    const char *tenant = credential->context->tenant;

    error_advise(err, "run %s%s%s%s%s", tool->login,
                 tenant != NULL ? tool->login_tenant : "",
                 tenant != NULL ? tenant : "",
                 claims != NULL ? tool->login_claims : "",
                 claims != NULL ? claims : "");
}

/* The tool cannot be given claims; it is the person who must sign in with
 * them. */
static void
claims_explain(const struct credential *credential, const char *claims,
               struct error *err)
{
    AUTOBUFFER encoded = BUFFER_INIT(2 * CLAIMS_CHALLENGE_CEILING);

    error_set(err, "the tenant asks for another sign-in (claims challenge)");
    if (base64_encode(&encoded, claims, strlen(claims)) < 0)
        login_advise(credential, NULL, err);
    else
        login_advise(credential, buffer_text(&encoded), err);
}

static enum credential_outcome
missing_explain(const struct tool *tool, struct error *err)
{
    error_set(err, "%s not found on the PATH", tool->title);
    error_advise(err, "%s", tool->install);
    return CREDENTIAL_UNAVAILABLE;
}

/* The first of the tool's own signs that its complaint shows, or NULL. */
static const struct tool_sign *
sign_find(const struct tool *tool, const char *errors)
{
    for (const struct tool_sign *sign = tool->signs;
         sign != NULL && sign->text != NULL; sign++)
        if (strstr(errors, sign->text) != NULL)
            return sign;
    return NULL;
}

/* The tool ran, and gave no token. */
static enum credential_outcome
failure_explain(const struct credential *credential,
                const struct child_result *result, struct error *err)
{
    const struct tool *tool = credential->tool;
    const char *errors = buffer_text(result->errors);
    const struct tool_sign *sign = sign_find(tool, errors);
    AUTOBUFFER message = BUFFER_SECRET_INIT(CHILD_ERRORS_CEILING);
    AUTOBUFFER line = BUFFER_INIT(TOOL_LINE_CEILING);

    if (sign != NULL) {
        error_set(err, "%s", sign->message);
        error_advise(err, "%s", sign->advice);
        return sign->outcome;
    }
    tool->find_message(&message, errors);
    tool_message_show(&line, &message);
    if (strstr(errors, tool->login) != NULL) {
        error_set(err, "%s is not signed in: %s", tool->title,
                  buffer_text(&line));
        login_advise(credential, NULL, err);
        return CREDENTIAL_FAILED;
    }
    if (result->status == TOOL_NOT_FOUND)
        return missing_explain(tool, err);
    if (line.length > 0)
        error_set(err, "%s: %s", tool->command, buffer_text(&line));
    else
        error_set(err, "%s ended with status %d", tool->command,
                  result->status);
    error_advise(err, "see what %s says", tool->command);
    return CREDENTIAL_FAILED;
}

static enum credential_outcome
result_judge(const struct credential *credential,
             const struct child_result *result, struct access_token *token,
             struct error *err)
{
    const struct tool *tool = credential->tool;

    switch (result->end) {
    case CHILD_TIMED_OUT:
        error_set(err, "%s gave no token within %lld seconds", tool->program,
                  (long long) (credential->context->tool_timeout / 1000));
        error_advise(err, "see how long %s takes", tool->command);
        return CREDENTIAL_FAILED;
    case CHILD_TOO_MUCH:
        error_set(err, "%s printed more than %d bytes", tool->program,
                  CHILD_OUTPUT_CEILING);
        return CREDENTIAL_FAILED;
    case CHILD_FLOODED:
        error_set(err, "%s complained more than %d bytes", tool->program,
                  CHILD_FLOOD_CEILING);
        error_advise(err, "see what %s says", tool->command);
        return CREDENTIAL_FAILED;
    case CHILD_EXITED:
        break;
    }
    if (result->status != 0)
        return failure_explain(credential, result, err);
    if (token_response_parse_tool(buffer_text(result->output),
                                  result->output->length, &tool->form, token,
                                  err)
        == 0)
        return CREDENTIAL_TOKEN;
    error_wrap(err, "%s", tool->command);
    error_advise(err, "see what %s prints", tool->command);
    return CREDENTIAL_FAILED;
}

static void
on_child_done(const struct child_result *result, void *data)
{
    struct credential *credential = data;
    struct access_token token = { NULL, 0, 0 };
    AUTOERROR err = ERROR_INIT;

    const enum credential_outcome outcome =
        result_judge(credential, result, &token, &err);
    child_free(take_pointer(credential->child));
    credential->answer(outcome, outcome == CREDENTIAL_TOKEN ? &token : NULL,
                       &err, credential->data);
}

static int
call_start(struct credential *credential, const char *path, const char *claims,
           struct arena *arena, struct error *err)
{
    const struct credential_context *context = credential->context;
    struct tool_call call = { .arena = arena };

    AUTOFREE char *trusted = program_path();

    tool_call_set(
        &call, arena_printf(arena, "PATH=%s", trusted != NULL ? trusted : ""));
    tool_call_add(&call, credential->tool->program);
    credential->tool->fill(&call, context, claims);
    AUTOFREE const char **variables =
        tool_environment(credential->tool->variables, call.variables);
    if (call.failed || trusted == NULL || variables == NULL)
        return error_set_memory(err);
    const struct child_command command = {
        .path = path,
        .argv = call.argv,
        .variables = variables,
        .timeout = context->tool_timeout,
    };
    log_debug("run %s: %s", path, credential->tool->command);
    return child_start(&credential->child, context->loop, &command,
                       on_child_done, credential, err);
}

/* Starts the tool. Where it returns -1, *outcome says how to answer. */
static int
tool_run(struct credential *credential, const char *claims,
         enum credential_outcome *outcome, struct error *err)
{
    const char *tenant = credential->context->tenant;
    const char *program = credential->tool->program;
    AUTOFREE char *path = NULL;

    *outcome = CREDENTIAL_FAILED;
    if (program_find(program, &path, err) < 0)
        return error_wrap(err, "%s is not run", program);
    if (path == NULL) {
        *outcome = missing_explain(credential->tool, err);
        return -1;
    }
    if (tenant != NULL && !authority_valid_tenant(tenant)) {
        error_set(err, "'%s' is not a tenant: an id or a domain is needed",
                  tenant);
        return error_advise(err, "AZURE_TENANT_ID takes an id or a domain, "
                                 "as --tenant does");
    }
    *outcome = CREDENTIAL_UNAVAILABLE;
    struct arena *arena = arena_new();
    const int result = arena != NULL
                           ? call_start(credential, path, claims, arena, err)
                           : error_set_memory(err);
    arena_free(arena);
    return result;
}

void
tool_credential_request(struct credential *credential, const char *claims,
                        credential_answer *answer, void *data)
{
    enum credential_outcome outcome = CREDENTIAL_FAILED;
    AUTOERROR err = ERROR_INIT;

    credential->answer = answer;
    credential->data = data;
    if (claims != NULL && credential->tool->login_claims != NULL)
        claims_explain(credential, claims, &err);
    else if (tool_run(credential, claims, &outcome, &err) == 0)
        return;
    answer(outcome, NULL, &err, data);
}

void
tool_credential_free(struct credential *credential)
{
    if (credential == NULL)
        return;
    child_free(credential->child);
    free(credential);
}
