/* SPDX-License-Identifier: Apache-2.0 */
/* What nobody else can have put in place.
 *
 * A path can be trusted where it, each folder that leads to it, and each link
 * on the way, belong to this user or to root, and nobody else may write to
 * them. Where a folder is sticky, as /tmp is, others may write to it, and yet
 * cannot rename or remove what is not theirs: such a folder may lie above.
 * The one that a program itself lies in, or a link to it, may not be
 * writable at all: programs load what lies beside them. */
#ifndef PIKET_NET_LOOP_TRUSTED_PATH_H
#define PIKET_NET_LOOP_TRUSTED_PATH_H

#include "base/error.h"

/* Fails where the absolute path of a program cannot be trusted: err says what
 * is wrong with which part of it, and what to do. The same for a folder where
 * the path ends in a slash. */
int trusted_path_check(const char *path, struct error *err);

#endif
