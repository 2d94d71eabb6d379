/* SPDX-License-Identifier: Apache-2.0 */
/* What a command prints. */
#include "cli/output.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "cli/exit_status.h"
#include "cli/language_option.h"
#include "cli/message.h"

/* One piece of a document, such as a line or a subscription. */
enum { OUTPUT_PIECE_CEILING = 256 * 1024 * 1024 };

/* Of a file that is created. */
enum { OUTPUT_MODE = 0644 };

bool
output_is_stdout(const char *path)
{
    return path == NULL || strcmp(path, "-") == 0;
}

struct sink {
    int descriptor;
    int error; /* errno, where it takes no more */
};

static int
write_to_descriptor(const char *bytes, size_t length, void *data)
{
    struct sink *sink = data;

    if (file_write_all(sink->descriptor, bytes, length) == 0)
        return 0;
    sink->error = errno;
    return -1;
}

/* While a file is written beside the one that it replaces, the signals that
 * end a program wait: a second Ctrl-C would leave it there. */
static void
hold_signals(sigset_t *ret_before)
{
    sigset_t signals;

    (void) sigemptyset(&signals);
    (void) sigaddset(&signals, SIGHUP);
    (void) sigaddset(&signals, SIGINT);
    (void) sigaddset(&signals, SIGTERM);
    (void) sigprocmask(SIG_BLOCK, &signals, ret_before);
}

static void
release_signals(const sigset_t *before)
{
    (void) sigprocmask(SIG_SETMASK, before, NULL);
}

/* name is for the message where the descriptor takes no more. */
static int
stream(int descriptor, const char *name, output_writer *writer,
       const void *data, struct error *err)
{
    AUTOBUFFER target = BUFFER_INIT(OUTPUT_PIECE_CEILING);
    struct sink sink = { descriptor, 0 };

    buffer_drain_to(&target, write_to_descriptor, &sink);
    if (writer(&target, data, err) == 0 && buffer_flush(&target) == 0)
        return 0;
    /* A reader of a pipe that has seen enough is no failure. */
    if (sink.error == EPIPE)
        return 0;
    /* The writer only saw that its buffer failed. */
    errno = sink.error;
    return sink.error != 0 ? error_set_errno(err, "%s", name)
                           : error_wrap(err, "%s", name);
}

static int
replace_file(const char *path, output_writer *writer, const void *data,
             const sigset_t *before, struct error *err)
{
    struct file_replacement replacement = FILE_REPLACEMENT_INIT;

    if (file_replace_begin(&replacement, path, 0666, err) < 0)
        return -1;
    /* A pipe or device leaves nothing behind, and may have to be waited for
     * in vain. */
    if (replacement.temporary == NULL)
        release_signals(before);
    if (stream(replacement.descriptor, path, writer, data, err) < 0) {
        file_replace_abandon(&replacement);
        return -1;
    }
    return file_replace_commit(&replacement, err);
}

int
output_write(const char *path, output_writer *writer, const void *data,
             struct error *err)
{
    sigset_t before;

    if (output_is_stdout(path))
        return stream(STDOUT_FILENO, _("standard output"), writer, data, err);
    hold_signals(&before);
    const int result = replace_file(path, writer, data, &before, err);
    release_signals(&before);
    return result;
}

int
output_show(output_writer *writer, const void *data, struct error *err)
{
    return stream(STDERR_FILENO, _("standard error"), writer, data, err);
}

int
output_check(const char *path, struct error *err)
{
    struct file_replacement replacement = FILE_REPLACEMENT_INIT;
    sigset_t before;

    if (output_is_stdout(path))
        return 0;
    if (*path == '\0')
        return error_set(err, "%s", _("needs the name of a file"));
    hold_signals(&before);
    const int result = file_replace_begin(&replacement, path, 0666, err);
    file_replace_abandon(&replacement);
    release_signals(&before);
    return result;
}

static int
create_file(const char *path, output_writer *writer, const void *data,
            struct error *err)
{
    struct file_replacement creation = FILE_REPLACEMENT_INIT;

    if (file_create_begin(&creation, path, OUTPUT_MODE, err) < 0)
        return -1;
    if (stream(creation.descriptor, path, writer, data, err) < 0) {
        file_replace_abandon(&creation);
        return -1;
    }
    return file_create_commit(&creation, err);
}

int
output_create(const char *path, output_writer *writer, const void *data,
              struct error *err)
{
    sigset_t before;

    if (output_is_stdout(path))
        return stream(STDOUT_FILENO, "standard output", writer, data, err);
    hold_signals(&before);
    const int result = create_file(path, writer, data, err);
    release_signals(&before);
    return result;
}

int
output_create_check(const char *path, struct error *err)
{
    struct file_replacement creation = FILE_REPLACEMENT_INIT;
    sigset_t before;

    if (output_is_stdout(path))
        return 0;
    if (*path == '\0')
        return error_set(err, "%s", _("needs the name of a file"));
    hold_signals(&before);
    const int result = file_create_begin(&creation, path, OUTPUT_MODE, err);
    file_replace_abandon(&creation);
    release_signals(&before);
    return result;
}

bool
output_is_terminal(const char *path)
{
    return output_is_stdout(path) && isatty(STDOUT_FILENO) == 1;
}

bool
output_terminal_is_able(void)
{
    const char *terminal = getenv("TERM");

    return terminal == NULL || strcmp(terminal, "dumb") != 0;
}

bool
output_wants_colour(void)
{
    const char *refusal = getenv("NO_COLOR");

    return (refusal == NULL || *refusal == '\0') && output_terminal_is_able();
}

int
output_flush(void)
{
    AUTOERROR err = ERROR_INIT;

    if (fflush(stdout) == 0 && ferror(stdout) == 0)
        return EXIT_STATUS_COMPLIANT;
    error_set_errno(&err, "%s", _("write to standard output"));
    message_error(&err);
    return EXIT_STATUS_IMPOSSIBLE;
}
