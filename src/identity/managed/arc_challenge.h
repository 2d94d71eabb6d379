/* SPDX-License-Identifier: Apache-2.0 */
/* What the agent of Azure Arc asks for before it gives a token: the contents
 * of a file that only root and its own group can read. The answer names the
 * file, so that whoever answers in the agent's place could have any file
 * sent to it: the path is held against the one place where the agent puts
 * them. */
#ifndef PIKET_IDENTITY_MANAGED_ARC_CHALLENGE_H
#define PIKET_IDENTITY_MANAGED_ARC_CHALLENGE_H

#include "base/buffer.h"
#include "base/error.h"

/* The agent's own folder on Linux, without a slash at its end. */
extern const char arc_challenge_folder[];

enum {
    ARC_CHALLENGE_KEY_CEILING = 4096, /* what Microsoft's libraries allow */
    ARC_CHALLENGE_PATH_CEILING = 512,
};

/* The path in a WWW-Authenticate header (NULL: there was none), which must
 * be "Basic realm=PATH", with PATH a name that ends in .key directly in
 * folder. The caller frees it. */
char *arc_challenge_path(const char *header, const char *folder,
                         struct error *err);

/* Appends the header line "Authorization: Basic KEY", with the contents of
 * the file: a regular one, itself and not a link to another, of 1 to
 * ARC_CHALLENGE_KEY_CEILING visible characters. header is a secret. */
int arc_challenge_answer(struct buffer *header, const char *path,
                         struct error *err);

#endif
