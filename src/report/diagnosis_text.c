/* SPDX-License-Identifier: Apache-2.0 */
/* A diagnosis for people: a line for each examination, below it the fix. */
#include <string.h>

#include "base/cleanup.h"
#include "base/text.h"
#include "report/column.h"
#include "report/diagnosis_report.h"
#include "report/pen.h"
#include "report/phrase_diagnosis.h"

enum {
    DIAGNOSIS_SUBJECT_WIDTH = 18, /* of the longest id */
    DIAGNOSIS_COMMAND_COLUMN = 8, /* commands are long, and not wrapped */
};

struct page {
    struct pen pen;
    const struct diagnosis_view *view;
    size_t mark_width; /* of the widest mark */
    size_t indent;     /* where sentences begin */
    size_t column;     /* taken of the present line */
};

static const struct {
    const char *word;
    enum pen_style style;
} marks[] = {
    [DIAGNOSIS_PASS] = { N_("pass"), PEN_GOOD },
    [DIAGNOSIS_WARN] = { N_("warn"), PEN_WARNING },
    [DIAGNOSIS_FAIL] = { N_("FAIL"), PEN_ALARM },
    [DIAGNOSIS_SKIPPED] = { N_("skip"), PEN_FAINT },
};

static const char *const headings[] = {
    [DIAGNOSIS_SECTION_CONFIGURATION] = N_("CONFIGURATION"),
    [DIAGNOSIS_SECTION_NETWORK] = N_("NETWORK"),
    [DIAGNOSIS_SECTION_SIGN_IN] = N_("SIGN-IN"),
    [DIAGNOSIS_SECTION_SUBSCRIPTIONS] = N_("SUBSCRIPTIONS"),
    [DIAGNOSIS_SECTION_PERMISSIONS] = N_("PERMISSIONS"),
};

static const char *const verdicts[] = {
    [DIAGNOSIS_READY] = N_("READY: a check can read everything in the sample"),
    [DIAGNOSIS_INCOMPLETE] = N_("A CHECK WOULD BE INCOMPLETE"),
    [DIAGNOSIS_IMPOSSIBLE] = N_("A CHECK COULD NOT RUN"),
};

/* A check that would run is one thing, that it can read is another. */
static const char ready_unproved[] =
    N_("READY: a check can run; whether it can read everything is not known");

static const enum pen_style verdict_styles[] = {
    [DIAGNOSIS_READY] = PEN_GOOD,
    [DIAGNOSIS_INCOMPLETE] = PEN_WARNING,
    [DIAGNOSIS_IMPOSSIBLE] = PEN_ALARM,
};

static const char *
verdict_words(const struct diagnosis *diagnosis)
{
    const enum diagnosis_verdict verdict = diagnosis_verdict(diagnosis);
    const bool proved =
        diagnosis->lines[DIAGNOSIS_PERMISSION_READ].status == DIAGNOSIS_PASS;

    return verdict == DIAGNOSIS_READY && !proved ? ready_unproved
                                                 : verdicts[verdict];
}

static void
lay_out(struct page *page)
{
    for (size_t i = 0; i < ARRAY_LENGTH(marks); i++) {
        const size_t width = column_width(
            &page->pen.column, pen_words(&page->pen, marks[i].word));
        if (width > page->mark_width)
            page->mark_width = width;
    }
    page->indent = 2 + page->mark_width + 2 + DIAGNOSIS_SUBJECT_WIDTH + 1;
}

static void
break_line(struct page *page)
{
    buffer_append_byte(page->pen.target, '\n');
    for (page->column = 0; page->column < page->indent; page->column++)
        buffer_append_byte(page->pen.target, ' ');
}

/* One line of foreign text, wrapped between words. */
static void
wrap_line(struct page *page, const char *line)
{
    AUTOBUFFER printable = BUFFER_INIT(DIAGNOSIS_REPORT_CEILING);
    AUTOBUFFER word = BUFFER_INIT(DIAGNOSIS_REPORT_CEILING);
    bool begun = false;

    if (text_append_printable(&printable, line) < 0)
        page->pen.failed = true;
    const char *text = buffer_text(&printable);
    for (text += strspn(text, " "); *text != '\0'; text += strspn(text, " ")) {
        const size_t length = strcspn(text, " ");
        buffer_clear(&word);
        if (buffer_append(&word, text, length) < 0)
            page->pen.failed = true;
        const size_t width =
            column_width(&page->pen.column, buffer_text(&word));
        if (begun && page->column + 1 + width > DIAGNOSIS_WIDTH) {
            break_line(page);
        } else if (begun) {
            buffer_append_byte(page->pen.target, ' ');
            page->column++;
        }
        buffer_append(page->pen.target, text, length);
        page->column += width;
        text += length;
        begun = true;
    }
}

