/* SPDX-License-Identifier: Apache-2.0 */
/* Whole sentences with places for facts. */
#include "report/wording/sentence.h"

#include <inttypes.h>
#include <stdbool.h>
#include <string.h>

/* A place between braces. */
struct place {
    const char *name; /* length bytes */
    size_t length;
    const char *one, *many; /* or NULL; end at '|' and '}' */
    bool lines;             /* each text on a line of its own */
    bool word;              /* of ours, in the language */
    const char *end;        /* behind the brace */
};

static struct place
read_place(const char *text)
{
    const char *close = strchr(text, '}');
    struct place place = { .name = text + 1, .end = close + 1 };
    const char *bar = memchr(text, '|', (size_t) (close - text));

    place.length = (size_t) ((bar != NULL ? bar : close) - place.name);
    if (place.length > 0 && place.name[place.length - 1] == ';') {
        place.lines = true;
        place.length--;
    } else if (place.length > 0 && place.name[place.length - 1] == '!') {
        place.word = true;
        place.length--;
    }
    if (bar != NULL) {
        place.one = bar + 1;
        place.many = strchr(place.one, '|') + 1;
    }
    return place;
}

static const struct doctor_report_fact *
find_fact(const struct place *place, const struct doctor_report_line *line)
{
    for (size_t i = 0; i < line->fact_count; i++)
        if (strlen(line->facts[i].name) == place->length
            && memcmp(line->facts[i].name, place->name, place->length) == 0)
            return &line->facts[i];
    return NULL;
}

static bool
is_there(const struct doctor_report_fact *fact)
{
    if (fact == NULL)
        return false;
    switch (fact->kind) {
    case DOCTOR_REPORT_FACT_TEXTS:
    case DOCTOR_REPORT_FACT_COUNTS:
        return fact->count > 0;
    case DOCTOR_REPORT_FACT_TEXT:
    case DOCTOR_REPORT_FACT_NUMBER:
        break;
    }
    return true;
}

/* What came from outside may not begin a line that looks like one of ours. */
static void
append_on_one_line(const char *text, struct buffer *target)
{
    for (; *text != '\0'; text++)
        buffer_append_byte(target,
                           *text == '\n' || *text == '\r' ? ' ' : *text);
}

static void
append_fact(const struct doctor_report_fact *fact, const struct place *place,
            const struct language *language, struct buffer *target)
{
    switch (fact->kind) {
    case DOCTOR_REPORT_FACT_NUMBER:
        buffer_printf(target, "%" PRId64, fact->number);
        return;
    case DOCTOR_REPORT_FACT_TEXT:
        if (place->word)
            buffer_append_text(target, language_text(language, fact->text));
        else if (strcmp(fact->name, "error") == 0)
            /* An error has lines of its own, and those are ours. */
            buffer_append_text(target, fact->text);
        else
            append_on_one_line(fact->text, target);
        return;
    case DOCTOR_REPORT_FACT_TEXTS:
    case DOCTOR_REPORT_FACT_COUNTS:
        break;
    }
    for (size_t i = 0; i < fact->count; i++) {
        if (i > 0)
            buffer_append_text(target, place->lines ? "\n" : ", ");
        if (fact->kind == DOCTOR_REPORT_FACT_COUNTS)
            buffer_printf(target, "%" PRId64 " ", fact->numbers[i]);
        append_on_one_line(fact->texts[i], target);
    }
}

static void
append_place(const struct place *place, const struct doctor_report_line *line,
             const struct language *language, struct buffer *target)
{
    const struct doctor_report_fact *fact = find_fact(place, line);

    if (!is_there(fact))
        return;
    if (place->one == NULL)
        append_fact(fact, place, language, target);
    else if (fact->number == 1)
        buffer_append(target, place->one,
                      (size_t) (place->many - 1 - place->one));
    else
        buffer_append(target, place->many,
                      (size_t) (place->end - 1 - place->many));
}

/* Whether all places before the closing bracket have their facts. */
static bool
option_holds(const char *text, const struct doctor_report_line *line)
{
    while (*text != ']') {
        if (*text != '{') {
            text++;
            continue;
        }
        const struct place place = read_place(text);
        if (!is_there(find_fact(&place, line)))
            return false;
        text = place.end;
    }
    return true;
}

int
sentence_append(const char *sentence, const struct doctor_report_line *line,
                const struct language *language, struct buffer *target)
{
    sentence = language_text(language, sentence);
    while (*sentence != '\0') {
        if (*sentence == '{') {
            const struct place place = read_place(sentence);
            append_place(&place, line, language, target);
            sentence = place.end;
        } else if (*sentence == '[' && !option_holds(sentence + 1, line)) {
            sentence = strchr(sentence, ']') + 1;
        } else if (*sentence == '[' || *sentence == ']') {
            sentence++;
        } else {
            buffer_append_byte(target, *sentence++);
        }
    }
    return buffer_append(target, "", 0);
}
