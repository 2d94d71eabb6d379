/* SPDX-License-Identifier: Apache-2.0 */
/* What a credential is: something that can get an access token for ARM. Each
 * kind is one file and one row of credential_table. */
#ifndef PIKET_IDENTITY_TOKEN_CREDENTIAL_H
#define PIKET_IDENTITY_TOKEN_CREDENTIAL_H

#include <stdbool.h>
#include <stdint.h>

#include "base/error.h"
#include "net/http/http_client.h"
#include "net/loop/loop.h"

/* A token and when it ends, in milliseconds since 1970. */
struct access_token {
    char *value;        /* owned secret */
    int64_t expires_at; /* INT64_MAX where nobody said */
    int64_t refresh_at; /* when the issuer asks for a refresh; 0: no word */
};

/* Wipes and releases the contents. */
void access_token_done(struct access_token *token);

/* What a person must do before a token can come: open the page, and enter
 * the code there. Texts are printable; all is borrowed for the call. */
struct credential_prompt {
    const char *url;
    const char *code;
    const char *tenant; /* id or domain, or "organizations" */
    int64_t remaining;  /* milliseconds for which the code is good */
};

/* Shows it, however quiet the program is: nothing goes on without. */
typedef void credential_show(const struct credential_prompt *prompt,
                             void *data);

/* What every credential is given. Borrowed; outlives the credential. */
struct credential_context {
    struct loop *loop;
    const char *authority; /* https://login.microsoftonline.com: an origin */
    const char *tenant;    /* id or domain asked for; NULL: the
                              credential's own */
    const char *audience;  /* https://management.core.windows.net/ */
    const char *ca_file;   /* or NULL */
    int64_t tool_timeout;  /* milliseconds for az and its kind */
    int64_t try_timeout;   /* milliseconds for one try of a request, where a
                              credential's own are more; or 0 */
    const char *managed_identity; /* --managed-identity, which has been read
                                     with success; or NULL */
    const char *token_cache; /* the file in which people's sign-ins are kept;
                                NULL: they are not */
    credential_show *show;   /* NULL: there is nobody to show anything to */
    void *show_data;
    bool alone; /* no other credential is tried; the chain sets this */
};

enum credential_outcome {
    CREDENTIAL_TOKEN,       /* here it is */
    CREDENTIAL_UNAVAILABLE, /* not configured here: the chain goes on */
    CREDENTIAL_FAILED,      /* configured, and refused: the chain stops */
    CREDENTIAL_INCOMPLETE,  /* half configured: the chain goes on; where no
                               other has a token, this one was meant */
};

/* Called exactly once for each request, from loop_run or before the request
 * returns. token is set only for CREDENTIAL_TOKEN and is the callee's to
 * keep; err otherwise, borrowed, one line for people, with its advice. */
typedef void credential_answer(enum credential_outcome outcome,
                               struct access_token *token, struct error *err,
                               void *data);

/* Milliseconds for one try of a request, of which a credential gives this
 * many of itself. */
static inline int64_t
credential_try_timeout(const struct credential_context *context, int64_t own)
{
    return context->try_timeout > 0 && context->try_timeout < own
               ? context->try_timeout
               : own;
}

struct credential; /* each kind has its own */

/* Where a credential stands in the chain. */
enum credential_group {
    CREDENTIAL_STATIC,      /* before the SDKs' chain */
    CREDENTIAL_PRODUCTION,  /* AZURE_TOKEN_CREDENTIALS=prod */
    CREDENTIAL_DEVELOPMENT, /* =dev; a failure does not stop the chain */
    CREDENTIAL_BY_NAME,     /* only where it is named */
};

struct credential_type {
    const char *name; /* as the SDKs call it: "AzureCliCredential" */
    enum credential_group group;
    const char *needs; /* what makes it available, for help and doctor */

    /* Makes one; never blocks. Fails only where memory runs out: what is
     * not configured is found by request. */
    int (*create)(struct credential **ret_credential,
                  const struct credential_context *context, struct error *err);

    /* Asks for a token. claims is the decoded claims challenge of a 401
     * answer, or NULL. One request at a time. */
    void (*request)(struct credential *credential, const char *claims,
                    credential_answer *answer, void *data);

    /* Drops a request under way without an answer. NULL is allowed. */
    void (*free)(struct credential *credential);
};

#endif