/* Wraps each of the lines of a text. */
static void
wrap(struct page *page, const char *text)
{
    AUTOBUFFER line = BUFFER_INIT(DIAGNOSIS_REPORT_CEILING);

    while (*text != '\0') {
        const size_t length = strcspn(text, "\n");
        buffer_clear(&line);
        if (buffer_append(&line, text, length) < 0)
            page->pen.failed = true;
        wrap_line(page, buffer_text(&line));
        text += length;
        if (*text == '\n') {
            text++;
            break_line(page);
        }
    }
}

static void
write_fix(struct page *page, const struct diagnosis_line *line)
{
    AUTOBUFFER text = BUFFER_INIT(DIAGNOSIS_REPORT_CEILING);
    struct buffer *target = page->pen.target;

    if (phrase_diagnosis_advice(line, page->view->language, &text) < 0)
        page->pen.failed = true;
    if (text.length > 0) {
        break_line(page);
        buffer_append_text(target, "-> ");
        page->column += 3;
        wrap(page, buffer_text(&text));
    }
    buffer_clear(&text);
    if (phrase_diagnosis_command(line, &text) < 0)
        page->pen.failed = true;
    if (text.length > 0) {
        buffer_printf(target, "\n%*s", DIAGNOSIS_COMMAND_COLUMN, "");
        text_append_printable(target, buffer_text(&text));
    }
}

static void
write_line(struct page *page, enum diagnosis_examination examination)
{
    const struct diagnosis_line *line =
        &page->view->diagnosis->lines[examination];
    const char *mark = pen_words(&page->pen, marks[line->status].word);
    AUTOBUFFER text = BUFFER_INIT(DIAGNOSIS_REPORT_CEILING);
    struct buffer *target = page->pen.target;

    buffer_append_text(target, "  ");
    pen_styled(&page->pen, marks[line->status].style, mark);
    buffer_printf(
        target, "%*s  %-*s ",
        (int) (page->mark_width - column_width(&page->pen.column, mark)), "",
        DIAGNOSIS_SUBJECT_WIDTH, diagnosis_subjects[examination].id);
    page->column = page->indent;
    if (phrase_diagnosis(line, page->view->language, &text) < 0)
        page->pen.failed = true;
    wrap(page, buffer_text(&text));
    write_fix(page, line);
    buffer_append_byte(target, '\n');
}

static void
write_lines(struct page *page)
{
    for (size_t i = 0; i < DIAGNOSIS_EXAMINATION_COUNT; i++) {
        const enum diagnosis_section section = diagnosis_subjects[i].section;
        if (i == 0 || diagnosis_subjects[i - 1].section != section) {
            buffer_append_byte(page->pen.target, '\n');
            pen_styled(&page->pen, PEN_STRONG,
                       pen_words(&page->pen, headings[section]));
            buffer_append_byte(page->pen.target, '\n');
        }
        write_line(page, (enum diagnosis_examination) i);
    }
}

static void
write_conclusion(struct page *page)
{
    const struct diagnosis *diagnosis = page->view->diagnosis;
    const enum diagnosis_verdict verdict = diagnosis_verdict(diagnosis);
    struct buffer *target = page->pen.target;

    buffer_append_byte(target, '\n');
    buffer_printf(
        target,
        pen_words(&page->pen, "%zu pass, %zu warn, %zu fail, %zu skipped"),
        diagnosis_count(diagnosis, DIAGNOSIS_PASS),
        diagnosis_count(diagnosis, DIAGNOSIS_WARN),
        diagnosis_count(diagnosis, DIAGNOSIS_FAIL),
        diagnosis_count(diagnosis, DIAGNOSIS_SKIPPED));
    buffer_append_byte(target, '\n');
    if (diagnosis->interrupted)
        pen_styled(&page->pen, PEN_WARNING,
                   pen_words(&page->pen, "INTERRUPTED"));
    else
        pen_styled(&page->pen, verdict_styles[verdict],
                   pen_words(&page->pen, verdict_words(diagnosis)));
    buffer_append_byte(target, ' ');
    buffer_printf(target, pen_words(&page->pen, "(exit status %d)"),
                  page->view->exit_status);
    buffer_printf(target, "\n\n%s  %s\n", pen_words(&page->pen, "Next:"),
                  diagnosis->interrupted || verdict != DIAGNOSIS_READY
                      ? pen_words(&page->pen,
                                  "mend what fails, from the top, then: "
                                  "piket doctor")
                      : "piket check");
}

int
diagnosis_text_write(const struct diagnosis_view *view, struct buffer *target,
                     struct error *err)
{
    const struct report_view shown = { .language = view->language,
                                       .colour = view->colour };
    struct page page = {
        .pen = { .view = &shown, .target = target },
        .view = view,
    };

    column_init(&page.pen.column);
    lay_out(&page);
    pen_styled(&page.pen, PEN_STRONG, "piket " PIKET_VERSION);
    buffer_printf(target, "   doctor   %s\n", view->diagnosis->cloud);
    write_lines(&page);
    write_conclusion(&page);
    column_done(&page.pen.column);
    return page.pen.failed || buffer_failed(target) ? error_set_memory(err)
                                                    : 0;
}
