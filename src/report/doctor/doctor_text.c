/* SPDX-License-Identifier: Apache-2.0 */
/* A diagnosis for people: a line for each examination, below it the fix. */
#include <string.h>

#include "base/cleanup.h"
#include "base/text.h"
#include "report/markup/column.h"
#include "report/doctor/doctor_format.h"
#include "report/markup/terminal_writer.h"
#include "report/wording/phrase_doctor.h"

enum {
    DOCTOR_REPORT_SUBJECT_WIDTH = 18, /* of the longest id */
    DOCTOR_REPORT_COMMAND_COLUMN = 8, /* commands are long, and not wrapped */
};

struct page {
    struct terminal_writer terminal_writer;
    const struct doctor_report_view *view;
    size_t mark_width; /* of the widest mark */
    size_t indent;     /* where sentences begin */
    size_t column;     /* taken of the present line */
};

static const struct {
    const char *word;
    enum terminal_writer_style style;
} marks[] = {
    [DOCTOR_REPORT_PASS] = { N_("pass"), TERMINAL_WRITER_GOOD },
    [DOCTOR_REPORT_WARN] = { N_("warn"), TERMINAL_WRITER_WARNING },
    [DOCTOR_REPORT_FAIL] = { N_("FAIL"), TERMINAL_WRITER_ALARM },
    [DOCTOR_REPORT_SKIPPED] = { N_("skip"), TERMINAL_WRITER_FAINT },
};

static const char *const headings[] = {
    [DOCTOR_REPORT_SECTION_CONFIGURATION] = N_("CONFIGURATION"),
    [DOCTOR_REPORT_SECTION_NETWORK] = N_("NETWORK"),
    [DOCTOR_REPORT_SECTION_SIGN_IN] = N_("SIGN-IN"),
    [DOCTOR_REPORT_SECTION_SUBSCRIPTIONS] = N_("SUBSCRIPTIONS"),
    [DOCTOR_REPORT_SECTION_PERMISSIONS] = N_("PERMISSIONS"),
};

static const char *const verdicts[] = {
    [DOCTOR_REPORT_READY] =
        N_("READY: a check can read everything in the sample"),
    [DOCTOR_REPORT_INCOMPLETE] = N_("A CHECK WOULD BE INCOMPLETE"),
    [DOCTOR_REPORT_IMPOSSIBLE] = N_("A CHECK COULD NOT RUN"),
};

/* A check that would run is one thing, that it can read is another. */
static const char ready_unproved[] =
    N_("READY: a check can run; whether it can read everything is not known");

static const enum terminal_writer_style verdict_styles[] = {
    [DOCTOR_REPORT_READY] = TERMINAL_WRITER_GOOD,
    [DOCTOR_REPORT_INCOMPLETE] = TERMINAL_WRITER_WARNING,
    [DOCTOR_REPORT_IMPOSSIBLE] = TERMINAL_WRITER_ALARM,
};

static const char *
verdict_words(const struct doctor_report *doctor_report)
{
    const enum doctor_report_verdict verdict =
        doctor_report_verdict(doctor_report);
    const bool proved =
        doctor_report->lines[DOCTOR_REPORT_PERMISSION_READ].status
        == DOCTOR_REPORT_PASS;

    return verdict == DOCTOR_REPORT_READY && !proved ? ready_unproved
                                                     : verdicts[verdict];
}

static void
lay_out(struct page *page)
{
    for (size_t i = 0; i < ARRAY_LENGTH(marks); i++) {
        const size_t width = column_width(
            &page->terminal_writer.column,
            terminal_writer_words(&page->terminal_writer, marks[i].word));
        if (width > page->mark_width)
            page->mark_width = width;
    }
    page->indent = 2 + page->mark_width + 2 + DOCTOR_REPORT_SUBJECT_WIDTH + 1;
}

static void
break_line(struct page *page)
{
    buffer_append_byte(page->terminal_writer.target, '\n');
    for (page->column = 0; page->column < page->indent; page->column++)
        buffer_append_byte(page->terminal_writer.target, ' ');
}

/* One line of foreign text, wrapped between words. */
static void
wrap_line(struct page *page, const char *line)
{
    AUTOBUFFER printable = BUFFER_INIT(DOCTOR_REPORT_REPORT_CEILING);
    AUTOBUFFER word = BUFFER_INIT(DOCTOR_REPORT_REPORT_CEILING);
    bool begun = false;

    if (text_append_printable(&printable, line) < 0)
        page->terminal_writer.failed = true;
    const char *text = buffer_text(&printable);
    for (text += strspn(text, " "); *text != '\0'; text += strspn(text, " ")) {
        const size_t length = strcspn(text, " ");
        buffer_clear(&word);
        if (buffer_append(&word, text, length) < 0)
            page->terminal_writer.failed = true;
        const size_t width =
            column_width(&page->terminal_writer.column, buffer_text(&word));
        if (begun && page->column + 1 + width > DOCTOR_REPORT_WIDTH) {
            break_line(page);
        } else if (begun) {
            buffer_append_byte(page->terminal_writer.target, ' ');
            page->column++;
        }
        buffer_append(page->terminal_writer.target, text, length);
        page->column += width;
        text += length;
        begun = true;
    }
}

