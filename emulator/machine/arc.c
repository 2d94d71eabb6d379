/* SPDX-License-Identifier: Apache-2.0 */
/* The agent of Azure Arc. */
#include "machine/arc.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <openssl/crypto.h>

#include "base/cleanup.h"
#include "base/file.h"
#include "base/random.h"
#include "machine/machine_error.h"
#include "machine/metadata_token.h"
#include "server/world.h"

/* The only folder that clients accept on Linux. */
static const char agent_folder[] = "/var/opt/azcmagent/tokens";

struct arc {
    char *folder;
    char *path; /* of the key that was named last; NULL is none */
    char key[RANDOM_UUID_SIZE];
};

struct arc *
arc_new(const char *folder, struct error *err)
{
    struct arc *arc = calloc(1, sizeof(*arc));

    if (arc != NULL)
        arc->folder = strdup(folder != NULL ? folder : agent_folder);
    if (arc == NULL || arc->folder == NULL) {
        arc_free(arc);
        error_set_memory(err);
        return NULL;
    }
    return arc;
}

static void
key_remove(struct arc *arc)
{
    if (arc->path != NULL)
        (void) unlink(arc->path);
    free(arc->path);
    arc->path = NULL;
}

void
arc_free(struct arc *arc)
{
    if (arc == NULL)
        return;
    key_remove(arc);
    free(arc->folder);
    free(arc);
}

static void
challenge(struct exchange *exchange)
{
    struct arc *arc = exchange->world->arc;
    char name[RANDOM_UUID_SIZE];
    AUTOERROR err = ERROR_INIT;

    key_remove(arc);
    (void) random_uuid(name);
    (void) random_uuid(arc->key);
    if (asprintf(&arc->path, "%s/%s.key", arc->folder, name) < 0) {
        arc->path = NULL;
        exchange->failed = true;
        return;
    }
    if (file_replace(arc->path, arc->key, strlen(arc->key), 0640, &err) < 0) {
        machine_refuse(exchange, 500, "unknown", error_message(&err));
        return;
    }
    exchange_add_header(exchange, "WWW-Authenticate", "Basic realm=%s/%s.key",
                        agent_folder, name);
    machine_refuse(exchange, 401, "unauthorized_client",
                   "The key in the realm is required");
}

void
arc_token(struct exchange *exchange)
{
    static const char scheme[] = "Basic ";
    struct arc *arc = exchange->world->arc;
    const char *header = exchange_header(exchange, "Authorization");

    if (!metadata_token_check(exchange))
        return;
    if (header == NULL) {
        challenge(exchange);
        return;
    }
    const bool good =
        arc->path != NULL && strncmp(header, scheme, strlen(scheme)) == 0
        && strlen(header + strlen(scheme)) == strlen(arc->key)
        && CRYPTO_memcmp(header + strlen(scheme), arc->key, strlen(arc->key))
               == 0;
    key_remove(arc);
    if (good)
        metadata_token_answer(exchange, true);
    else
        machine_refuse(exchange, 401, "unauthorized_client",
                       "The key is not valid");
}
