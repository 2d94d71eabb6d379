/* SPDX-License-Identifier: Apache-2.0 */
/* What the client of the ready file can sign in with beside its secret. */
#include "sign_in_files.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/cleanup.h"
#include "base/clock.h"
#include "base/file.h"
#include "entra/oidc_endpoint.h"
#include "entra/oidc_issuers.h"
#include "estate/estate.h"
#include "estate/estate_client.h"
#include "server/certificate.h"

/* As a cluster does by default. */
enum { CLUSTER_LIFETIME = 3600, TEXT_MAXIMUM = 64 * 1024 };

static char *
path_in(const char *directory, const char *name)
{
    char *path;

    return asprintf(&path, "%s/%s", directory, name) < 0 ? NULL : path;
}

static int
certificate_write(const struct sign_in_files *files, struct world *world,
                  struct client *client, struct error *err)
{
    CLEANUP(certificate_done)
    struct certificate made = { NULL, NULL, NULL };
    AUTOBUFFER text = BUFFER_SECRET_INIT(TEXT_MAXIMUM);

    if (certificate_make_client(&made, err) < 0)
        return -1;
    if (estate_client_register(world->estate, client, made.leaf) < 0
        || buffer_append_text(&text, made.leaf) < 0
        || buffer_append_text(&text, made.key) < 0)
        return error_set_memory(err);
    return file_replace(files->certificate, buffer_text(&text), text.length,
                        0600, err);
}

static int
token_write(const struct sign_in_files *files, const struct world *world,
            struct error *err)
{
    AUTOBUFFER token = BUFFER_INIT(TEXT_MAXIMUM);
    const struct oidc_token_request request = {
        .issuer = FEDERATED_CLUSTER,
        .audience = federated_credentials[FEDERATED_CLUSTER].audience,
        .now = clock_now() / 1000,
        .lifetime = CLUSTER_LIFETIME,
    };

    if (oidc_issuers_issue(world->issuers, &request, &token) < 0)
        return error_set(err, "cannot sign the cluster's token");
    return file_replace(files->federated_token, buffer_text(&token),
                        token.length, 0600, err);
}

int
sign_in_files_make(struct sign_in_files *files, const char *directory,
                   struct world *world, struct error *err)
{
    const struct tenant *tenant = &world->estate->tenants[0];

    if (tenant->client_count == 0)
        return 0;
    files->certificate = path_in(directory, "client.pem");
    files->federated_token = path_in(directory, "federated-token");
    if (files->certificate == NULL || files->federated_token == NULL)
        return error_set_memory(err);
    if (certificate_write(files, world, &tenant->clients[0], err) < 0)
        return -1;
    return token_write(files, world, err);
}

int
sign_in_files_describe(const struct sign_in_files *files,
                       const struct world *world, const char *url,
                       json_t *ready)
{
    const char *job = oidc_issuers_job_token(world->issuers);
    json_t *more = json_pack(
        "{s:s?, s:s?, s:o, s:s, s:o, s:s, s:s}", "certificateFile",
        files->certificate, "federatedTokenFile", files->federated_token,
        "githubOidcUrl",
        json_sprintf("%s%s?api-version=2.0", url,
                     OIDC_GITHUB_PATH(OIDC_PLAN, OIDC_JOB)),
        "githubOidcToken", job, "pipelinesOidcUrl",
        json_sprintf("%s%s", url, OIDC_PIPELINES_PATH(OIDC_PLAN, OIDC_JOB)),
        "pipelinesOidcToken", job, "serviceConnectionId",
        oidc_service_connection);
    const int result = json_object_update(ready, more);

    json_decref(more);
    return result;
}

static void
file_remove(char *path)
{
    if (path != NULL)
        (void) unlink(path);
    free(path);
}

void
sign_in_files_done(struct sign_in_files *files)
{
    file_remove(files->certificate);
    file_remove(files->federated_token);
    *files = (struct sign_in_files){ NULL, NULL };
}