/* Wraps each of the lines of a text. */
static void
wrap(struct page *page, const char *text)
{
    AUTOBUFFER line = BUFFER_INIT(DOCTOR_REPORT_REPORT_CEILING);

    while (*text != '\0') {
        const size_t length = strcspn(text, "\n");
        buffer_clear(&line);
        if (buffer_append(&line, text, length) < 0)
            page->terminal_writer.failed = true;
        wrap_line(page, buffer_text(&line));
        text += length;
        if (*text == '\n') {
            text++;
            break_line(page);
        }
    }
}

static void
write_fix(struct page *page, const struct doctor_report_line *line)
{
    AUTOBUFFER text = BUFFER_INIT(DOCTOR_REPORT_REPORT_CEILING);
    struct buffer *target = page->terminal_writer.target;

    if (phrase_doctor_advice(line, page->view->language, &text) < 0)
        page->terminal_writer.failed = true;
    if (text.length > 0) {
        break_line(page);
        buffer_append_text(target, "-> ");
        page->column += 3;
        wrap(page, buffer_text(&text));
    }
    buffer_clear(&text);
    if (phrase_doctor_command(line, &text) < 0)
        page->terminal_writer.failed = true;
    if (text.length > 0) {
        buffer_printf(target, "\n%*s", DOCTOR_REPORT_COMMAND_COLUMN, "");
        text_append_printable(target, buffer_text(&text));
    }
}

static void
write_line(struct page *page, enum doctor_report_examination examination)
{
    const struct doctor_report_line *line =
        &page->view->doctor_report->lines[examination];
    const char *mark = terminal_writer_words(&page->terminal_writer,
                                             marks[line->status].word);
    AUTOBUFFER text = BUFFER_INIT(DOCTOR_REPORT_REPORT_CEILING);
    struct buffer *target = page->terminal_writer.target;

    buffer_append_text(target, "  ");
    terminal_writer_styled(&page->terminal_writer, marks[line->status].style,
                           mark);
    buffer_printf(target, "%*s  %-*s ",
                  (int) (page->mark_width
                         - column_width(&page->terminal_writer.column, mark)),
                  "", DOCTOR_REPORT_SUBJECT_WIDTH,
                  doctor_report_subjects[examination].id);
    page->column = page->indent;
    if (phrase_doctor(line, page->view->language, &text) < 0)
        page->terminal_writer.failed = true;
    wrap(page, buffer_text(&text));
    write_fix(page, line);
    buffer_append_byte(target, '\n');
}

static void
write_lines(struct page *page)
{
    for (size_t i = 0; i < DOCTOR_REPORT_EXAMINATION_COUNT; i++) {
        const enum doctor_report_section section =
            doctor_report_subjects[i].section;
        if (i == 0 || doctor_report_subjects[i - 1].section != section) {
            buffer_append_byte(page->terminal_writer.target, '\n');
            terminal_writer_styled(
                &page->terminal_writer, TERMINAL_WRITER_STRONG,
                terminal_writer_words(&page->terminal_writer,
                                      headings[section]));
            buffer_append_byte(page->terminal_writer.target, '\n');
        }
        write_line(page, (enum doctor_report_examination) i);
    }
}

static void
write_conclusion(struct page *page)
{
    const struct doctor_report *doctor_report = page->view->doctor_report;
    const enum doctor_report_verdict verdict =
        doctor_report_verdict(doctor_report);
    struct buffer *target = page->terminal_writer.target;

    buffer_append_byte(target, '\n');
    buffer_printf(
        target,
        terminal_writer_words(&page->terminal_writer,
                              "%zu pass, %zu warn, %zu fail, %zu skipped"),
        doctor_report_count(doctor_report, DOCTOR_REPORT_PASS),
        doctor_report_count(doctor_report, DOCTOR_REPORT_WARN),
        doctor_report_count(doctor_report, DOCTOR_REPORT_FAIL),
        doctor_report_count(doctor_report, DOCTOR_REPORT_SKIPPED));
    buffer_append_byte(target, '\n');
    if (doctor_report->interrupted)
        terminal_writer_styled(
            &page->terminal_writer, TERMINAL_WRITER_WARNING,
            terminal_writer_words(&page->terminal_writer, "INTERRUPTED"));
    else
        terminal_writer_styled(
            &page->terminal_writer, verdict_styles[verdict],
            terminal_writer_words(&page->terminal_writer,
                                  verdict_words(doctor_report)));
    buffer_append_byte(target, ' ');
    buffer_printf(
        target,
        terminal_writer_words(&page->terminal_writer, "(exit status %d)"),
        page->view->exit_status);
    buffer_printf(
        target, "\n\n%s  %s\n",
        terminal_writer_words(&page->terminal_writer, "Next:"),
        doctor_report->interrupted || verdict != DOCTOR_REPORT_READY
            ? terminal_writer_words(&page->terminal_writer,
                                    "mend what fails, from the top, then: "
                                    "piket doctor")
            : "piket check");
}

int
doctor_report_text_write(const struct doctor_report_view *view,
                         struct buffer *target, struct error *err)
{
    const struct report_view shown = { .language = view->language,
                                       .colour = view->colour };
    struct page page = {
        .terminal_writer = { .view = &shown, .target = target },
        .view = view,
    };

    column_init(&page.terminal_writer.column);
    lay_out(&page);
    terminal_writer_styled(&page.terminal_writer, TERMINAL_WRITER_STRONG,
                           "piket " PIKET_VERSION);
    buffer_printf(target, "   doctor   %s\n", view->doctor_report->cloud);
    write_lines(&page);
    write_conclusion(&page);
    column_done(&page.terminal_writer.column);
    return page.terminal_writer.failed || buffer_failed(target)
               ? error_set_memory(err)
               : 0;
}
