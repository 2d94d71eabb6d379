/* SPDX-License-Identifier: Apache-2.0 */
/* The before-images, in a file of their own. */
#include "cli/backup.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/cleanup.h"
#include "base/file.h"
#include "cli/language_option.h"
#include "control/backup_file.h"

struct backup {
    char *path;
    int descriptor;
};

static int
append(struct backup *backup, const struct buffer *line, struct error *err)
{
    if (file_write_all(backup->descriptor, buffer_text(line), line->length) < 0
        || fsync(backup->descriptor) < 0)
        return error_set_errno(err, "%s", backup->path);
    return 0;
}

static int
begin(struct backup *backup, const struct operation *operation,
      struct error *err)
{
    AUTOBUFFER line = BUFFER_INIT(BACKUP_FILE_LINE_CEILING);

    if (file_create_empty(backup->path, S_IRUSR | S_IWUSR, &backup->descriptor,
                          err)
        < 0)
        return access(backup->path, F_OK) < 0
                   ? -1
                   : error_advise(err, "%s",
                                  _("a backup never replaces a file: give a "
                                    "new name"));
    if (backup_file_write_operation(operation, &line, err) == 0
        && append(backup, &line, err) == 0)
        return 0;
    /* It holds no change, and would be in the way of the next attempt. */
    (void) unlink(backup->path);
    return -1;
}

int
backup_open(struct backup **ret_backup, const char *path,
            const struct operation *operation, struct error *err)
{
    struct backup *backup = calloc(1, sizeof(*backup));

    if (backup == NULL)
        return error_set_memory(err);
    backup->descriptor = -1;
    backup->path = strdup(path);
    const int result = backup->path != NULL ? begin(backup, operation, err)
                                            : error_set_memory(err);
    if (result < 0) {
        backup_close(backup);
        return error_wrap(err, "--backup");
    }
    *ret_backup = backup;
    return 0;
}

int
backup_add(struct backup *backup, const struct change *change,
           struct error *err)
{
    AUTOBUFFER line = BUFFER_INIT(BACKUP_FILE_LINE_CEILING);

    if (backup_file_write_change(change, &line, err) < 0
        || append(backup, &line, err) < 0)
        return error_wrap(err, "--backup");
    return 0;
}

void
backup_close(struct backup *backup)
{
    if (backup == NULL)
        return;
    if (backup->descriptor >= 0)
        (void) close(backup->descriptor);
    free(backup->path);
    free(backup);
}
