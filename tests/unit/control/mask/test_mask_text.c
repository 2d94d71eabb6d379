/* SPDX-License-Identifier: Apache-2.0 */
#include "control/mask/mask_text.h"

#include <string.h>

#include "base/cleanup.h"
#include "unit/unit.h"

#define ID(number) #number "-0000-0000-0002-000000000000"

static const struct mask_value common[] = {
    { "Tailspin Toys", PSEUDONYM_TENANT_NAME },
    { "piket-audit", PSEUDONYM_IDENTITY },
};
static const struct mask_values common_values = { common, 2, NULL };
static const struct mask_value special[] = {
    { "jan contoso.nl", PSEUDONYM_ADDRESS },
    { "020 123", PSEUDONYM_PHONE },
    { "020 123 45", PSEUDONYM_PHONE },
    { "=1|+31", PSEUDONYM_PHONE },
};
static const struct mask_values all_values = { special, 4, &common_values };

static void
hides_what_tells_whose_it_is(void **state)
{
    static const struct {
        const char *text, *masked;
    } cases[] = {
        { "", "" },
        { "nothing to hide: 2026-11-22T09:14:07+01:00, 1+1", NULL },
        { "api-version=2023-12-01-preview on Microsoft.Security/a_b", NULL },
        /* ids */
        { "4b2f0c1e-0000-4000-8000-000000000001", ID(00000001) },
        { "'/subscriptions/4B2F0C1E-0000-4000-8000-000000000001/x'",
          "'/subscriptions/" ID(00000001) "/x'" },
        { "4b2f0c1e000040008000000000000001 and "
          "4b2f0c1e-0000-4000-8000-000000000001, "
          "4b2f0c1e-0000-4000-8000-000000000002",
          ID(00000001) " and " ID(00000001) ", " ID(00000002) },
        { "x4b2f0c1e-0000-4000-8000-000000000001", NULL },
        { "4b2f0c1e-0000-4000-8000-0000000000012", NULL },
        { "4b2f0c1e-0000-4000-8000-00000000000", NULL },
        { "4b2f0c1e00004000800000000000000", NULL },
        /* addresses */
        { "The client 'Jan@contoso.nl', or <jan@CONTOSO.nl>.",
          "The client 'address-1@masked.invalid', or "
          "<address-1@masked.invalid>." },
        { "o'brien@contoso.nl", "address-1@masked.invalid" },
        { "\"van der, Berg\"@contoso.nl", "address-1@masked.invalid" },
        { "\"no address\", \"jan\"", NULL },
        { "jan_gmail.com#EXT#@tailspin.onmicrosoft.com",
          "address-1@masked.invalid" },
        { "ask jan@contoso.nl;piet@contoso.nl,\tjan@contoso.nl!",
          "ask address-1@masked.invalid;address-2@masked.invalid,\t"
          "address-1@masked.invalid!" },
        { "b\xc3\xbcro@m\xc3\xbcnchen.example", "address-1@masked.invalid" },
        { "@jan@contoso.nl", "@address-1@masked.invalid" },
        { "@everyone @contoso/security @", NULL },
        { "mailto:jan@contoso.nl", "mailto:address-1@masked.invalid" },
        { "jan@", "address-1@masked.invalid" },
        /* phone numbers */
        { "call +31 6 1234 5678 or +31612345678.",
          "call phone-1 or phone-1." },
        { "(+31 (0)20) 123-4567", "(phone-1" },
        { "1+31612345678", NULL },
        { "+31612345678x", "phone-1x" },
        /* What comes behind one is not torn apart. */
        { "+31612345678 4b2f0c1e-0000-4000-8000-000000000001",
          "phone-1 " ID(00000001) },
        { "+31612345678 22222222-0000-4000-8000-00000000000e",
          "phone-1 " ID(00000001) },
        { "+31612345678 0612345678@contoso.nl",
          "phone-1 address-1@masked.invalid" },
        { "+31612345678 020 123", "phone-1 phone-2" },
        { "+12345", NULL },
        /* values, whatever they look like */
        { "TAILSPIN toys and Tailspin Toysland", "tenant-1 and Tailspin "
                                                 "Toysland" },
        { "'piket-audit'", "'identity-1'" },
        { "not a valid address: jan contoso.nl, x", "not a valid address: "
                                                    "address-1@masked.invalid"
                                                    ", x" },
        { "020 123, 020 123 45, 020 1234", "phone-1, phone-2, 020 1234" },
        { "a=1|+31", "aphone-1" },
        { "\xff\xfe@\xff", "address-1@masked.invalid" },
    };

    (void) state;
    for (size_t i = 0; i < ARRAY_LENGTH(cases); i++) {
        AUTOBUFFER target = BUFFER_INIT(1024);
        struct arena *arena = arena_new();
        struct pseudonym_tables *tables = pseudonym_tables_new(arena);
        assert_non_null(tables);
        assert_int_equal(
            mask_text_append(&target, cases[i].text, tables, &all_values), 0);
        assert_string_equal(buffer_text(&target), cases[i].masked != NULL
                                                      ? cases[i].masked
                                                      : cases[i].text);
        pseudonym_tables_free(tables);
        arena_free(arena);
    }
}

static void
fails_where_there_is_no_room(void **state)
{
    AUTOBUFFER target = BUFFER_INIT(10);
    struct arena *arena = arena_new();
    struct pseudonym_tables *tables = pseudonym_tables_new(arena);

    (void) state;
    assert_int_equal(mask_text_append(&target, "jan@contoso.nl", tables, NULL),
                     -1);
    pseudonym_tables_free(tables);
    arena_free(arena);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(hides_what_tells_whose_it_is),
        cmocka_unit_test(fails_where_there_is_no_room),
    };

    return cmocka_run_group_tests_name("mask_text", tests, NULL, NULL);
}
