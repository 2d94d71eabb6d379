/* SPDX-License-Identifier: Apache-2.0 */
/* Patterns for names. */
#include "control/value/glob.h"

#include <stddef.h>
#include <string.h>

static char
lower(char letter)
{
    return letter >= 'A' && letter <= 'Z' ? (char) (letter - 'A' + 'a')
                                          : letter;
}

/* Behind the code point that begins at text, which is not at its end. */
static const char *
next_letter(const char *text)
{
    text++;
    while (((unsigned char) *text & 0xc0) == 0x80)
        text++;
    return text;
}

bool
glob_is_pattern(const char *text)
{
    return strpbrk(text, "*?") != NULL;
}

bool
glob_match(const char *pattern, const char *text)
{
    /* Where to go on when the text after the last star does not fit: a star
     * before it never needs to take more. */
    const char *after_star = NULL, *resume = NULL;

    while (*text != '\0') {
        if (*pattern == '*') {
            after_star = ++pattern;
            resume = text;
        } else if (*pattern == '?') {
            pattern++;
            text = next_letter(text);
        } else if (*pattern != '\0' && lower(*pattern) == lower(*text)) {
            pattern++;
            text++;
        } else if (after_star != NULL) {
            pattern = after_star;
            resume = next_letter(resume);
            text = resume;
        } else {
            return false;
        }
    }
    return pattern[strspn(pattern, "*")] == '\0';
}
