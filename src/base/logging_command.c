/* SPDX-License-Identifier: Apache-2.0 */
/* What the log of a pipeline takes for a command to its agent. */
#include "base/logging_command.h"

#include <limits.h>
#include <string.h>
#include <strings.h>

#include "base/cleanup.h"

/* How each begins, and where in a line that has to be. The letters that
 * decide stand twice at the beginning: see marks. */
static const struct {
    const char *text;
    enum logging_command_place place; /* or one before it */
} commands[] = {
    { "##[", LOGGING_COMMAND_WITHIN },
    { "##vso[", LOGGING_COMMAND_WITHIN },
    { "##teamcity[", LOGGING_COMMAND_WITHIN },
    { "::", LOGGING_COMMAND_BLANKS },
    { "---", LOGGING_COMMAND_BEGIN },
    { "+++", LOGGING_COMMAND_BEGIN },
    { "~~~", LOGGING_COMMAND_BEGIN },
};

enum match { MATCH_NONE, MATCH_BEGUN, MATCH_WHOLE };

/* What stands at bytes, of a command or its beginning. */
static enum match
match_at(const struct logging_command *filter, const char *bytes,
         size_t length)
{
    enum match found = MATCH_NONE;

    for (size_t i = 0; i < ARRAY_LENGTH(commands); i++) {
        const char *command = commands[i].text;
        const size_t size = strlen(command);
        if (*bytes != *command || filter->place > commands[i].place)
            continue;
        if (length >= size && strncasecmp(bytes, command, size) == 0)
            return MATCH_WHOLE;
        if (length < size && strncasecmp(bytes, command, length) == 0)
            found = MATCH_BEGUN;
    }
    return found;
}

/* The blanks of Unicode (White_Space) beyond ASCII, all of which .NET's
 * TrimStart takes off: as the bytes of their UTF-8, and as far as these have
 * come. */
static bool
is_wide_blank(uint32_t letter)
{
    return letter == 0xc285 || letter == 0xc2a0 || letter == 0xe19a80
           || (letter >= 0xe28080 && letter <= 0xe2808a) || letter == 0xe280a8
           || letter == 0xe280a9 || letter == 0xe280af || letter == 0xe2819f
           || letter == 0xe38080;
}

static bool
begins_wide_blank(uint32_t letter)
{
    return letter == 0xc2 || (letter >= 0xe1 && letter <= 0xe3)
           || letter == 0xe19a || letter == 0xe280 || letter == 0xe281
           || letter == 0xe380;
}

/* Whether the byte leaves what follows at the beginning of its line. */
static bool
is_passed_over(struct logging_command *filter, unsigned char byte)
{
    if (filter->control) {
        filter->control = byte < 0x40 || byte == '[';
        return true;
    }
    filter->control = byte == '\033';
    if (filter->control || byte == ' ' || (byte >= '\t' && byte <= '\r'))
        return true;
    filter->letter = filter->letter << 8 | byte;
    if (begins_wide_blank(filter->letter))
        return true;
    const bool blank = is_wide_blank(filter->letter);
    filter->letter = 0;
    return blank;
}

static bool
begins_line(const struct logging_command *filter, char byte)
{
    return byte == '\n' || byte == '\r'
           || (byte == '"' && filter->escape == LOGGING_COMMAND_DOCUMENT);
}

/* The byte is passed on: where in its line the next one stands. */
static void
advance(struct logging_command *filter, char byte)
{
    if (begins_line(filter, byte)) {
        filter->place = LOGGING_COMMAND_BEGIN;
        filter->letter = 0;
        filter->control = false;
    } else if (filter->place != LOGGING_COMMAND_WITHIN) {
        filter->place = is_passed_over(filter, (unsigned char) byte)
                            ? LOGGING_COMMAND_BLANKS
                            : LOGGING_COMMAND_WITHIN;
    }
}

