/* SPDX-License-Identifier: Apache-2.0 */
/* Files that hold secrets: of this user alone, in a folder of this user
 * alone. What is anything else is an error and is not used: somebody else may
 * have put it there, or may have read it. */
#ifndef PIKET_BASE_PRIVATE_FILE_H
#define PIKET_BASE_PRIVATE_FILE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buffer.h"
#include "base/error.h"

/* Appends the contents to target, whose ceiling bounds it. A file that is
 * not there is no error; *ret_exists tells. */
int private_file_read(const char *path, struct buffer *target,
                      bool *ret_exists, struct error *err);

/* Makes the folder, and those above it, with mode 0700 where they are not
 * there. Fails where the path could not be read or replaced afterwards: to be
 * called before a person has done something that is then to be kept. What a
 * killed run left beside the file more than a minute ago is removed. */
int private_file_prepare(const char *path, struct error *err);

/* Puts bytes at the path, whole or not at all, with mode 0600. The place is
 * prepared as above. */
int private_file_replace(const char *path, const void *bytes, size_t length,
                         struct error *err);

#endif
