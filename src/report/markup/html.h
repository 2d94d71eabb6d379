/* SPDX-License-Identifier: Apache-2.0 */
/* What the parts of the html report write with. Failures stick.
 *
 * Markup is ours and constant; everything else goes through html_text, which
 * leaves nothing that a browser could take for markup, in an element or in a
 * quoted attribute, no command to the agent of a pipeline, and nothing
 * invisible. */
#ifndef PIKET_REPORT_MARKUP_HTML_H
#define PIKET_REPORT_MARKUP_HTML_H

#include <stdint.h>

#include "base/buffer.h"
#include "control/run/run.h"
#include "report/view/report.h"

struct html {
    const struct report_view *view;
    struct buffer *target;
    struct buffer scratch; /* for one text at a time */
    struct run_summary summary;
    bool failed; /* memory ran out beside target */
};

/* A sentence of ours in the view's language. */
const char *html_words(const struct html *html, const char *message)
    __attribute__((format_arg(2)));

/* The same for so many things. */
const char *html_plural(const struct html *html, const char *one,
                        const char *many, size_t count)
    __attribute__((format_arg(2), format_arg(3)));

/* Appends markup of ours as it is. */
void html_markup(struct html *html, const char *markup);

/* Appends text, escaped. NULL is nothing. */
void html_text(struct html *html, const char *text);

/* Appends what the format makes, escaped. It is in the view's language
 * already. */
void html_print(struct html *html, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* Appends an element that holds a text, with a class or NULL. */
void html_element(struct html *html, const char *name, const char *class_name,
                  const char *text);

/* Appends text line by line as it stands, each escaped. */
void html_verbatim(struct html *html, const char *text);

/* Enough for every number of html_number. */
enum { HTML_NUMBER_SIZE = 48 };

/* A number in groups of three digits, with narrow blanks between them, which
 * no language reads otherwise (ISO 80000-1). Returns text. */
const char *html_number(size_t number, char text[HTML_NUMBER_SIZE]);

/* Appends the day, or the minute, of a time in milliseconds since 1970:
 * "2026-11-22", "2026-11-22 09:14 UTC". */
void html_date(struct html *html, int64_t time);
void html_time(struct html *html, int64_t time);

/* One stretch of a bar. */
struct html_stretch {
    const char *class_name; /* "bad", "warning", "muted", "good", "none" */
    size_t count;
};

/* Appends a bar of stretches beside each other, whole being its full length.
 * It says nothing to who cannot see it: its numbers stand beside it. */
void html_bar(struct html *html, const struct html_stretch *stretches,
              size_t count, size_t whole);

#endif