static void
append_broken(const struct logging_command *filter, char byte)
{
    switch (filter->escape) {
    case LOGGING_COMMAND_BLANK:
        buffer_printf(filter->target, " %c", byte);
        break;
    case LOGGING_COMMAND_DOCUMENT:
    case LOGGING_COMMAND_TEXT:
        buffer_printf(filter->target, "\\u%04x", (unsigned) byte);
        break;
    case LOGGING_COMMAND_BICEP:
        buffer_printf(filter->target, "\\u{%x}", (unsigned) byte);
        break;
    case LOGGING_COMMAND_REFERENCE:
        buffer_printf(filter->target, "&#%u;", (unsigned) byte);
        break;
    }
}

/* Passes on all but what may yet become a command, which is held. */
static void
scan(struct logging_command *filter, const char *bytes, size_t length)
{
    size_t begin = 0, i = 0;

    while (i < length) {
        const enum match match = match_at(filter, bytes + i, length - i);
        if (match == MATCH_BEGUN)
            break;
        if (match == MATCH_WHOLE) {
            buffer_append(filter->target, bytes + begin, i + 1 - begin);
            append_broken(filter, bytes[i + 1]);
            filter->place = LOGGING_COMMAND_WITHIN;
            begin = i += 2;
        } else {
            advance(filter, bytes[i++]);
        }
    }
    buffer_append(filter->target, bytes + begin, i - begin);
    filter->held_length = length - i;
    memcpy(filter->held, bytes + i, filter->held_length);
}

/* Those that stand twice at the beginning of a command. */
static const bool marks[UCHAR_MAX + 1] = {
    ['#'] = true, [':'] = true, ['-'] = true, ['+'] = true, ['~'] = true,
};

static bool
is_mark(char byte)
{
    return marks[(unsigned char) byte];
}

/* Whether a command can end in the bytes, none having begun before: most
 * documents hold none, and need no closer look. Of two that stand together
 * every second byte is one. */
static bool
could_hold(const char *bytes, size_t length)
{
    for (size_t i = 1; i < length; i += 2)
        if (is_mark(bytes[i])
            && (bytes[i] == bytes[i - 1]
                || (i + 1 < length && bytes[i] == bytes[i + 1])))
            return true;
    return false;
}

/* Advances over all of them, of which the beginning of the last line is
 * enough. */
static void
advance_over(struct logging_command *filter, const char *bytes, size_t length)
{
    size_t begin = length;

    while (begin > 0 && !begins_line(filter, bytes[begin - 1]))
        begin--;
    if (begin > 0)
        advance(filter, bytes[begin - 1]);
    while (begin < length && filter->place != LOGGING_COMMAND_WITHIN)
        advance(filter, bytes[begin++]);
}

/* Passes on bytes that hold no command. Only their last can begin one. */
static void
pass(struct logging_command *filter, const char *bytes, size_t length)
{
    const size_t passed = length - is_mark(bytes[length - 1]);

    buffer_append(filter->target, bytes, passed);
    advance_over(filter, bytes, passed);
    scan(filter, bytes + passed, length - passed);
}

int
logging_command_append(struct logging_command *filter, const char *bytes,
                       size_t length)
{
    const size_t held = filter->held_length;

    if (held > 0) {
        AUTOBUFFER joined = BUFFER_INIT(held + length);
        buffer_append(&joined, filter->held, held);
        filter->held_length = 0;
        if (buffer_append(&joined, bytes, length) < 0)
            filter->target->failed = true;
        else
            scan(filter, buffer_text(&joined), joined.length);
    } else if (could_hold(bytes, length)) {
        scan(filter, bytes, length);
    } else if (length > 0) {
        pass(filter, bytes, length);
    }
    return filter->target->failed ? -1 : 0;
}

int
logging_command_end(struct logging_command *filter)
{
    const bool escapes = filter->escape != LOGGING_COMMAND_BLANK;
    const char *held = filter->held;
    size_t length = filter->held_length;

    filter->held_length = 0;
    if (escapes && length > 0) {
        append_broken(filter, *held++);
        length--;
    }
    return buffer_append(filter->target, held, length);
}

int
logging_command_break(struct buffer *target, const char *text,
                      enum logging_command_escape escape)
{
    struct logging_command filter = LOGGING_COMMAND_INIT(target, escape);

    logging_command_append(&filter, text, strlen(text));
    return logging_command_end(&filter);
}
