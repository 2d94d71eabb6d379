/* SPDX-License-Identifier: Apache-2.0 */
/* Where a pipeline's job gets the token by which it signs in elsewhere. */
#ifndef EMULATOR_ENTRA_OIDC_ENDPOINT_H
#define EMULATOR_ENTRA_OIDC_ENDPOINT_H

#include "server/exchange.h"

/* Of the one job there is; behind the server's URL. */
#define OIDC_PLAN "91a90000-0000-4000-8000-00000000abcd"
#define OIDC_JOB "10b00000-0000-4000-8000-00000000abcd"
#define OIDC_GITHUB_PATH(plan, job)                                           \
    "/piket-runs/_apis/distributedtask/hubs/Actions/plans/" plan "/jobs/" job \
    "/idtoken"
#define OIDC_PIPELINES_PATH(plan, job)                                  \
    "/contoso/Beveiliging/_apis/distributedtask/hubs/build/plans/" plan \
    "/jobs/" job "/oidctoken"

/* GET, with the audience in the query. */
void oidc_endpoint_github(struct exchange *exchange);

/* POST, with api-version and serviceConnectionId in the query. */
void oidc_endpoint_pipelines(struct exchange *exchange);

#endif
