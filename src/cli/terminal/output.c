/* SPDX-License-Identifier: Apache-2.0 */
/* What a command prints. */
#include "cli/terminal/output.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/cleanup.h"
#include "base/file.h"
#include "base/logging_command.h"
#include "cli/terminal/exit_status.h"
#include "cli/terminal/language_option.h"
#include "cli/terminal/message.h"

/* One piece of a document, such as a line or a subscription. */
enum { OUTPUT_PIECE_CEILING = 256 * 1024 * 1024 };

enum {
    OUTPUT_MODE = 0644, /* of a report, which is for others, too */
    /* Of a file that is begun only to see whether it could be. */
    OUTPUT_CHECK_MODE = 0600,
    /* More than is printed by stdio: --help and --version. */
    OUTPUT_STANDARD_SIZE = 64 * 1024,
};

bool
output_is_stdout(const char *path)
{
    return path == NULL || strcmp(path, "-") == 0;
}

struct sink {
    int descriptor;
    int error; /* errno, where it takes no more */
    struct logging_command filter;
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

/* What the writer wrote may end in the middle of anything. */
static int
break_commands(const char *bytes, size_t length, void *data)
{
    struct sink *sink = data;

    return logging_command_append(&sink->filter, bytes, length);
}

/* Everything that the writer writes goes through here: whatever the format,
 * and wherever its pieces come from, no line of it is a command to the agent
 * of a pipeline. */
static int
write_through(struct sink *sink, output_writer *writer, const void *data,
              struct error *err)
{
    AUTOBUFFER target = BUFFER_INIT(OUTPUT_PIECE_CEILING);
    AUTOBUFFER bytes = BUFFER_INIT(2 * OUTPUT_PIECE_CEILING);

    sink->filter = (struct logging_command) LOGGING_COMMAND_INIT(
        &bytes, LOGGING_COMMAND_BLANK);
    buffer_drain_to(&target, break_commands, sink);
    buffer_drain_to(&bytes, write_to_descriptor, sink);
    if (writer(&target, data, err) < 0 || buffer_flush(&target) < 0)
        return -1;
    logging_command_end(&sink->filter);
    return buffer_flush(&bytes);
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

/* A reader of a pipe or a socket that has seen enough. */
static bool
has_left(int number)
{
    return number == EPIPE || number == ECONNRESET;
}

/* Fills the sink. name is for the message where it takes no more. */
static int
pour(struct sink *sink, const char *name, output_writer *writer,
     const void *data, struct error *err)
{
    if (write_through(sink, writer, data, err) == 0)
        return 0;
    /* The writer only saw that its buffer failed. */
    errno = sink->error;
    return sink->error != 0 ? error_set_errno(err, "%s", name)
                            : error_wrap(err, "%s", name);
}

/* The same, where a reader who leaves is no failure: what piket did, and how
 * it ends, is not his to change. */
static int
stream(int descriptor, const char *name, output_writer *writer,
       const void *data, struct error *err)
{
    struct sink sink = { .descriptor = descriptor };
    AUTOERROR failure = ERROR_INIT;

    if (pour(&sink, name, writer, data, &failure) == 0 || has_left(sink.error))
        return 0;
    error_move(err, &failure);
    return -1;
}

/* Pipes and devices leave nothing behind, and may have to be waited for in
 * vain. */
static bool
is_stream(const struct output_document *document)
{
    return document->replacement.temporary == NULL;
}

static bool
has_failed(const struct output_document *document)
{
    return document->error.message != NULL;
}

static void
write_document(struct output_document *document)
{
    const bool standard = output_is_stdout(document->path);

    (void) stream(standard ? STDOUT_FILENO : document->replacement.descriptor,
                  standard ? _("standard output") : document->path,
                  document->writer, document->data, &document->error);
}

static void
write_files(struct output_document *documents, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (!output_is_stdout(documents[i].path))
            (void) file_replace_begin(&documents[i].replacement,
                                      documents[i].path, OUTPUT_MODE,
                                      &documents[i].error);
    for (size_t i = 0; i < count; i++) {
        if (is_stream(&documents[i]))
            continue;
        write_document(&documents[i]);
        if (has_failed(&documents[i]))
            file_replace_abandon(&documents[i].replacement);
    }
    for (size_t i = 0; i < count; i++)
        if (!is_stream(&documents[i]))
            (void) file_replace_commit(&documents[i].replacement,
                                       &documents[i].error);
}

size_t
output_write_all(struct output_document *documents, size_t count)
{
    sigset_t before;
    size_t failures = 0;

    for (size_t i = 0; i < count; i++) {
        documents[i].error = (struct error) ERROR_INIT;
        documents[i].replacement =
            (struct file_replacement) FILE_REPLACEMENT_INIT;
    }
    hold_signals(&before);
    write_files(documents, count);
    release_signals(&before);
    for (size_t i = 0; i < count; i++) {
        const bool open = documents[i].replacement.descriptor >= 0
                          || output_is_stdout(documents[i].path);
        if (open && !has_failed(&documents[i]))
            write_document(&documents[i]);
        file_replace_abandon(&documents[i].replacement);
        failures += has_failed(&documents[i]);
    }
    return failures;
}

int
output_write(const char *path, output_writer *writer, const void *data,
             struct error *err)
{
    struct output_document document = { .path = path,
                                        .writer = writer,
                                        .data = data };

    if (output_write_all(&document, 1) == 0)
        return 0;
    error_move(err, &document.error);
    return -1;
}

int
output_show(output_writer *writer, const void *data, struct error *err)
{
    struct sink sink = { .descriptor = STDERR_FILENO };

    return pour(&sink, _("standard error"), writer, data, err);
}

int
output_check(const char *path, struct error *err)
{
    sigset_t before;

    if (output_is_stdout(path))
        return 0;
    if (*path == '\0')
        return error_set(err, "%s", _("needs the name of a file"));
    hold_signals(&before);
    const int result = file_replace_check(path, err);
    release_signals(&before);
    return result;
}

static int
create_file(const char *path, mode_t mode, output_writer *writer,
            const void *data, struct error *err)
{
    struct file_replacement creation = FILE_REPLACEMENT_INIT;

    if (file_create_begin(&creation, path, mode, err) < 0)
        return -1;
    if (stream(creation.descriptor, path, writer, data, err) < 0) {
        file_replace_abandon(&creation);
        return -1;
    }
    return file_create_commit(&creation, err);
}

int
output_create(const char *path, mode_t mode, output_writer *writer,
              const void *data, struct error *err)
{
    sigset_t before;

    if (output_is_stdout(path))
        return stream(STDOUT_FILENO, "standard output", writer, data, err);
    hold_signals(&before);
    const int result = create_file(path, mode, writer, data, err);
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
    const int result =
        file_create_begin(&creation, path, OUTPUT_CHECK_MODE, err);
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

void
output_begin(void)
{
    static char bytes[OUTPUT_STANDARD_SIZE];

    /* Nothing is written before output_flush, so that it knows the reason
     * where that fails. */
    (void) setvbuf(stdout, bytes, _IOFBF, sizeof(bytes));
}

int
output_flush(void)
{
    AUTOERROR err = ERROR_INIT;

    if (fflush(stdout) == 0 || has_left(errno))
        return EXIT_STATUS_COMPLIANT;
    error_set_errno(&err, "%s", _("write to standard output"));
    message_error(&err);
    return EXIT_STATUS_IMPOSSIBLE;
}
