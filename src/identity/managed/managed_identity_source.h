/* SPDX-License-Identifier: Apache-2.0 */
/* Where a machine gets the tokens of its identities: a service of the
 * platform that it runs on. Each is one file and one row of the table; what
 * they have in common is done by managed_identity_credential. */
#ifndef PIKET_IDENTITY_MANAGED_MANAGED_IDENTITY_SOURCE_H
#define PIKET_IDENTITY_MANAGED_MANAGED_IDENTITY_SOURCE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "net/http/http_client.h"
#include "identity/managed/managed_identity_endpoint.h"
#include "identity/managed/managed_identity_id.h"

struct managed_identity_source {
    const char *name; /* for people: "Azure Arc" */
    const char *api_version;
    bool post; /* the resource goes into a form; else into the query */

    /* The parameter for each kind of id; NULL where an identity cannot be
     * chosen by it. */
    const char *parameters[MANAGED_IDENTITY_KINDS];

    /* Names the client id that stands for no choice at all; or NULL. */
    const char *client_variable;

    /* Whether the answer must name the identity that was asked for. */
    bool echoes;

    /* Nothing tells that there is such a service, before it answers. */
    bool uncertain;

    /* Answers 401, and wants what stands in a file of this machine. */
    bool challenges;

    int64_t connect_timeout; /* milliseconds; 0: the usual */
    unsigned retries;
    int64_t backoff;
    http_classify *classify; /* NULL: the usual statuses are retried */

    /* Whether this machine's environment says that it is here. */
    bool (*detect)(void);

    /* Fails where the environment cannot be used; names the variable. */
    int (*locate)(struct managed_identity_endpoint *ret_endpoint,
                  struct error *err);

    /* Whether an answer without a token means that there is no such service
     * or no identity here, so that the chain goes on. NULL: none does. */
    bool (*is_absence)(const struct managed_identity_id *id,
                       const struct http_response *response);
};

extern const struct managed_identity_source app_service_source;
extern const struct managed_identity_source arc_source;
extern const struct managed_identity_source cloud_shell_source;
extern const struct managed_identity_source imds_source;
extern const struct managed_identity_source machine_learning_source;
extern const struct managed_identity_source service_fabric_source;

/* The one that this machine has: the first row that detects itself, in the
 * order of Microsoft's libraries. The last row is there for every machine,
 * so that there is always one. */
const struct managed_identity_source *managed_identity_source_detect(void);

#endif
