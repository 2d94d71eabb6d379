/* SPDX-License-Identifier: Apache-2.0 */
/* An open tenant. */
#include "engine/session/session.h"

#include <stdlib.h>

#include "base/cleanup.h"
#include "base/text.h"
#include "identity/entra/authority.h"
#include "identity/chain/credential_table.h"

/* az needs 1 to 4 seconds on a cold start, and more on a busy machine. */
enum { SESSION_TOOL_TIMEOUT = 30 * 1000 };

struct session {
    char *endpoint;
    char *authority;
    const char *tenant; /* that was asked for, or NULL */
    struct credential_chain *chain;
    struct token_cache *tokens;
    struct arm *arm;
};

static void
tokens_ready(void *data)
{
    const struct session *session = data;

    http_client_authorized(arm_client(session->arm));
}

static int
check_addresses(struct session *session, const struct session_options *options,
                struct error *err)
{
    session->endpoint =
        options->endpoint != NULL
            ? cloud_check_endpoint(options->endpoint, options->endpoint_origin,
                                   options->endpoint_trusted, err)
            : cloud_check_endpoint(options->cloud->endpoint, "cloud", true,
                                   err);
    if (session->endpoint == NULL)
        return -1;
    session->authority =
        options->authority != NULL
            ? authority_check(options->authority, options->authority_origin,
                              options->authority_trusted, err)
            : authority_check(options->cloud->authority, "cloud", true, err);
    if (session->authority == NULL)
        return -1;
    if (options->tenant != NULL && !authority_valid_tenant(options->tenant))
        return error_set(err,
                         "'%s' is not a tenant: give its id or one of "
                         "its domains",
                         options->tenant);
    return 0;
}

static int
open_chain(struct session *session, struct loop *loop,
           const struct session_options *options, struct error *err)
{
    const struct credential_context context = {
        .loop = loop,
        .authority = session->authority,
        .tenant = options->tenant,
        .audience = options->cloud->audience,
        .ca_file = options->ca_file,
        .managed_identity = options->managed_identity,
        .tool_timeout = SESSION_TOOL_TIMEOUT,
        .try_timeout = options->try_timeout,
        .token_cache = options->token_cache,
        .show = options->show,
        .show_data = options->show_data,
    };
    AUTOFREE const struct credential_type **types =
        calloc(credential_table_length, sizeof(*types));
    size_t count;

    if (types == NULL)
        return error_set_memory(err);
    if (credential_select(options->credential, options->credential_selection,
                          types, &count, err)
        < 0)
        return -1;
    return credential_chain_new(&session->chain, types, count, &context, err);
}

int
session_open(struct session **ret_session, struct loop *loop,
             const struct session_options *options, struct error *err)
{
    struct session *session = calloc(1, sizeof(*session));

    if (session == NULL)
        return error_set_memory(err);
    session->tenant = options->tenant;
    if (check_addresses(session, options, err) < 0
        || open_chain(session, loop, options, err) < 0
        || token_cache_new(&session->tokens, loop, session->chain,
                           tokens_ready, session, err)
               < 0)
        goto fail;
    const struct arm_options arm = {
        .loop = loop,
        .endpoint = session->endpoint,
        .concurrency = options->concurrency,
        .try_timeout = options->try_timeout,
        .ca_file = options->ca_file,
        .authorize = token_cache_authorize,
        .rejected = token_cache_rejected,
        .accepted = token_cache_accepted,
        .data = session->tokens,
    };
    if (arm_new(&session->arm, &arm, err) < 0)
        goto fail;
    *ret_session = session;
    return 0;
fail:
    session_close(session);
    return -1;
}

void
session_close(struct session *session)
{
    if (session == NULL)
        return;
    arm_free(session->arm);
    token_cache_free(session->tokens);
    credential_chain_free(session->chain);
    free(session->authority);
    free(session->endpoint);
    free(session);
}

struct arm *
session_arm(struct session *session)
{
    return session->arm;
}

const struct error *
session_sign_in_error(const struct session *session)
{
    return token_cache_error(session->tokens);
}

const char *
session_credential(const struct session *session)
{
    const struct credential_type *chosen =
        credential_chain_chosen(session->chain);

    return chosen != NULL ? chosen->name : NULL;
}

const struct credential_chain *
session_chain(const struct session *session)
{
    return session->chain;
}

const char *
session_endpoint(const struct session *session)
{
    return session->endpoint;
}

const char *
session_authority(const struct session *session)
{
    return session->authority;
}

int64_t
session_token_expires_at(const struct session *session)
{
    return token_cache_expires_at(session->tokens);
}

char *
session_claim(const struct session *session, const char *name)
{
    return token_cache_claim(session->tokens, name);
}

static char *
copy_claim(struct run *run, const struct session *session, const char *name)
{
    AUTOFREE char *claim = session_claim(session, name);

    return arena_copy(run->arena, claim);
}

const char *
session_tenant(const struct session *session)
{
    return session->tenant;
}

int
session_describe(const struct session *session, const char *tenant_id,
                 struct run *run, struct error *err)
{
    static const char *const identities[] = { "app_displayname", "upn",
                                              "unique_name", "appid", "oid" };
    struct run_tenant tenant = {
        .id = tenant_id != NULL ? arena_copy(run->arena, tenant_id) : "",
        .credential = session_credential(session),
    };

    for (size_t i = 0; i < ARRAY_LENGTH(identities) && tenant.identity == NULL;
         i++)
        tenant.identity = copy_claim(run, session, identities[i]);
    if (tenant.id == NULL)
        return error_set_memory(err);
    return run_add_tenant(run, &tenant, err);
}
