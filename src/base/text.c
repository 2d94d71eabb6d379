/* SPDX-License-Identifier: Apache-2.0 */
/* Text: comparison, numbers, repair of foreign bytes. */
#include "base/text.h"

#include <string.h>

#include "base/cleanup.h"

/* Longer words are never misspelt names of ours. */
enum { TEXT_NEAREST_LENGTH = 64 };

static const char replacement[] = "\xef\xbf\xbd"; /* U+FFFD */

static char
lower(char letter)
{
    return letter >= 'A' && letter <= 'Z' ? (char) (letter - 'A' + 'a')
                                          : letter;
}

static bool
is_blank(char letter)
{
    return letter == ' ' || (letter >= '\t' && letter <= '\r');
}

bool
text_equal_ignoring_case(const char *left, const char *right)
{
    if (left == NULL || right == NULL)
        return left == right;
    for (; lower(*left) == lower(*right); left++, right++)
        if (*left == '\0')
            return true;
    return false;
}

int
text_compare_ignoring_case(const char *left, const char *right)
{
    while (*left != '\0' && lower(*left) == lower(*right)) {
        left++;
        right++;
    }
    return (unsigned char) lower(*left) - (unsigned char) lower(*right);
}

bool
text_starts_with_ignoring_case(const char *text, const char *prefix)
{
    for (; *prefix != '\0'; text++, prefix++)
        if (lower(*text) != lower(*prefix))
            return false;
    return true;
}

bool
text_is_blank(const char *text)
{
    if (text == NULL)
        return true;
    while (is_blank(*text))
        text++;
    return *text == '\0';
}

void
text_trim(const char **text, size_t *length)
{
    while (*length > 0 && is_blank(**text)) {
        (*text)++;
        (*length)--;
    }
    while (*length > 0 && is_blank((*text)[*length - 1]))
        (*length)--;
}

int
text_to_unsigned(const char *text, uint64_t maximum, uint64_t *ret_value)
{
    uint64_t value = 0;

    if (text == NULL || *text == '\0')
        return -1;
    for (; *text != '\0'; text++) {
        if (*text < '0' || *text > '9')
            return -1;
        if (__builtin_mul_overflow(value, (uint64_t) 10, &value)
            || __builtin_add_overflow(value, (uint64_t) (*text - '0'), &value)
            || value > maximum)
            return -1;
    }
    *ret_value = value;
    return 0;
}

static size_t
minimum_of(size_t left, size_t right)
{
    return left < right ? left : right;
}

/* Insertions, deletions, substitutions and swaps of neighbours that lead
 * from one word to the other (optimal string alignment). */
static size_t
edit_distance(const char *left, const char *right)
{
    size_t rows[3][TEXT_NEAREST_LENGTH + 1];
    size_t *before = rows[0], *above = rows[1], *row = rows[2];
    const size_t width = strlen(right);

    for (size_t j = 0; j <= width; j++)
        above[j] = j;
    for (size_t i = 1; left[i - 1] != '\0'; i++) {
        row[0] = i;
        for (size_t j = 1; j <= width; j++) {
            const bool same = lower(left[i - 1]) == lower(right[j - 1]);
            row[j] = minimum_of(minimum_of(above[j], row[j - 1]) + 1,
                                above[j - 1] + (same ? 0 : 1));
            if (i > 1 && j > 1 && lower(left[i - 1]) == lower(right[j - 2])
                && lower(left[i - 2]) == lower(right[j - 1]))
                row[j] = minimum_of(row[j], before[j - 2] + 1);
        }
        size_t *spare = before;
        before = above;
        above = row;
        row = spare;
    }
    return above[width];
}

/* Behind what neither of two spellings has to have: "cis3", "CIS 3.0". */
static const char *
skip_marks(const char *text)
{
    return text + strspn(text, "-_. ");
}

/* Whether the candidate begins with the word, give or take case and marks;
 * a word of one letter says too little. */
