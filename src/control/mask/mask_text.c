/* SPDX-License-Identifier: Apache-2.0 */
/* Sentences without what tells whose they are. */
#include "control/mask/mask_text.h"

#include <ctype.h>
#include <stdbool.h>
#include <string.h>

#include "base/text.h"

enum {
    UUID_LENGTH = 36,
    UUID_DIGITS = 32,
    QUOTED_CEILING = 320, /* of an address whose local part is quoted */
    PHONE_DIGITS = 7,     /* fewer are a time zone, or a difference */
};

/* What is to be hidden at one place of the text. */
struct find {
    size_t length; /* 0: nothing */
    enum pseudonym_kind kind;
    const char *value; /* NULL: the text itself */
    size_t value_length;
};

struct scan {
    const char *text;
    size_t length;
    size_t at;
    size_t token_end;             /* up to here no address begins any more */
    char digits[UUID_LENGTH + 1]; /* of a UUID that has no dashes */
};

/* Letters and digits, and all that is not ASCII. */
static bool
is_word(char letter)
{
    return isalnum((unsigned char) letter) != 0 || (letter & 0x80) != 0;
}

/* Whether no word goes on across the place. */
static bool
is_border(const struct scan *scan, size_t place)
{
    return place == 0 || place >= scan->length
           || !is_word(scan->text[place - 1]) || !is_word(scan->text[place]);
}

static struct find
find_value(const struct scan *scan, const struct mask_values *values)
{
    struct find found = { .length = 0 };

    if (!is_border(scan, scan->at))
        return found;
    for (; values != NULL; values = values->more)
        for (size_t i = 0; i < values->count; i++) {
            const struct mask_value *value = &values->items[i];
            const size_t length = strlen(value->text);
            if (length > found.length
                && text_starts_with_ignoring_case(scan->text + scan->at,
                                                  value->text)
                && is_border(scan, scan->at + length))
                found =
                    (struct find){ length, value->kind, value->text, length };
        }
    return found;
}

/* How many of the bytes at the place are hexadecimal digits, dashes standing
 * where a UUID has them or nowhere. */
static size_t
measure_uuid(const char *text, bool dashes)
{
    size_t i = 0, digits = 0;

    for (; digits < UUID_DIGITS; i++) {
        if (dashes && (i == 8 || i == 13 || i == 18 || i == 23)) {
            if (text[i] != '-')
                return 0;
        } else if (isxdigit((unsigned char) text[i]) != 0) {
            digits++;
        } else {
            return 0;
        }
    }
    return i;
}

static struct find
find_uuid(struct scan *scan)
{
    const char *text = scan->text + scan->at;
    size_t length = measure_uuid(text, true);

    if (!is_border(scan, scan->at))
        return (struct find){ .length = 0 };
    if (length > 0 && is_border(scan, scan->at + length))
        return (struct find){ length, PSEUDONYM_ID, NULL, length };
    length = measure_uuid(text, false);
    if (length == 0 || !is_border(scan, scan->at + length))
        return (struct find){ .length = 0 };
    size_t written = 0;
    for (size_t i = 0; i < UUID_DIGITS; i++) {
        if (i == 8 || i == 12 || i == 16 || i == 20)
            scan->digits[written++] = '-';
        scan->digits[written++] = text[i];
    }
    return (struct find){ length, PSEUDONYM_ID, scan->digits, written };
}

/* Whether no address goes on across it, unless it stands in quotes. */
static bool
ends_token(char letter)
{
    return (unsigned char) letter <= ' ' || letter == 0x7f
           || strchr("\"<>(),;:=[]`|", letter) != NULL;
}

/* The length of a quoted local part; 0 where none begins here. */
static size_t
measure_quoted(const char *text)
{
    size_t i = 1;

    if (text[0] != '"')
        return 0;
    while (i < QUOTED_CEILING && text[i] != '\0' && text[i] != '"')
        i += text[i] == '\\' && text[i + 1] != '\0' ? 2 : 1;
    return i < QUOTED_CEILING && text[i] == '"' && text[i + 1] == '@' ? i + 1
                                                                      : 0;
}

/* A word that holds an at sign behind something. Quotation marks and slashes
 * around it stay, and so does an at sign before it. */
static struct find
find_address(struct scan *scan)
{
    const struct find none = { .length = 0 };
    const char *text = scan->text + scan->at;
    const size_t quoted = measure_quoted(text);
    size_t length = quoted;

    if (quoted == 0
        && (scan->at < scan->token_end || ends_token(*text)
            || strchr("'/@", *text) != NULL))
        return none;
    while (!ends_token(text[length]))
        length++;
    scan->token_end = scan->at + length;
    while (length > 1 && strchr("'.!?/", text[length - 1]) != NULL)
        length--;
    if (quoted == 0 && memchr(text + 1, '@', length - 1) == NULL)
        return none;
    return (struct find){ length, PSEUDONYM_ADDRESS, NULL, length };
}

/* All but a phone number. */
static struct find
find_word(struct scan *scan, const struct mask_values *values)
{
    struct find found = find_value(scan, values);

    if (found.length == 0)
        found = find_uuid(scan);
    if (found.length == 0)
        found = find_address(scan);
    return found;
}

/* Digits in groups, up to where something else begins that is to be hidden by
 * itself. */
static struct find
find_phone(const struct scan *scan, const struct mask_values *values)
{
    const char *text = scan->text + scan->at;
    size_t digits = 0, length = 1;

    if (*text != '+' || (scan->at > 0 && is_word(text[-1])))
        return (struct find){ .length = 0 };
    for (size_t i = 1; text[i] != '\0'; i++) {
        struct scan probe = { scan->text, scan->length, scan->at + i, 0, "" };
        if (ends_token(text[i - 1]) && find_word(&probe, values).length > 0)
            break;
        if (isdigit((unsigned char) text[i]) != 0) {
            digits++;
            length = i + 1;
        } else if (strchr(" .-()", text[i]) == NULL) {
            break;
        }
    }
    return (struct find){ digits >= PHONE_DIGITS ? length : 0, PSEUDONYM_PHONE,
                          NULL, length };
}

static struct find
find_at(struct scan *scan, const struct mask_values *values)
{
    const struct find found = find_word(scan, values);

    return found.length > 0 ? found : find_phone(scan, values);
}

int
mask_text_append(struct buffer *target, const char *text,
                 struct pseudonym_tables *tables,
                 const struct mask_values *values)
{
    struct scan scan = { .text = text, .length = strlen(text) };

    while (scan.at < scan.length) {
        const struct find found = find_at(&scan, values);
        if (found.length == 0) {
            buffer_append_byte(target, text[scan.at++]);
            continue;
        }
        const char *pseudonym =
            pseudonym_of(tables, found.kind,
                         found.value != NULL ? found.value : text + scan.at,
                         found.value_length);
        if (pseudonym == NULL)
            return -1;
        buffer_append_text(target, pseudonym);
        scan.at += found.length;
    }
    return buffer_failed(target) ? -1 : 0;
}
