/* SPDX-License-Identifier: Apache-2.0 */
/* Lines on stderr. */
#include "cli/terminal/message.h"

#include <stdarg.h>
#include <stdio.h>

#include "base/buffer.h"
#include "base/cleanup.h"
#include "base/logging_command.h"
#include "base/text.h"
#include "cli/terminal/language_option.h"

enum { MESSAGE_CEILING = 256 * 1024 };

static void (*before_each)(void);

void
message_before_each(void (*make_room)(void))
{
    before_each = make_room;
}

/* One line break of ours is a line break; what stands between them is made
 * printable. */
static void
print(const char *prefix, const char *text)
{
    AUTOBUFFER lines = BUFFER_INIT(MESSAGE_CEILING);
    AUTOBUFFER line = BUFFER_INIT(MESSAGE_CEILING);
    AUTOBUFFER harmless = BUFFER_INIT(MESSAGE_CEILING);

    buffer_append_text(&lines, prefix);
    for (const char *next = text; *next != '\0'; next++) {
        if (*next == '\n') {
            text_append_printable(&lines, buffer_text(&line));
            buffer_append_text(&lines, "\n       ");
            buffer_clear(&line);
        } else {
            buffer_append_byte(&line, *next);
        }
    }
    text_append_printable(&lines, buffer_text(&line));
    logging_command_break(&harmless, buffer_text(&lines),
                          LOGGING_COMMAND_BLANK);
    if (before_each != NULL)
        before_each();
    (void) fprintf(stderr, "%s\n", buffer_text(&harmless));
}

void
message_error(const struct error *err)
{
    print("piket: ", error_message(err));
    if (err->advice != NULL)
        print("       ", err->advice);
}

static void print_formatted(const char *prefix, const char *format,
                            va_list arguments)
    __attribute__((format(printf, 2, 0)));

static void
print_formatted(const char *prefix, const char *format, va_list arguments)
{
    AUTOFREE char *text = NULL;

    if (vasprintf(&text, format, arguments) < 0)
        text = NULL;
    print(prefix, text != NULL ? text : _("out of memory"));
}

void
message_error_text(const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    print_formatted("piket: ", format, arguments);
    va_end(arguments);
}

void
message_text(const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    print_formatted("", format, arguments);
    va_end(arguments);
}

static void
print_log_line(enum log_level level, const char *line, void *data)
{
    (void) data;
    print(level == LOG_LEVEL_WARNING ? _("piket: warning: ") : "piket: ",
          line);
}

void
message_log_to_stderr(enum log_level last, bool quiet)
{
    log_set_handler(quiet ? NULL : print_log_line, NULL, last);
}
