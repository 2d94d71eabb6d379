/* SPDX-License-Identifier: Apache-2.0 */
#include "base/buffer.h"

#include <stdlib.h>
#include <string.h>

#include "unit/unit.h"

static void
grows_and_stays_terminated(void **state)
{
    AUTOBUFFER buffer = BUFFER_INIT(100000);

    (void) state;
    assert_string_equal(buffer_text(&buffer), "");
    for (int i = 0; i < 10000; i++)
        assert_int_equal(buffer_printf(&buffer, "%d,", i % 10), 0);
    assert_int_equal(buffer.length, 20000);
    assert_int_equal(strlen(buffer_text(&buffer)), 20000);
}

static void
fails_over_its_ceiling_and_stays_failed(void **state)
{
    AUTOBUFFER buffer = BUFFER_INIT(4);

    (void) state;
    assert_int_equal(buffer_append_text(&buffer, "abcd"), 0);
    assert_int_equal(buffer_append_byte(&buffer, 'e'), -1);
    assert_true(buffer_failed(&buffer));
    assert_int_equal(buffer_append_text(&buffer, ""), -1);
    assert_null(buffer_take(&buffer, NULL));
    assert_string_equal(buffer_text(&buffer), "abcd");
    buffer_clear(&buffer);
    assert_int_equal(buffer_append_text(&buffer, "abcd"), 0);
}

static void
survives_lengths_that_overflow(void **state)
{
    AUTOBUFFER buffer = BUFFER_INIT(SIZE_MAX);

    (void) state;
    buffer_append_text(&buffer, "abc");
    assert_int_equal(buffer_append(&buffer, "x", SIZE_MAX - 2), -1);
    assert_true(buffer_failed(&buffer));
}

static void
hands_over_what_it_holds(void **state)
{
    AUTOBUFFER buffer = BUFFER_INIT(64);
    size_t length = 0;

    (void) state;
    buffer_append(&buffer, "a\0b", 3);
    char *taken = buffer_take(&buffer, &length);
    assert_int_equal(length, 3);
    assert_memory_equal(taken, "a\0b", 4);
    free(taken);
    taken = buffer_take(&buffer, &length);
    assert_string_equal(taken, "");
    assert_int_equal(length, 0);
    free(taken);
}

static void
keeps_a_secret_through_growth(void **state)
{
    AUTOBUFFER buffer = BUFFER_SECRET_INIT(100000);

    (void) state;
    for (int i = 0; i < 1000; i++)
        buffer_append_text(&buffer, "0123456789");
    assert_int_equal(buffer.length, 10000);
    assert_memory_equal(buffer_text(&buffer), "0123456789", 10);
    buffer_clear(&buffer);
    /* Nothing of it is left in the memory that is kept. */
    for (size_t i = 0; i < buffer.capacity; i++)
        assert_int_equal(buffer.data[i], 0);
}

static int
collect(const char *bytes, size_t length, void *data)
{
    return buffer_append(data, bytes, length);
}

static void
passes_on_what_exceeds_a_piece(void **state)
{
    AUTOBUFFER whole = BUFFER_INIT(2000000);
    AUTOBUFFER buffer = BUFFER_INIT(1000);

    (void) state;
    buffer.ceiling = 100000;
    buffer_drain_to(&buffer, collect, &whole);
    for (int i = 0; i < 100000; i++)
        assert_int_equal(buffer_append_text(&buffer, "0123456789"), 0);
    assert_true(buffer.capacity < 200000);
    assert_int_equal(buffer_written(&buffer), 1000000);
    assert_int_equal(buffer_flush(&buffer), 0);
    assert_int_equal(whole.length, 1000000);
    assert_memory_equal(whole.data + 999990, "0123456789", 10);
    /* A drain that fails is a failure for good. */
    whole.ceiling = 1000000;
    assert_int_equal(buffer_append_byte(&buffer, 'x'), 0);
    assert_int_equal(buffer_flush(&buffer), -1);
    assert_int_equal(buffer_append_byte(&buffer, 'x'), -1);
}

static void
takes_over_a_failure(void **state)
{
    AUTOBUFFER whole = BUFFER_INIT(64);
    AUTOBUFFER part = BUFFER_INIT(4);

    (void) state;
    buffer_append_text(&part, "abc");
    assert_int_equal(buffer_append_buffer(&whole, &part), 0);
    assert_string_equal(buffer_text(&whole), "abc");
    assert_int_equal(buffer_append_text(&part, "defgh"), -1);
    assert_int_equal(buffer_append_buffer(&whole, &part), -1);
    assert_true(buffer_failed(&whole));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(grows_and_stays_terminated),
        cmocka_unit_test(fails_over_its_ceiling_and_stays_failed),
        cmocka_unit_test(survives_lengths_that_overflow),
        cmocka_unit_test(hands_over_what_it_holds),
        cmocka_unit_test(keeps_a_secret_through_growth),
        cmocka_unit_test(passes_on_what_exceeds_a_piece),
        cmocka_unit_test(takes_over_a_failure),
    };

    return cmocka_run_group_tests_name("buffer", tests, NULL, NULL);
}
