/* SPDX-License-Identifier: Apache-2.0 */
/* What the parts of the html report write with. */
#include "report/markup/html.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/cleanup.h"
#include "base/clock.h"
#include "base/logging_command.h"
#include "base/text.h"

enum { BAR_LENGTH = 1000 };

const char *
html_words(const struct html *html, const char *message)
{
    return language_text(html->view->language, message);
}

const char *
html_plural(const struct html *html, const char *one, const char *many,
            size_t count)
{
    return language_plural(html->view->language, one, many, count);
}

void
html_markup(struct html *html, const char *markup)
{
    buffer_append_text(html->target, markup);
}

static const char *
reference(char byte)
{
    switch (byte) {
    case '&':
        return "&amp;";
    case '<':
        return "&lt;";
    case '>':
        return "&gt;";
    case '"':
        return "&quot;";
    default:
        return "&#39;";
    }
}

void
html_text(struct html *html, const char *text)
{
    struct logging_command filter =
        LOGGING_COMMAND_INIT(html->target, LOGGING_COMMAND_REFERENCE);

    buffer_clear(&html->scratch);
    if (text_append_printable(&html->scratch, text) < 0)
        html->failed = true;
    for (text = buffer_text(&html->scratch); *text != '\0';) {
        const size_t plain = strcspn(text, "&<>\"'");
        logging_command_append(&filter, text, plain);
        text += plain;
        if (*text != '\0') {
            const char *name = reference(*text++);
            logging_command_append(&filter, name, strlen(name));
        }
    }
    logging_command_end(&filter);
}

void
html_print(struct html *html, const char *format, ...)
{
    AUTOFREE char *text = NULL;
    va_list arguments;

    va_start(arguments, format);
    const int length = vasprintf(&text, format, arguments);
    va_end(arguments);
    if (length < 0) {
        text = NULL;
        html->failed = true;
        return;
    }
    html_text(html, text);
}

void
html_element(struct html *html, const char *name, const char *class_name,
             const char *text)
{
    buffer_printf(html->target, "<%s", name);
    if (class_name != NULL)
        buffer_printf(html->target, " class=\"%s\"", class_name);
    html_markup(html, ">");
    html_text(html, text);
    buffer_printf(html->target, "</%s>", name);
}

void
html_verbatim(struct html *html, const char *text)
{
    html_markup(html, "<pre>");
    while (*text != '\0') {
        const size_t length = strcspn(text, "\n");
        AUTOFREE char *line = strndup(text, length);
        if (line == NULL)
            html->failed = true;
        html_text(html, line);
        text += length;
        if (*text == '\n')
            html_markup(html, "\n");
        text += *text == '\n';
    }
    html_markup(html, "</pre>\n");
}

const char *
html_number(size_t number, char text[HTML_NUMBER_SIZE])
{
    char digits[sizeof("18446744073709551615")];
    const int length = snprintf(digits, sizeof(digits), "%zu", number);
    size_t end = 0;

    for (int i = 0; i < length; i++) {
        if (i > 0 && (length - i) % 3 == 0) {
            memcpy(text + end, "\xe2\x80\xaf", 3);
            end += 3;
        }
        text[end++] = digits[i];
    }
    text[end] = '\0';
    return text;
}

/* The places of 2026-11-22T09:14:07Z. */
enum { DATE_LENGTH = 10, TIME_BEGIN = 11, TIME_LENGTH = 5 };

void
html_date(struct html *html, int64_t time)
{
    char text[CLOCK_TEXT_SIZE];

    buffer_append(html->target, clock_format(time, text), DATE_LENGTH);
}

void
html_time(struct html *html, int64_t time)
{
    char text[CLOCK_TEXT_SIZE];

    clock_format(time, text);
    buffer_printf(html->target, "<time datetime=\"%s\">%.*s %.*s UTC</time>",
                  text, DATE_LENGTH, text, TIME_LENGTH, text + TIME_BEGIN);
}

/* How far the first part of the whole reaches. */
static unsigned
reach_of_part(size_t part, size_t whole)
{
    return (unsigned) ((uint64_t) part * BAR_LENGTH / whole);
}

void
html_bar(struct html *html, const struct html_stretch *stretches, size_t count,
         size_t whole)
{
    size_t before = 0;

    buffer_printf(html->target,
                  "<svg class=\"bar\" viewBox=\"0 0 %d 10\" "
                  "preserveAspectRatio=\"none\" aria-hidden=\"true\" "
                  "focusable=\"false\">",
                  BAR_LENGTH);
    for (size_t i = 0; i < count && whole > 0; i++) {
        const unsigned begin = reach_of_part(before, whole);
        before += stretches[i].count;
        const unsigned end = reach_of_part(before, whole);
        if (end > begin)
            buffer_printf(html->target,
                          "<rect class=\"%s\" x=\"%u\" width=\"%u\" "
                          "height=\"10\"/>",
                          stretches[i].class_name, begin, end - begin);
    }
    html_markup(html, "</svg>");
}
