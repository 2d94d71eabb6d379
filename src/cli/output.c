/* SPDX-License-Identifier: Apache-2.0 */
/* What a command prints. */
#include "cli/output.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "cli/exit_status.h"
#include "cli/message.h"

static bool
is_stdout(const char *path)
{
    return path == NULL || strcmp(path, "-") == 0;
}

int
output_write(const char *path, const struct buffer *document,
             struct error *err)
{
    if (!is_stdout(path))
        return file_replace(path, buffer_text(document), document->length,
                            0666, err);
    if (file_write_all(STDOUT_FILENO, buffer_text(document), document->length)
        < 0)
        return error_set_errno(err, "write to standard output");
    return 0;
}

bool
output_is_terminal(const char *path)
{
    return is_stdout(path) && isatty(STDOUT_FILENO) == 1;
}

bool
output_wants_colour(void)
{
    const char *refusal = getenv("NO_COLOR");
    const char *terminal = getenv("TERM");

    return (refusal == NULL || *refusal == '\0')
           && (terminal == NULL || strcmp(terminal, "dumb") != 0);
}

int
output_flush(void)
{
    AUTOERROR err = ERROR_INIT;

    if (fflush(stdout) == 0 && ferror(stdout) == 0)
        return EXIT_STATUS_COMPLIANT;
    error_set_errno(&err, "write to standard output");
    message_error(&err);
    return EXIT_STATUS_IMPOSSIBLE;
}
