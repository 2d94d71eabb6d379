/* SPDX-License-Identifier: Apache-2.0 */
/* The folders that files lie in. */
#ifndef PIKET_BASE_FOLDER_H
#define PIKET_BASE_FOLDER_H

#include "base/error.h"

/* The folder that the path lies in, which the caller frees. NULL where memory
 * runs out. */
char *folder_of(const char *path);

/* Makes the folder and those above it that are not there, each with mode
 * 0700. One that is there is no error. */
int folder_create(const char *folder, struct error *err);

#endif
