/* SPDX-License-Identifier: Apache-2.0 */
#include "base/secret_pool.h"

#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/buffer.h"
#include "base/secret.h"
#include "unit/unit.h"

enum { BLOCKS = SECRET_POOL_SIZE / 128 };

static void *blocks[BLOCKS];

/* Whether all bytes are this one. */
static bool
is_filled(const char *block, size_t size, char byte)
{
    for (size_t i = 0; i < size; i++)
        if (block[i] != byte)
            return false;
    return true;
}

/* Takes blocks of a size until none fits; each is filled with its own byte. */
static size_t
take_all(size_t size)
{
    size_t count = 0;

    while (count < BLOCKS
           && (blocks[count] = secret_pool_take(size)) != NULL) {
        assert_true(is_filled(blocks[count], size, 0));
        memset(blocks[count], (char) count, size);
        count++;
    }
    return count;
}

static void
return_all(size_t count, size_t size)
{
    for (size_t i = 0; i < count; i++) {
        assert_true(secret_pool_owns(blocks[i]));
        assert_true(is_filled(blocks[i], size, (char) i));
        secret_pool_return(blocks[i]);
        assert_true(is_filled(blocks[i], size, 0));
    }
}

static void
blocks_of_every_size_are_apart_and_come_back_empty(void **state)
{
    static const size_t sizes[] = { 1,
                                    128,
                                    129,
                                    1024,
                                    SECRET_POOL_SMALL,
                                    SECRET_POOL_SMALL + 1,
                                    SECRET_POOL_LARGEST };

    (void) state;
    for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
        const size_t count = take_all(sizes[i]);
        const size_t whole = SECRET_POOL_SIZE / secret_pool_room(blocks[0]);
        assert_true(secret_pool_room(blocks[0]) >= sizes[i]);
        assert_int_equal(count,
                         sizes[i] > SECRET_POOL_SMALL ? whole / 4 * 3 : whole);
        return_all(count, sizes[i]);
    }
    assert_null(secret_pool_take(SECRET_POOL_LARGEST + 1));
}

/* Bodies of answers leave room for a token. */
static void
large_blocks_leave_room_for_small_ones(void **state)
{
    (void) state;
    const size_t count = take_all(SECRET_POOL_LARGEST);
    void *token = secret_pool_take(SECRET_POOL_SMALL);

    assert_non_null(token);
    secret_pool_return(token);
    return_all(count, SECRET_POOL_LARGEST);
}

static void
what_does_not_fit_lies_elsewhere(void **state)
{
    (void) state;
    const size_t count = take_all(128);
    char *secret = secret_copy("s3cret");

    assert_non_null(secret);
    assert_false(secret_pool_owns(secret));
    assert_false(secret_pool_owns(NULL));
    secret_free(secret);
    return_all(count, 128);
    char *large = secret_allocate(SECRET_POOL_LARGEST + 1);
    assert_non_null(large);
    assert_false(secret_pool_owns(large));
    secret_release(large);
}

/* What a buffer wrote, line by line, as it grew out of the pool. */
static void
a_secret_buffer_grows_out_of_the_pool(void **state)
{
    AUTOBUFFER buffer = BUFFER_SECRET_INIT(1024 * 1024);

    (void) state;
    for (int i = 0; i < 10000; i++)
        assert_int_equal(buffer_printf(&buffer, "%08d", i), 0);
    for (int i = 0; i < 10000; i++) {
        char expected[9];
        (void) snprintf(expected, sizeof(expected), "%08d", i);
        assert_memory_equal(buffer_text(&buffer) + (size_t) i * 8, expected,
                            8);
    }
    assert_int_equal(buffer_printf(&buffer, "%s", ""), 0);
    assert_int_equal(buffer.length, 80000);
}

/* A process that is forked off finds none of it, and may use it. */
static void
a_forked_process_knows_no_secret(void **state)
{
    char *secret = secret_pool_take(7);
    int status;

    (void) state;
    assert_non_null(secret);
    (void) snprintf(secret, 7, "s3cret");
    const pid_t process = fork();
    assert_true(process >= 0);
    if (process == 0) {
        char *own = secret_pool_take(7);
        _exit(secret[0] == '\0' && own != NULL && own != secret ? 0 : 1);
    }
    assert_int_equal(waitpid(process, &status, 0), process);
    assert_int_equal(status, 0);
    assert_string_equal(secret, "s3cret");
    secret_pool_return(secret);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(blocks_of_every_size_are_apart_and_come_back_empty),
        cmocka_unit_test(large_blocks_leave_room_for_small_ones),
        cmocka_unit_test(what_does_not_fit_lies_elsewhere),
        cmocka_unit_test(a_secret_buffer_grows_out_of_the_pool),
        cmocka_unit_test(a_forked_process_knows_no_secret),
    };

    return cmocka_run_group_tests_name("secret_pool", tests, NULL, NULL);
}
