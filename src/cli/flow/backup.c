/* SPDX-License-Identifier: Apache-2.0 */
/* The before-images, in a file of their own. */
#include "cli/flow/backup.h"

#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/cleanup.h"
#include "base/file.h"
#include "cli/terminal/language_option.h"
#include "control/file/backup_file.h"
#include "control/value/digest.h"

struct backup {
    char *path;
    int descriptor;
    struct backup_chain chain;
    size_t changes;
    off_t length;                  /* of what has been written */
    struct timespec changed;       /* when the file was, by us */
    char digest[DIGEST_TEXT_SIZE]; /* of all its lines: see extend */
    bool broken;                   /* which has been told */
};

/* The digest of some lines and one more is that of their digest and it. */
static int
extend(char digest[DIGEST_TEXT_SIZE], const char *line, size_t length,
       struct error *err)
{
    CLEANUP(digest_freep) struct digest *next = digest_new();

    if (next == NULL)
        return error_set_memory(err);
    digest_begin(next);
    digest_text(next, digest, strlen(digest));
    digest_text(next, line, length);
    return digest_end_text(next, digest) < 0 ? error_set_memory(err) : 0;
}

static int
changed_by_others(const struct backup *backup, struct error *err)
{
    return error_set(err, _("%s: was changed by somebody else"), backup->path);
}

/* Reads every line again. */
static int
reread(const struct backup *backup, FILE *file, struct error *err)
{
    AUTOFREE char *line = NULL;
    char digest[DIGEST_TEXT_SIZE] = "";
    size_t room = 0;
    ssize_t length;

    while ((length = getline(&line, &room, file)) >= 0)
        if (extend(digest, line, (size_t) length, err) < 0)
            return -1;
    return strcmp(digest, backup->digest) == 0
               ? 0
               : changed_by_others(backup, err);
}

static int
reread_path(const struct backup *backup, struct error *err)
{
    const int found = open(backup->path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
    FILE *file = found >= 0 ? fdopen(found, "r") : NULL;

    if (file == NULL) {
        error_set_errno(err, _("%s: is not there any more"), backup->path);
        if (found >= 0)
            (void) close(found);
        return -1;
    }
    const int result = reread(backup, file, err);
    (void) fclose(file);
    return result;
}

/* Fails where the file at the path is not the one that is written, or is not
 * as it was written. It is read again where somebody else may have written to
 * it, and with whole in any case. */
static int
check(const struct backup *backup, bool whole, struct error *err)
{
    struct stat ours, there;

    if (lstat(backup->path, &there) < 0
        || fstat(backup->descriptor, &ours) < 0)
        return error_set_errno(err, _("%s: is not there any more"),
                               backup->path);
    if (there.st_dev != ours.st_dev || there.st_ino != ours.st_ino)
        return error_set(err, _("%s: was replaced by another file"),
                         backup->path);
    if (there.st_size != backup->length)
        return changed_by_others(backup, err);
    return !whole && there.st_ctim.tv_sec == backup->changed.tv_sec
                   && there.st_ctim.tv_nsec == backup->changed.tv_nsec
               ? 0
               : reread_path(backup, err);
}

static int
write_line(struct backup *backup, const struct buffer *line, struct error *err)
{
    struct stat status;

    if (file_write_all(backup->descriptor, buffer_text(line), line->length) < 0
        || fsync(backup->descriptor) < 0
        || fstat(backup->descriptor, &status) < 0)
        return error_set_errno(err, "%s", backup->path);
    backup->length += (off_t) line->length;
    backup->changed = status.st_ctim;
    return extend(backup->digest, buffer_text(line), line->length, err);
}

/* whole: all of the file is read again, not only where it seems touched. */
static int
append(struct backup *backup, const struct buffer *line, bool whole,
       struct error *err)
{
    if (check(backup, whole, err) < 0 || write_line(backup, line, err) < 0
        || check(backup, whole, err) < 0) {
        backup->broken = true;
        return -1;
    }
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
    if (backup_file_write_operation(operation, &backup->chain, &line, err) == 0
        && append(backup, &line, false, err) == 0)
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
        || append(backup, &line, false, err) < 0)
        return error_wrap(err, "--backup");
    backup->changes++;
    return 0;
}

int
backup_end(struct backup *backup, struct error *err)
{
    AUTOBUFFER line = BUFFER_INIT(BACKUP_FILE_LINE_CEILING);

    if (backup->broken)
        return 0;
    if (backup_file_write_end(backup->changes, &backup->chain, &line, err) < 0
        || append(backup, &line, true, err) < 0)
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
