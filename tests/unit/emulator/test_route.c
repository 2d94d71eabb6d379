/* SPDX-License-Identifier: Apache-2.0 */
#include "server/route.h"

#include "unit/unit.h"

static bool
fits(const char *pattern, const char *path, struct arena *arena,
     const char *parameters[EXCHANGE_PARAMETERS])
{
    for (size_t i = 0; i < EXCHANGE_PARAMETERS; i++)
        parameters[i] = NULL;
    return route_fits(pattern, path, arena, parameters);
}

static void
fits_without_regard_to_case(void **state)
{
    const char *parameters[EXCHANGE_PARAMETERS];
    struct arena *arena = arena_new();

    (void) state;
    assert_true(fits("/subscriptions/{}/providers/{}",
                     "/SUBSCRIPTIONS/Abc/Providers/x.y", arena, parameters));
    assert_string_equal(parameters[0], "Abc");
    assert_string_equal(parameters[1], "x.y");
    assert_null(parameters[2]);
    assert_true(
        fits("/adfs/oauth2/token", "/adfs/oauth2/token/", arena, parameters));
    arena_free(arena);
}

static void
fits_whole_segments_only(void **state)
{
    static const char *const paths[] = {
        "/subscriptions",
        "/subscriptions/",
        "/subscriptions//",
        "/subscription/",
        "/subscriptions/a/b",
        "/subscriptionsx/a",
        "",
        "/",
    };
    const char *parameters[EXCHANGE_PARAMETERS];
    struct arena *arena = arena_new();

    (void) state;
    for (size_t i = 0; i < sizeof(paths) / sizeof(paths[0]); i++)
        assert_false(fits("/subscriptions/{}", paths[i], arena, parameters));
    arena_free(arena);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(fits_without_regard_to_case),
        cmocka_unit_test(fits_whole_segments_only),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