static bool
begins_loosely(const char *candidate, const char *word)
{
    size_t letters = 0;

    for (;; candidate++, word++, letters++) {
        candidate = skip_marks(candidate);
        word = skip_marks(word);
        if (*word == '\0')
            return letters > 1;
        if (lower(*candidate) != lower(*word))
            return false;
    }
}

const char *
text_nearest(const char *word, const char *const *candidates, size_t count)
{
    const char *nearest = NULL;
    const size_t length = strlen(word);
    bool begun = false;
    /* A third of the letters may be wrong, but never all of them. */
    size_t best = length / 3 + 1;

    if (length > TEXT_NEAREST_LENGTH)
        return NULL;
    for (size_t i = 0; i < count; i++) {
        const size_t other = strlen(candidates[i]);
        if (other > TEXT_NEAREST_LENGTH)
            continue;
        const size_t distance = edit_distance(word, candidates[i]);
        const bool begins = begins_loosely(candidates[i], word);
        if (begins && !begun) {
            begun = true;
            nearest = candidates[i];
            best = distance;
            continue;
        }
        if (begun && !begins)
            continue;
        if (distance <= best && distance < other) {
            /* Of two as near, the one that goes on where the word ends. */
            if (nearest != NULL && distance == best
                && (text_starts_with_ignoring_case(nearest, word)
                    || !text_starts_with_ignoring_case(candidates[i], word)))
                continue;
            nearest = candidates[i];
            best = distance;
        }
    }
    return nearest;
}

size_t
text_utf8_point(const char *text, size_t length, uint32_t *ret_point)
{
    static const uint32_t least[] = { 0, 0, 0x80, 0x800, 0x10000 };
    const unsigned char *bytes = (const unsigned char *) text;
    const unsigned char first = length > 0 ? bytes[0] : 0xff;
    size_t size;
    uint32_t point;

    if (first < 0x80) {
        *ret_point = first;
        return 1;
    } else if ((first & 0xe0) == 0xc0) {
        size = 2;
        point = first & 0x1f;
    } else if ((first & 0xf0) == 0xe0) {
        size = 3;
        point = first & 0x0f;
    } else if ((first & 0xf8) == 0xf0) {
        size = 4;
        point = first & 0x07;
    } else {
        return 0;
    }
    if (size > length)
        return 0;
    for (size_t i = 1; i < size; i++) {
        if ((bytes[i] & 0xc0) != 0x80)
            return 0;
        point = point << 6 | (bytes[i] & 0x3f);
    }
    if (point < least[size] || point > 0x10ffff
        || (point >= 0xd800 && point <= 0xdfff))
        return 0;
    *ret_point = point;
    return size;
}

int
text_repair_utf8(struct buffer *target, const char *bytes, size_t length)
{
    static const char mark[] = "\xef\xbb\xbf";
    size_t start = 0, end = 0;

    if (length >= 3 && memcmp(bytes, mark, 3) == 0)
        start = end = 3;
    while (end < length) {
        uint32_t point;
        const size_t size = text_utf8_point(bytes + end, length - end, &point);
        if (size > 0) {
            end += size;
            continue;
        }
        buffer_append(target, bytes + start, end - start);
        buffer_append_text(target, replacement);
        start = ++end;
    }
    return buffer_append(target, bytes + start, end - start);
}

struct range {
    uint32_t first, last;
};

static bool
is_in(uint32_t point, const struct range *ranges, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (point >= ranges[i].first && point <= ranges[i].last)
            return true;
    return false;
}

/* Unicode's Bidi_Control characters, the line separators, and what stands in
 * a text without being seen (Default_Ignorable_Code_Point): zero-width blanks,
 * soft hyphens, fillers, invisible operators, byte-order marks, tags. So are
 * U+FFFE and U+FFFF, which neither YAML nor XML may hold at all. */
