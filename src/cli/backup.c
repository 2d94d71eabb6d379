/* SPDX-License-Identifier: Apache-2.0 */
/* The before-images, in a file of their own. */
#include "cli/backup.h"

#include <fcntl.h>
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
    struct backup_chain chain;
    off_t length; /* of what has been written */
};

/* Fails where the file at the path is not the one that is written, or does not
 * end with the line. */
static int
check(const struct backup *backup, const struct buffer *line,
      struct error *err)
{
    AUTOCLOSE const int found =
        open(backup->path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
    struct stat ours, there;
    AUTOFREE char *bytes = malloc(line->length + 1);

    if (bytes == NULL)
        return error_set_memory(err);
    if (found < 0 || fstat(found, &there) < 0
        || fstat(backup->descriptor, &ours) < 0)
        return error_set_errno(err, _("%s: is not there any more"),
                               backup->path);
    if (there.st_dev != ours.st_dev || there.st_ino != ours.st_ino)
        return error_set(err, _("%s: was replaced by another file"),
                         backup->path);
    if (there.st_size != backup->length
        || pread(found, bytes, line->length,
                 backup->length - (off_t) line->length)
               != (ssize_t) line->length
        || memcmp(bytes, buffer_text(line), line->length) != 0)
        return error_set(err, _("%s: was changed by somebody else"),
                         backup->path);
    return 0;
}

static int
append(struct backup *backup, const struct buffer *line, struct error *err)
{
    if (file_write_all(backup->descriptor, buffer_text(line), line->length) < 0
        || fsync(backup->descriptor) < 0)
        return error_set_errno(err, "%s", backup->path);
    backup->length += (off_t) line->length;
    return check(backup, line, err);
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
    if (backup_file_write_operation(operation, &backup->chain, &line, err) == 0
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

    if (backup_file_write_change(change, &backup->chain, &line, err) < 0
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
