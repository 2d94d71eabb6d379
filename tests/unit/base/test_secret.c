/* SPDX-License-Identifier: Apache-2.0 */
#include "base/secret.h"

#include <stdio.h>

#include "unit/unit.h"

static void
copies_and_clears(void **state)
{
    char *secret = secret_copy("s3cret");

    (void) state;
    assert_string_equal(secret, "s3cret");
    secret_clear(&secret);
    assert_null(secret);
    secret_clear(&secret);
    assert_null(secret_copy(NULL));
    secret_free(NULL);
}

static void
nothing_is_left_where_a_secret_was_released(void **state)
{
    (void) state;
    secret_release(NULL);
    secret_release(secret_copy("s3cret"));
}

static void
a_larger_block_holds_what_the_smaller_one_held(void **state)
{
    char *memory = secret_resize(NULL, 7);

    (void) state;
    assert_non_null(memory);
    (void) snprintf(memory, 7, "s3cret");
    assert_ptr_equal(secret_resize(memory, 1), memory);
    char *larger = secret_resize(memory, 64 * 1024);
    assert_non_null(larger);
    assert_string_equal(larger, "s3cret");
    secret_release(larger);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(copies_and_clears),
        cmocka_unit_test(nothing_is_left_where_a_secret_was_released),
        cmocka_unit_test(a_larger_block_holds_what_the_smaller_one_held),
    };

    return cmocka_run_group_tests_name("secret", tests, NULL, NULL);
}
