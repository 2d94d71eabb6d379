/* SPDX-License-Identifier: Apache-2.0 */
/* Files that decide what piket does. */
#ifndef PIKET_CLI_TRUST_H
#define PIKET_CLI_TRUST_H

#include <stdbool.h>

#include "base/buffer.h"
#include "base/error.h"

/* Appends the contents of the file to target. One that somebody else could
 * have written, see base/place.h, is an error where piket changes something
 * in Azure by it; where piket only reads, a warning says so. */
int trust_read(const char *path, bool writes, struct buffer *target,
               struct error *err);

#endif
