/* SPDX-License-Identifier: Apache-2.0 */
/* A program that a person is signed in with, and that prints a token: the
 * Azure CLI and its kind. What they share; each tool's own file says what is
 * its own. Their caches, which hold refresh tokens, are not read here. */
#ifndef PIKET_IDENTITY_TOOL_TOOL_CREDENTIAL_H
#define PIKET_IDENTITY_TOOL_TOOL_CREDENTIAL_H

#include "base/arena.h"
#include "base/buffer.h"
#include "identity/token/credential.h"
#include "identity/token/token_response.h"

enum {
    TOOL_CALL_ARGUMENTS = 16,
    TOOL_CALL_VARIABLES = 4,
};

/* How a tool is run this time. Texts live in the arena or longer. */
struct tool_call {
    struct arena *arena;
    const char *argv[TOOL_CALL_ARGUMENTS + 1];
    size_t argument_count;
    const char *variables[TOOL_CALL_VARIABLES + 1]; /* "NAME=value" */
    size_t variable_count;
    bool failed; /* memory ran out */
};

/* Adds one argument, or one "NAME=value" of the environment. NULL is memory
 * that ran out. Arguments are seen by everybody: no secrets. */
void tool_call_add(struct tool_call *call, const char *argument);
void tool_call_set(struct tool_call *call, const char *variable);

/* A complaint that says more than "it failed". */
struct tool_sign {
    const char *text; /* somewhere in what it complained; NULL ends a list */
    enum credential_outcome outcome;
    const char *message;
    const char *advice;
};

struct tool {
    const char *program; /* "az", looked for on the PATH */
    const char *title;   /* "Azure CLI" */
    const char *command; /* "az account get-access-token", for messages */
    const char *install; /* what to do where there is none */

    /* What its complaint names where nobody is signed in, and what people
     * run then, the two options each with their blanks. */
    const char *login;
    const char *login_tenant;
    const char *login_claims; /* NULL: claims are given to the tool itself */

    /* Adds the arguments behind the name. claims is NULL where login_claims
     * is not. The tenant was checked. */
    void (*fill)(struct tool_call *call,
                 const struct credential_context *context, const char *claims);

    /* Appends what its complaint says, as it came. */
    void (*find_message)(struct buffer *message, const char *errors);

    /* The variables that it needs beside those of every tool
     * (identity/tool_environment.h); ends in NULL. */
    const char *const *variables;

    struct token_form form;        /* of what it prints */
    const struct tool_sign *signs; /* in order; or NULL */
};

/* These three make up a credential_type; the tool is borrowed. */
int tool_credential_create(struct credential **ret_credential,
                           const struct tool *tool,
                           const struct credential_context *context,
                           struct error *err);
void tool_credential_request(struct credential *credential, const char *claims,
                             credential_answer *answer, void *data);
void tool_credential_free(struct credential *credential);

#endif
