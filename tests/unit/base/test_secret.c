/* SPDX-License-Identifier: Apache-2.0 */
#include "base/secret.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

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

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(copies_and_clears),
        cmocka_unit_test(nothing_is_left_where_a_secret_was_released),
    };

    return cmocka_run_group_tests_name("secret", tests, NULL, NULL);
}
