/* SPDX-License-Identifier: Apache-2.0 */
/* Stands in for libFuzzer where there is none: gives each file of the folder
 * named last to the target once. */
#include <dirent.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "base/buffer.h"
#include "base/cleanup.h"
#include "base/file.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

int
main(int argc, char **argv)
{
    const char *folder = argv[argc - 1];
    DIR *directory = opendir(folder);
    int files = 0;

    if (directory == NULL) {
        perror(folder);
        return 1;
    }
    for (const struct dirent *entry; (entry = readdir(directory)) != NULL;) {
        AUTOBUFFER bytes = BUFFER_INIT(1024 * 1024);
        AUTOFREE char *path = NULL;
        if (entry->d_name[0] == '.')
            continue;
        if (asprintf(&path, "%s/%s", folder, entry->d_name) < 0)
            return 1;
        if (file_read(path, &bytes, NULL) < 0)
            return 1;
        LLVMFuzzerTestOneInput((const uint8_t *) buffer_text(&bytes),
                               bytes.length);
        files++;
    }
    (void) closedir(directory);
    (void) printf("%d files\n", files);
    return files > 0 ? 0 : 1;
}
