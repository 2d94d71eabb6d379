/* SPDX-License-Identifier: Apache-2.0 */
/* What the client of the ready file can sign in with beside its secret: a
 * certificate, the token of a cluster, and the issuers of two pipelines. */
#ifndef EMULATOR_SIGN_IN_FILES_H
#define EMULATOR_SIGN_IN_FILES_H

#include <jansson.h>

#include "base/error.h"
#include "server/world.h"

struct sign_in_files {
    char *certificate; /* both are paths; owned */
    char *federated_token;
};

/* Makes them in the directory, and registers the certificate with the first
 * client of the first tenant. Without a client there are none. */
int sign_in_files_make(struct sign_in_files *files, const char *directory,
                       struct world *world, struct error *err);

/* Adds them to what the ready file says; url is where the cloud listens. */
int sign_in_files_describe(const struct sign_in_files *files,
                           const struct world *world, const char *url,
                           json_t *ready);

/* Removes the files. */
void sign_in_files_done(struct sign_in_files *files);

#endif
