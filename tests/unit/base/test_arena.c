/* SPDX-License-Identifier: Apache-2.0 */
#include "base/arena.h"

#include <stdalign.h>
#include <string.h>

#include "unit/unit.h"

static void
gives_aligned_zeroed_memory(void **state)
{
    struct arena *arena = arena_new();

    (void) state;
    for (size_t size = 0; size < 3000; size += 7) {
        (void) arena_copy(arena, "x"); /* leaves an odd offset */
        unsigned char *memory = arena_allocate(arena, size);
        assert_non_null(memory);
        assert_int_equal((uintptr_t) memory % alignof(max_align_t), 0);
        for (size_t i = 0; i < size; i++)
            assert_int_equal(memory[i], 0);
        memset(memory, 0xff, size);
    }
    arena_free(arena);
}

static void
large_objects_do_not_end_the_block_in_use(void **state)
{
    struct arena *arena = arena_new();

    (void) state;
    const char *first = arena_copy(arena, "a");
    char *large = arena_allocate(arena, 1024 * 1024);
    const char *second = arena_copy(arena, "b");
    assert_non_null(large);
    large[1024 * 1024 - 1] = 'x';
    assert_ptr_equal(first + 2, second);
    arena_free(arena);
}

static void
copies_and_formats(void **state)
{
    struct arena *arena = arena_new();

    (void) state;
    assert_string_equal(arena_copy(arena, "soc"), "soc");
    assert_string_equal(arena_copy_bytes(arena, "soc@x", 3), "soc");
    assert_string_equal(arena_printf(arena, "%d-%s", 7, "x"), "7-x");
    assert_null(arena_copy(arena, NULL));
    arena_free(arena);
    arena_free(NULL);
}

static void
grows_an_array_that_keeps_its_elements(void **state)
{
    struct arena *arena = arena_new();
    unsigned *array = NULL, moves = 0;

    (void) state;
    for (unsigned i = 0; i < 1000; i++) {
        unsigned *grown = arena_grow_array(arena, array, i, sizeof(*array));
        assert_non_null(grown);
        moves += grown != array;
        array = grown;
        array[i] = i;
    }
    for (unsigned i = 0; i < 1000; i++)
        assert_int_equal(array[i], i);
    assert_int_equal(moves, 11);
    arena_free(arena);
}

static void
refuses_sizes_that_overflow(void **state)
{
    struct arena *arena = arena_new();

    (void) state;
    assert_null(arena_allocate_array(arena, SIZE_MAX / 2, 3));
    assert_null(arena_allocate(arena, SIZE_MAX));
    assert_null(arena_copy_bytes(arena, "x", SIZE_MAX));
    arena_free(arena);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(gives_aligned_zeroed_memory),
        cmocka_unit_test(large_objects_do_not_end_the_block_in_use),
        cmocka_unit_test(copies_and_formats),
        cmocka_unit_test(grows_an_array_that_keeps_its_elements),
        cmocka_unit_test(refuses_sizes_that_overflow),
    };

    return cmocka_run_group_tests_name("arena", tests, NULL, NULL);
}
