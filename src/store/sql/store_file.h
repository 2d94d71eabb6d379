/* SPDX-License-Identifier: Apache-2.0 */
/* Where the database lies, and whose it is. */
#ifndef PIKET_STORE_STORE_FILE_H
#define PIKET_STORE_STORE_FILE_H

#include <stdbool.h>

#include "base/error.h"

/* Finds out whether a database is at the path. Its folder is one in which
 * only this user, or root, can write; the file, and what SQLite and piket keep
 * beside it, are this user's alone, of mode 0600: what somebody put there
 * would be taken for data. Anything else is an error. */
int store_file_check(const char *path, bool *ret_exists, struct error *err);

/* Makes an empty file of mode 0600 at the path, and its folder with mode
 * 0700, where they are not there. Checks as above. */
int store_file_make(const char *path, struct error *err);

/* The path without symbolic links, which the caller frees. The file
 * exists. */
int store_file_resolve(const char *path, char **ret_path, struct error *err);

/* Opens the file by which those who change something take turns, and makes it
 * where it is not there. The caller closes the descriptor. */
int store_file_open_lock(const char *path, int *ret_descriptor,
                         struct error *err);

/* The id of the process that writes to the database at this moment; 0 where
 * that is not known. */
long store_file_writer(const char *path);

#endif
