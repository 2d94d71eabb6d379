/* SPDX-License-Identifier: Apache-2.0 */
/* Any text in Markdown, XML, HTML and YAML, each by the functions that put
 * foreign text there: nothing in it acts as markup, and a reader of the format
 * gets the very text back, without what acts on a terminal. */
#include <yaml.h>

#include "base/cleanup.h"
#include "fuzz.h"
#include "report/markup/html.h"
#include "report/markup/markdown_span.h"
#include "report/markup/markdown_text.h"
#include "report/markup/xml_text.h"
#include "report/markup/yaml_text.h"

enum { MARKUP_CEILING = 256 * 1024 };

/* What stands for a reference at text; '\0' for what is none of ours. */
static char
reference_read(const char **text)
{
    static const struct {
        const char *reference;
        char letter;
    } references[] = {
        { "&amp;", '&' },
        { "&lt;", '<' },
        { "&gt;", '>' },
        { "&quot;", '"' },
        { "&#39;", '\'' },
        /* of what a pipeline's agent could take for a command */
        { "&#35;", '#' },
        { "&#58;", ':' },
        { "&#45;", '-' },
        { "&#43;", '+' },
        { "&#126;", '~' },
    };

    for (size_t i = 0; i < ARRAY_LENGTH(references); i++) {
        const size_t length = strlen(references[i].reference);
        if (strncmp(*text, references[i].reference, length) == 0) {
            *text += length;
            return references[i].letter;
        }
    }
    return '\0';
}

/* The text of XML or HTML reads as plain. */
static void
expect_references(const char *text, const char *plain)
{
    while (*text != '\0') {
        fuzz_expect(strchr("<>\"", *text) == NULL);
        const char letter = *text == '&' ? reference_read(&text) : *text++;
        fuzz_expect(letter != '\0' && letter == *plain++);
    }
    fuzz_expect(*plain == '\0');
}

static void
xml_check(const char *text, const char *plain)
{
    AUTOBUFFER target = BUFFER_INIT(MARKUP_CEILING);

    fuzz_expect(xml_text_append(&target, text) == 0);
    expect_references(buffer_text(&target), plain);
}

static void
html_check(const char *text, const char *plain)
{
    AUTOBUFFER target = BUFFER_INIT(MARKUP_CEILING);
    struct html html = { .target = &target,
                         .scratch = BUFFER_INIT(MARKUP_CEILING) };

    html_text(&html, text);
    fuzz_expect(!html.failed && !buffer_failed(&target));
    fuzz_expect(strchr(buffer_text(&target), '\'') == NULL);
    expect_references(buffer_text(&target), plain);
    buffer_done(&html.scratch);
}

/* A backslash before each special letter, and nothing else. */
static void
markdown_check(const char *text, const char *plain)
{
    AUTOBUFFER target = BUFFER_INIT(MARKUP_CEILING);

    fuzz_expect(markdown_text_append(&target, text) == 0);
    for (const char *at = buffer_text(&target); *at != '\0'; at++) {
        if (*at == '\\')
            at++;
        else
            fuzz_expect(strchr("`*_{}[]<>#|~!&^$@", *at) == NULL);
        fuzz_expect(*at == *plain++);
    }
    fuzz_expect(*plain == '\0');
}

/* Reads a span as CommonMark 6.1 does. */
static void
expect_code(const char *span, const char *plain)
{
    const size_t fence = strspn(span, "`");
    const size_t length = strlen(span);
    size_t left = length - 2 * fence;
    const char *at = span + fence;

    fuzz_expect(fence > 0 && length > 2 * fence);
    fuzz_expect(strspn(span + length - fence, "`") == fence);
    for (const char *run = at; run < at + left;) {
        const size_t ticks = strspn(run, "`");
        fuzz_expect(ticks != fence || run + ticks == span + length);
        run += ticks > 0 ? ticks : 1;
    }
    const bool blank = strspn(at, " ") >= left;
    if (!blank && at[0] == ' ' && at[left - 1] == ' ') {
        at++;
        left -= 2;
    }
    fuzz_expect(left == strlen(plain) && memcmp(at, plain, left) == 0);
}

static void
span_check(const char *plain)
{
    AUTOBUFFER line = BUFFER_INIT(MARKUP_CEILING);
    AUTOBUFFER cell = BUFFER_INIT(MARKUP_CEILING);
    char before = '\0';

    fuzz_expect(markdown_span_append(&line, plain, MARKDOWN_LINE) == 0);
    fuzz_expect(markdown_span_append(&cell, plain, MARKDOWN_CELL) == 0);
    if (strcmp(buffer_text(&line), plain) == 0)
        fuzz_expect(strpbrk(plain, "`*_{}[]<>#|~!&^$@\\/") == NULL);
    else
        expect_code(buffer_text(&line), plain);
    for (const char *at = buffer_text(&cell); *at != '\0'; before = *at++)
        fuzz_expect(*at != '|' || before == '\\');
}

/* The first scalar of a document is the text, and the only one. */
static void
expect_scalar(const struct buffer *document, const char *plain)
{
    yaml_parser_t parser;
    size_t scalars = 0;
    bool over = false;

    fuzz_expect(yaml_parser_initialize(&parser) == 1);
    yaml_parser_set_input_string(&parser,
                                 (const unsigned char *) buffer_text(document),
                                 document->length);
    while (!over) {
        yaml_event_t event;
        fuzz_expect(yaml_parser_parse(&parser, &event) == 1);
        over = event.type == YAML_STREAM_END_EVENT;
        if (event.type == YAML_SCALAR_EVENT && scalars++ == 0)
            fuzz_expect(event.data.scalar.length == strlen(plain)
                        && memcmp(event.data.scalar.value, plain,
                                  event.data.scalar.length)
                               == 0);
        yaml_event_delete(&event);
    }
    fuzz_expect(scalars == 1);
    yaml_parser_delete(&parser);
}

static void
yaml_check(const char *text)
{
    AUTOBUFFER document = BUFFER_INIT(MARKUP_CEILING);
    AUTOBUFFER repaired = BUFFER_INIT(MARKUP_CEILING);

    fuzz_expect(text_repair_utf8(&repaired, text, strlen(text)) == 0);
    buffer_append_text(&document, "- ");
    yaml_text_append(&document, buffer_text(&repaired));
    buffer_append_text(&document, " # ");
    yaml_text_append_comment(&document, text);
    fuzz_expect(fuzz_is_line(buffer_text(&document)));
    buffer_append_byte(&document, '\n');
    expect_scalar(&document, buffer_text(&repaired));
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    AUTOFREE char *text = strndup((const char *) bytes, length);
    AUTOBUFFER printable = BUFFER_INIT(MARKUP_CEILING);

    fuzz_expect(text != NULL && text_append_printable(&printable, text) == 0);
    const char *plain = buffer_text(&printable);
    xml_check(text, plain);
    html_check(text, plain);
    markdown_check(text, plain);
    span_check(plain);
    yaml_check(text);
    return 0;
}
