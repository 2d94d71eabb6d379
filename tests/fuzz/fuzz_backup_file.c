/* SPDX-License-Identifier: Apache-2.0 */
/* Any bytes as a backup: what is taken is written as it was read. */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "control/file/backup_file.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

static void
write_all(const struct backup_file *file, struct buffer *target)
{
    struct backup_chain chain = { .digest = "" };

    if (backup_file_write_operation(&file->operation, &chain, target, NULL)
        < 0)
        abort();
    for (size_t i = 0; i < file->change_count; i++)
        if (backup_file_write_change(&file->changes[i], &chain, target, NULL)
            < 0)
            abort();
    if (file->ended
        && backup_file_write_end(file->change_count, &chain, target, NULL) < 0)
        abort();
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    struct arena *arena = arena_new();
    struct backup_file file, again;
    AUTOBUFFER first = BUFFER_INIT(BACKUP_FILE_CEILING);
    AUTOBUFFER second = BUFFER_INIT(BACKUP_FILE_CEILING);
    AUTOERROR err = ERROR_INIT;

    if (arena == NULL)
        return 0;
    if (backup_file_read((const char *) bytes, length, "backup", arena, &file,
                         &err)
        == 0) {
        for (size_t i = 0; i < file.change_count; i++)
            if (!text_is_uuid(file.changes[i].subscription.id))
                abort();
        write_all(&file, &first);
        if (backup_file_read(buffer_text(&first), first.length, "backup",
                             arena, &again, NULL)
                < 0
            || again.change_count != file.change_count || again.cut_off)
            abort();
        write_all(&again, &second);
        if (strcmp(buffer_text(&first), buffer_text(&second)) != 0)
            abort();
    } else if (err.message == NULL) {
        abort();
    }
    arena_free(arena);
    return 0;
}
