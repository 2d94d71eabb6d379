/* SPDX-License-Identifier: Apache-2.0 */
/* Expected output in files. */
#include "unit/report/golden.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/cleanup.h"
#include "base/file.h"
#include "unit/unit.h"

enum { GOLDEN_CEILING = 16 * 1024 * 1024 };

static void
show_difference(const char *path, const char *expected, const char *actual)
{
    size_t line = 1;

    for (;;) {
        const size_t expected_length = strcspn(expected, "\n");
        const size_t actual_length = strcspn(actual, "\n");
        const bool ends =
            expected[expected_length] == '\0' || actual[actual_length] == '\0';
        if (expected_length != actual_length || ends
            || memcmp(expected, actual, expected_length) != 0) {
            print_error("%s:%zu differs\n  expected: %.*s\n  written:  %.*s\n"
                        "PIKET_GOLDEN_RENEW=1 accepts what is written\n",
                        path, line, (int) expected_length, expected,
                        (int) actual_length, actual);
            return;
        }
        expected += expected_length + 1;
        actual += actual_length + 1;
        line++;
    }
}

void
golden_compare(const char *path, const struct buffer *actual)
{
    AUTOBUFFER expected = BUFFER_INIT(GOLDEN_CEILING);
    AUTOERROR err = ERROR_INIT;
    AUTOFREE char *whole_path = NULL;

    if (asprintf(&whole_path, "%s/%s", GOLDEN_FOLDER, path) < 0)
        fail_msg("out of memory");
    if (getenv("PIKET_GOLDEN_RENEW") != NULL) {
        if (file_replace(whole_path, buffer_text(actual), actual->length, 0644,
                         &err)
            < 0)
            fail_msg("%s", error_message(&err));
        return;
    }
    if (file_read(whole_path, &expected, &err) < 0)
        fail_msg("%s", error_message(&err));
    if (expected.length != actual->length
        || memcmp(buffer_text(&expected), buffer_text(actual), actual->length)
               != 0) {
        show_difference(path, buffer_text(&expected), buffer_text(actual));
        fail_msg("%s: not what was expected", path);
    }
}
