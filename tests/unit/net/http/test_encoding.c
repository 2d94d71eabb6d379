/* SPDX-License-Identifier: Apache-2.0 */
#include "net/http/encoding.h"

#include <string.h>

#include "unit/unit.h"

/* Whether an answer with these lines is taken. */
static bool
takes(const char *const *lines)
{
    unsigned layers = 0;

    for (; *lines != NULL; lines++)
        if (!encoding_take(&layers, *lines, strlen(*lines)))
            return false;
    return true;
}

#define TAKES(...) takes((const char *const[]){ __VA_ARGS__, NULL })

static void
one_layer_is_taken(void **state)
{
    (void) state;
    assert_true(TAKES("HTTP/1.1 200 OK\r\n", "Content-Length: 2\r\n", "\r\n"));
    assert_true(TAKES("Content-Encoding: gzip\r\n"));
    assert_true(TAKES("content-encoding:\tX-GZIP , identity\r\n"));
    assert_true(TAKES("Content-Encoding: deflate,,\r\n"));
    assert_true(TAKES("Content-Encoding: identity, identity\r\n"));
    assert_true(TAKES("Content-Encoding:\r\n"));
    assert_true(
        TAKES("Transfer-Encoding: chunked\r\n", "Content-Encoding: gzip\r\n"));
    assert_true(TAKES("Transfer-Encoding: Identity\r\n"));
    assert_true(TAKES("X-Content-Encoding: gzip, gzip\r\n"));
    assert_true(TAKES("Content-Encodings: gzip, gzip\r\n"));
}

static void
two_layers_are_not(void **state)
{
    (void) state;
    assert_false(TAKES("Content-Encoding: gzip, gzip\r\n"));
    assert_false(TAKES("Content-Encoding: gzip,deflate\r\n"));
    assert_false(TAKES("Content-Encoding: gzip,identity,,x-gzip\r\n"));
    assert_false(
        TAKES("Content-Encoding: gzip\r\n", "CONTENT-ENCODING: gzip\r\n"));
    /* Of the answer before the answer, and of trailers. */
    assert_false(TAKES("HTTP/1.1 103 Early Hints\r\n",
                       "Content-Encoding: gzip\r\n", "\r\n",
                       "HTTP/1.1 200 OK\r\n", "Content-Encoding: gzip\r\n"));
}

static void
others_are_not(void **state)
{
    (void) state;
    assert_false(TAKES("Content-Encoding: br\r\n"));
    assert_false(TAKES("Content-Encoding: zstd\r\n"));
    assert_false(TAKES("Content-Encoding: gzip;q=1\r\n"));
    assert_false(TAKES("Content-Encoding: gzip gzip\r\n"));
    assert_false(TAKES("Content-Encoding: chunked\r\n"));
    assert_false(TAKES("Content-Encoding: none\r\n"));
    assert_false(TAKES("Transfer-Encoding: gzip, chunked\r\n"));
    assert_false(TAKES("Transfer-Encoding: gzip\r\n"));
    assert_false(TAKES("transfer-encoding:x-gzip\r\n"));
}

/* The line is bytes, without a NUL behind them. */
static void
nothing_is_read_past_the_end(void **state)
{
    static const char line[] = "Content-Encoding: gzip, gzip";
    unsigned layers = 0;

    (void) state;
    assert_true(encoding_take(&layers, line, strlen(line) - 6));
    assert_int_equal(layers, 1);
    layers = 0;
    assert_true(encoding_take(&layers, line, 7));
    assert_false(encoding_take(&layers, "Content-Encoding: gz\0ip", 23));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_layer_is_taken),
        cmocka_unit_test(two_layers_are_not),
        cmocka_unit_test(others_are_not),
        cmocka_unit_test(nothing_is_read_past_the_end),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
