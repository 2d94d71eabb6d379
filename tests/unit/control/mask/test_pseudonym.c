/* SPDX-License-Identifier: Apache-2.0 */
#include "control/mask/pseudonym.h"

#include <string.h>

#include "unit/unit.h"

static const char *
of(struct pseudonym_tables *tables, enum pseudonym_kind kind,
   const char *value)
{
    const char *pseudonym = pseudonym_of(tables, kind, value, strlen(value));

    assert_non_null(pseudonym);
    return pseudonym;
}

static void
numbers_values_as_they_are_met(void **state)
{
    struct arena *arena = arena_new();
    struct pseudonym_tables *tables = pseudonym_tables_new(arena);

    (void) state;
    assert_non_null(tables);
    assert_string_equal(of(tables, PSEUDONYM_ADDRESS, "jan@contoso.nl"),
                        "address-1@masked.invalid");
    assert_string_equal(of(tables, PSEUDONYM_ADDRESS, "piet@contoso.nl"),
                        "address-2@masked.invalid");
    assert_string_equal(of(tables, PSEUDONYM_ADDRESS, "JAN@Contoso.NL"),
                        "address-1@masked.invalid");
    assert_string_equal(of(tables, PSEUDONYM_PHONE, "+31 (20) 123-4567"),
                        "phone-1");
    assert_string_equal(of(tables, PSEUDONYM_PHONE, "+31.201234567"),
                        "phone-1");
    assert_string_equal(of(tables, PSEUDONYM_PHONE, "31201234567"), "phone-2");
    assert_string_equal(of(tables, PSEUDONYM_DOMAIN, "*.contoso.nl"),
                        "domain-1.invalid");
    /* The same text as another kind of thing is another value. */
    assert_string_equal(of(tables, PSEUDONYM_TENANT_NAME, "jan@contoso.nl"),
                        "tenant-1");
    assert_string_equal(of(tables, PSEUDONYM_IDENTITY, "x"), "identity-1");
    assert_string_equal(of(tables, PSEUDONYM_IDENTITY, ""), "");
    pseudonym_tables_free(tables);
    arena_free(arena);
}

static void
an_id_stays_what_it_was_first(void **state)
{
    struct arena *arena = arena_new();
    struct pseudonym_tables *tables = pseudonym_tables_new(arena);

    (void) state;
    assert_non_null(tables);
    assert_string_equal(of(tables, PSEUDONYM_TENANT, "aa"),
                        "00000001-0000-0000-0001-000000000000");
    assert_string_equal(of(tables, PSEUDONYM_SUBSCRIPTION, "bb"),
                        "00000001-0000-0000-0000-000000000000");
    assert_string_equal(of(tables, PSEUDONYM_ID, "AA"),
                        "00000001-0000-0000-0001-000000000000");
    assert_string_equal(of(tables, PSEUDONYM_ID, "cc"),
                        "00000001-0000-0000-0002-000000000000");
    assert_string_equal(of(tables, PSEUDONYM_SUBSCRIPTION, "cc"),
                        "00000001-0000-0000-0002-000000000000");
    pseudonym_tables_free(tables);
    arena_free(arena);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers_values_as_they_are_met),
        cmocka_unit_test(an_id_stays_what_it_was_first),
    };

    return cmocka_run_group_tests_name("pseudonym", tests, NULL, NULL);
}
