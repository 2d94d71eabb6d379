/* SPDX-License-Identifier: Apache-2.0 */
/* An open tenant: signed in to one cloud, ready to ask ARM. */
#ifndef PIKET_ENGINE_SESSION_SESSION_H
#define PIKET_ENGINE_SESSION_SESSION_H

#include <stdbool.h>
#include <stdint.h>

#include "azure/arm/arm.h"
#include "azure/arm/cloud.h"
#include "base/error.h"
#include "control/run/run.h"
#include "net/loop/loop.h"
#include "identity/token/credential.h"
#include "identity/chain/credential_chain.h"
#include "identity/chain/token_cache.h"

/* Borrowed; outlives the session. */
struct session_options {
    const struct cloud *cloud;
    const char *endpoint;         /* instead of the cloud's ARM; NULL: that */
    const char *endpoint_origin;  /* "--arm-endpoint", "PIKET_ARM_ENDPOINT" */
    bool endpoint_trusted;        /* as below */
    const char *authority;        /* instead of the cloud's; NULL: that */
    const char *authority_origin; /* "--authority-host", … */
    bool authority_trusted; /* given by a person, not by the environment */
    const char *tenant;     /* id or domain; NULL: the credential's own */
    const char *credential; /* a name; NULL: the chain */
    const char *credential_selection; /* AZURE_TOKEN_CREDENTIALS, or NULL */
    const char *managed_identity;     /* --managed-identity, or NULL */
    const char *ca_file;              /* or NULL */
    const char *token_cache; /* where people's sign-ins are kept, or NULL */
    credential_show *show;   /* see credential_context */
    void *show_data;
    unsigned concurrency;
    int64_t try_timeout; /* milliseconds */
};

struct session;

/* Checks the options and prepares; sends nothing yet. The loop is borrowed.
 * Fails where an endpoint, an authority or a name cannot be used. */
int session_open(struct session **ret_session, struct loop *loop,
                 const struct session_options *options, struct error *err);

/* NULL is allowed. */
void session_close(struct session *session);

/* Borrowed. */
struct arm *session_arm(struct session *session);

/* Why no token could be had, with advice; NULL while there is hope. */
const struct error *session_sign_in_error(const struct session *session);

/* The credential that signed in, NULL before that. */
const char *session_credential(const struct session *session);

/* The credentials that are tried, in order, and why not. Borrowed. */
const struct credential_chain *session_chain(const struct session *session);

/* Azure Resource Manager's endpoint in use. Borrowed. */
const char *session_endpoint(const struct session *session);

/* The token authority in use. Borrowed. */
const char *session_authority(const struct session *session);

/* When the token in use ends, see token_cache_expires_at. */
int64_t session_token_expires_at(const struct session *session);

/* A claim of the token in use, unverified, for display; the caller frees
 * it. NULL where there is none. */
char *session_claim(const struct session *session, const char *name);

/* The tenant that was asked for, NULL where the credential's own will do.
 * Borrowed. */
const char *session_tenant(const struct session *session);

/* Adds to the run who was signed in, and to which tenant: NULL where nothing
 * says it. Claims are of use only for display. */
int session_describe(const struct session *session, const char *tenant_id,
                     struct run *run, struct error *err);

#endif
