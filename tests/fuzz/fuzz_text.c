/* SPDX-License-Identifier: Apache-2.0 */
/* Any bytes as text: what is repaired is UTF-8, and stays as it is when it is
 * repaired again; what is printable holds nothing that acts on a terminal; a
 * line is one, and no longer than its ceiling; a number is the one that was
 * written; the nearest of some words is one of them; a time is the same when
 * it is written and read again. */
#include "base/text.h"

#include <inttypes.h>
#include <jansson.h>
#include <stdio.h>

#include "base/cleanup.h"
#include "base/clock.h"
#include "fuzz.h"

enum { LINE_CEILING = 40, CANDIDATES = 3 };

/* A byte becomes three at the most. */
static void
repair_check(const char *bytes, size_t length)
{
    AUTOBUFFER once = BUFFER_INIT(3 * length);
    AUTOBUFFER twice = BUFFER_INIT(3 * length);

    fuzz_expect(text_repair_utf8(&once, bytes, length) == 0);
    /* jansson has a reader of its own. */
    json_t *read = json_stringn(buffer_text(&once), once.length);
    fuzz_expect(read != NULL);
    json_decref(read);
    /* A byte-order mark may stand behind another. */
    if (once.length >= 3 && memcmp(once.data, "\xef\xbb\xbf", 3) == 0)
        return;
    fuzz_expect(text_repair_utf8(&twice, buffer_text(&once), once.length) == 0
                && twice.length == once.length
                && memcmp(buffer_text(&once), buffer_text(&twice), once.length)
                       == 0);
}

static void
printable_check(const char *text)
{
    AUTOBUFFER once = BUFFER_INIT(3 * strlen(text));
    AUTOBUFFER twice = BUFFER_INIT(3 * strlen(text));

    fuzz_expect(text_append_printable(&once, text) == 0);
    fuzz_expect(fuzz_is_line(buffer_text(&once)));
    fuzz_expect(text_append_printable(&twice, buffer_text(&once)) == 0
                && strcmp(buffer_text(&once), buffer_text(&twice)) == 0);
    fuzz_expect(strpbrk(buffer_text(&once), "\033\r\n\t\177") == NULL);
}

/* Any ceiling, also one in which nothing but an ellipsis fits. */
static void
line_check(const char *text)
{
    const size_t ceiling = 3 + strlen(text) % (LINE_CEILING - 2);
    AUTOBUFFER line = BUFFER_INIT(LINE_CEILING);

    fuzz_expect(text_append_line(&line, text, ceiling) == 0);
    fuzz_expect(line.length <= ceiling && fuzz_is_line(buffer_text(&line)));
}

static void
number_check(const char *text)
{
    uint64_t value = 0;
    char written[32];

    if (text_to_unsigned(text, INT64_MAX, &value) < 0)
        return;
    (void) snprintf(written, sizeof(written), "%" PRIu64, value);
    while (*text == '0' && text[1] != '\0')
        text++;
    fuzz_expect(strcmp(written, text) == 0);
}

static void
compare_check(const char *left, const char *right)
{
    const int order = text_compare_ignoring_case(left, right);
    const int reverse = text_compare_ignoring_case(right, left);

    fuzz_expect((order < 0) == (reverse > 0));
    fuzz_expect((order == 0) == text_equal_ignoring_case(left, right));
    fuzz_expect(order != 0 || text_starts_with_ignoring_case(left, right));
    fuzz_expect(text_is_blank(left) || *left != '\0');
}

static void
trim_check(const char *text)
{
    size_t length = strlen(text);
    const char *inner = text;

    text_trim(&inner, &length);
    fuzz_expect(inner >= text && inner + length <= text + strlen(text));
    fuzz_expect((length == 0) == text_is_blank(text));
    fuzz_expect(length == 0
                || (strchr(" \t\n\v\f\r", inner[0]) == NULL
                    && strchr(" \t\n\v\f\r", inner[length - 1]) == NULL));
}

static void
nearest_check(const char *word, const char *const *candidates)
{
    const char *nearest = text_nearest(word, candidates, CANDIDATES);
    bool found = nearest == NULL;

    for (size_t i = 0; i < CANDIDATES; i++)
        found = found || candidates[i] == nearest;
    fuzz_expect(found);
}

static void
clock_check(const char *text)
{
    char once[CLOCK_TEXT_SIZE], twice[CLOCK_TEXT_SIZE];
    int64_t time = 0, again = 0;

    if (clock_parse(text, &time) < 0)
        return;
    fuzz_expect(clock_parse(clock_format(time, once), &again) == 0);
    fuzz_expect(strcmp(clock_format(again, twice), once) == 0);
    /* A zone may lead out of the years that can be written. */
    if (strchr(text, '+') == NULL && strchr(text + 10, '-') == NULL)
        fuzz_expect(time - again >= 0 && time - again < 1000);
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    struct fuzz_input input = FUZZ_INPUT_INIT(bytes, length);
    AUTOFREE char *text = fuzz_text(&input);
    AUTOFREE char *second = fuzz_text(&input);
    AUTOFREE char *third = fuzz_text(&input);
    const char *const candidates[CANDIDATES] = { second, third, "strict" };

    repair_check((const char *) bytes, length);
    printable_check(text);
    line_check(text);
    number_check(text);
    trim_check(text);
    clock_check(text);
    compare_check(text, second);
    nearest_check(text, candidates);
    return 0;
}
