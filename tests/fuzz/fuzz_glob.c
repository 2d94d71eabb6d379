/* SPDX-License-Identifier: Apache-2.0 */
/* A pattern and a text, both any UTF-8: glob_match says what the definition
 * of a pattern says, which is written down here once more, in the plainest
 * way; and a text that is no pattern matches itself alone. */
#include "control/value/glob.h"

#include "base/cleanup.h"
#include "fuzz.h"

/* The table below has so many rows and columns. */
enum { LENGTH_CEILING = 128 };

static size_t
point_size(const char *text)
{
    uint32_t point;
    const size_t size = text_utf8_point(text, strlen(text), &point);

    return size > 0 ? size : 1;
}

static bool
same(char left, char right)
{
    const char pair[2][2] = { { left, '\0' }, { right, '\0' } };

    return text_equal_ignoring_case(pair[0], pair[1]);
}

/* covers[i][j]: the pattern from i on covers the text from j on. */
static bool
covers_by_definition(const char *pattern, const char *text)
{
    static bool covers[LENGTH_CEILING + 1][LENGTH_CEILING + 1];
    const size_t rows = strlen(pattern), columns = strlen(text);

    for (size_t i = rows + 1; i-- > 0;)
        for (size_t j = columns + 1; j-- > 0;) {
            const bool over = j == columns;
            if (pattern[i] == '\0')
                covers[i][j] = over;
            else if (pattern[i] == '*')
                covers[i][j] =
                    covers[i + 1][j]
                    || (!over && covers[i][j + point_size(text + j)]);
            else if (over)
                covers[i][j] = false;
            else if (pattern[i] == '?')
                covers[i][j] = covers[i + 1][j + point_size(text + j)];
            else
                covers[i][j] =
                    same(pattern[i], text[j]) && covers[i + 1][j + 1];
        }
    return covers[0][0];
}

static char *
repair(char *text)
{
    AUTOFREE char *given = text;
    AUTOBUFFER repaired = BUFFER_INIT(3 * strlen(given));

    fuzz_expect(text_repair_utf8(&repaired, given, strlen(given)) == 0);
    return strdup(buffer_text(&repaired));
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    struct fuzz_input input = FUZZ_INPUT_INIT(bytes, length);
    AUTOFREE char *pattern = repair(fuzz_text(&input));
    AUTOFREE char *text = repair(fuzz_text(&input));

    fuzz_expect(pattern != NULL && text != NULL);
    const bool covers = glob_match(pattern, text);
    if (!glob_is_pattern(pattern))
        fuzz_expect(covers == text_equal_ignoring_case(pattern, text));
    fuzz_expect(glob_match("*", text) && glob_match(text, text));
    if (strlen(pattern) <= LENGTH_CEILING && strlen(text) <= LENGTH_CEILING)
        fuzz_expect(covers == covers_by_definition(pattern, text));
    return 0;
}