bool
text_point_is_printable(uint32_t point)
{
    static const struct range unseen[] = {
        { 0x00, 0x1f },       { 0x7f, 0x9f },       { 0xad, 0xad },
        { 0x34f, 0x34f },     { 0x61c, 0x61c },     { 0x115f, 0x1160 },
        { 0x17b4, 0x17b5 },   { 0x180b, 0x180f },   { 0x200b, 0x200b },
        { 0x200e, 0x200f },   { 0x2028, 0x202e },   { 0x2060, 0x206f },
        { 0x3164, 0x3164 },   { 0xfeff, 0xfeff },   { 0xffa0, 0xffa0 },
        { 0xfff0, 0xfff8 },   { 0xfffe, 0xffff },   { 0x1bca0, 0x1bca3 },
        { 0x1d173, 0x1d17a }, { 0xe0000, 0xe0fff },
    };

    return (point >= 0x20 && point < 0x7f)
           || !is_in(point, unseen, ARRAY_LENGTH(unseen));
}

bool
text_point_is_shaper(uint32_t point)
{
    return point == 0x200c || point == 0x200d
           || (point >= 0xfe00 && point <= 0xfe0f);
}

/* Behind these a shaper shapes nothing. It hides from the eye what a
 * comparison that ignores it finds: the commands of base/logging_command.h. */
static bool
takes_no_shape(uint32_t point)
{
    static const struct range shapeless[] = {
        { 0x00, 0xa0 },     { 0x1680, 0x1680 }, { 0x2000, 0x200a },
        { 0x202f, 0x202f }, { 0x205f, 0x205f }, { 0x3000, 0x3000 },
    };

    return is_in(point, shapeless, ARRAY_LENGTH(shapeless));
}

int
text_append_printable(struct buffer *target, const char *text)
{
    uint32_t before = 0;

    if (text == NULL)
        return buffer_append(target, "", 0);
    for (size_t length = strlen(text); length > 0;) {
        uint32_t point = 0;
        size_t size = text_utf8_point(text, length, &point);
        if (size > 0 && (point == '\n' || point == '\r' || point == '\t'))
            buffer_append_byte(target, ' ');
        else if (size > 0 && text_point_is_printable(point)
                 && !(text_point_is_shaper(point) && takes_no_shape(before)))
            buffer_append(target, text, size);
        else
            buffer_append_text(target, replacement);
        before = point;
        if (size == 0)
            size = 1;
        text += size;
        length -= size;
    }
    return buffer_append(target, "", 0);
}

int
text_append_line(struct buffer *target, const char *text, size_t ceiling)
{
    static const char ellipsis[] = "…";
    const char *source = text != NULL ? text : "";
    AUTOFREE char *first = strndup(source, strcspn(source, "\r\n"));
    /* A byte becomes three at the most. */
    AUTOBUFFER line = BUFFER_INIT(first != NULL ? 3 * strlen(first) : 0);

    if (first == NULL || text_append_printable(&line, first) < 0) {
        target->failed = true;
        return -1;
    }
    if (line.length <= ceiling)
        return buffer_append(target, buffer_text(&line), line.length);
    size_t length = ceiling - strlen(ellipsis);
    while (length > 0 && (line.data[length] & 0xc0) == 0x80)
        length--; /* not within a character */
    buffer_append(target, line.data, length);
    return buffer_append_text(target, ellipsis);
}

bool
text_is_uuid(const char *text)
{
    static const char form[] = "hhhhhhhh-hhhh-hhhh-hhhh-hhhhhhhhhhhh";

    if (text == NULL || strlen(text) != sizeof(form) - 1)
        return false;
    for (size_t i = 0; form[i] != '\0'; i++) {
        const char letter = lower(text[i]);
        const bool digit = (letter >= '0' && letter <= '9')
                           || (letter >= 'a' && letter <= 'f');
        if (form[i] == '-' ? letter != '-' : !digit)
            return false;
    }
    return true;
}
