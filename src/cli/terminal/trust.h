/* SPDX-License-Identifier: Apache-2.0 */
/* Files that decide what piket does. */
#ifndef PIKET_CLI_TERMINAL_TRUST_H
#define PIKET_CLI_TERMINAL_TRUST_H

#include <stdbool.h>

#include "base/buffer.h"
#include "base/error.h"

/* Appends the contents of the file to target. One that somebody else could
 * have written, see base/place.h, is an error where piket changes something
 * in Azure by it; where piket only reads, a warning says so. */
int trust_read(const char *path, bool writes, struct buffer *target,
               struct error *err);

/* The same judgement of a file that a library reads; name is who names it, an
 * option or a variable. One that is not there is no error. */
int trust_file(const char *path, const char *name, bool writes,
               struct error *err);

/* Of a file that is not there, for a command that changes something in Azure:
 * fails where somebody else could have removed it. option names another. */
int trust_absence(const char *path, const char *option, struct error *err);

#endif
