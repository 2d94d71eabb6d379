/* SPDX-License-Identifier: Apache-2.0 */
/* The sign-ins of people, kept in a file so that they need not be repeated:
 * one refresh token for each authority, tenant and application, with a SHA-256
 * over all of them. */
#ifndef PIKET_IDENTITY_ENTRA_SIGN_IN_FILE_H
#define PIKET_IDENTITY_ENTRA_SIGN_IN_FILE_H

#include <stddef.h>

#include "base/error.h"

enum { SIGN_IN_FILE_CEILING = 1024 * 1024 };

/* Whose sign-in; letter case does not count. */
struct sign_in_key {
    const char *authority;
    const char *tenant;
    const char *client;
};

/* *ret_token is the refresh token, which the caller releases with
 * secret_free; NULL where there is none, or no file. Fails where the file is
 * not of this user alone (private_file), or is damaged. */
int sign_in_file_read(const char *path, const struct sign_in_key *key,
                      char **ret_token, struct error *err);

/* Keeps a token in the place of the one before; NULL forgets it. The others
 * in the file stay; the oldest of very many goes. Fails as above, and leaves
 * the file as it was then. */
int sign_in_file_write(const char *path, const struct sign_in_key *key,
                       const char *token, struct error *err);

/* Finds a token among the bytes of such a file; for the above, and for
 * tests. */
int sign_in_file_parse(const char *bytes, size_t length,
                       const struct sign_in_key *key, char **ret_token,
                       struct error *err);

#endif
