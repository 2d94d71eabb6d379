/* SPDX-License-Identifier: Apache-2.0 */
/* Whole files: read up to a ceiling, replaced in one step. */
#ifndef PIKET_BASE_FILE_H
#define PIKET_BASE_FILE_H

#include <stddef.h>
#include <sys/types.h>

#include "base/buffer.h"
#include "base/error.h"

/* Appends the contents of a regular file to target, whose ceiling bounds
 * it. "-" is an ordinary name. */
int file_read(const char *path, struct buffer *target, struct error *err);

/* Puts bytes at path, whole or not at all: written to a new file beside it,
 * synced, renamed. A symbolic link is followed and kept. mode is that of a
 * new file, less the umask; a file that stands there keeps its own. */
int file_replace(const char *path, const void *bytes, size_t length,
                 mode_t mode, struct error *err);

/* Writes all bytes to a descriptor; errno tells why where it returns -1. */
int file_write_all(int descriptor, const void *bytes, size_t length);

#endif
