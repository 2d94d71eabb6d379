/* SPDX-License-Identifier: Apache-2.0 */
/* --backup: the before-images, in a file of their own that grows. */
#ifndef PIKET_CLI_FLOW_BACKUP_H
#define PIKET_CLI_FLOW_BACKUP_H

#include "base/error.h"
#include "control/plan/operation.h"

struct backup;

/* Creates the file, which must not exist yet, with mode 0600, and puts the
 * operation into it. */
int backup_open(struct backup **ret_backup, const char *path,
                const struct operation *operation, struct error *err);

/* Adds a change: when this returns 0, it outlives a loss of power, and stands
 * in the file at the path, which is the one that was created. */
int backup_add(struct backup *backup, const struct change *change,
               struct error *err);

/* Closes the file's contents once the operation has ended: a line that says
 * that none is missing. Fails where the file is not as it was written; not
 * again where backup_add has told so. */
int backup_end(struct backup *backup, struct error *err);

/* NULL is allowed. */
void backup_close(struct backup *backup);

#endif
