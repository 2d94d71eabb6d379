/* SPDX-License-Identifier: Apache-2.0 */
#include "control/value/csv.h"

#include <string.h>

#include "base/cleanup.h"
#include "unit/unit.h"

/* All records as LINE:field|field, one behind the other; the error where
 * there is one. */
static void
read_all(const char *text, char separator, struct buffer *all)
{
    AUTOERROR err = ERROR_INIT;
    AUTOCSV csv;
    bool read = true;

    csv_init(&csv, text, strlen(text), separator);
    while (csv_read(&csv, &read, &err) == 0 && read) {
        buffer_printf(all, "%zu:", csv.record_line);
        for (size_t i = 0; i < csv.count; i++)
            buffer_printf(all, "%s%s", i > 0 ? "|" : "", csv_field(&csv, i));
        buffer_append_text(all, ";");
        assert_string_equal(csv_field(&csv, csv.count), "");
    }
    if (err.message != NULL)
        buffer_append_text(all, error_message(&err));
}

static void
reads_records(void **state)
{
    static const struct {
        const char *text;
        char separator;
        const char *records;
    } cases[] = {
        { "", ',', "" },
        { "a,b\nc,d\n", ',', "1:a|b;2:c|d;" },
        { "a,b\r\nc,d", ',', "1:a|b;2:c|d;" },
        { "a\rb\r", ',', "1:a;2:b;" },
        { " a , b ,\n", ',', "1:a|b|;" },
        { "# no\n\n \t\na\n#end", ',', "4:a;" },
        { "\"a,b\",c", ',', "1:a,b|c;" },
        { "\"say \"\"x\"\"\" ,c", ',', "1:say \"x\"|c;" },
        { "\"a\r\nb\",c\nd", ',', "1:a\nb|c;3:d;" },
        { "a\tb", '\t', "1:a|b;" },
        { "\t\tb", '\t', "1:||b;" },
        { "a;b,c", ';', "1:a|b,c;" },
        { "a,b;c # d", '\0', "1:a,b;c # d;" },
        { "a\n\"b", ',', "1:a;2: the quotes opened here do not end" },
        { "\"\n\n", ',', "1: the quotes opened here do not end" },
        { "a,\"b\"c", ',', "1: something stands behind the closing quotes" },
        { ",,", ',', "1:||;" },
    };

    (void) state;
    for (size_t i = 0; i < ARRAY_LENGTH(cases); i++) {
        AUTOBUFFER all = BUFFER_INIT(4096);
        read_all(cases[i].text, cases[i].separator, &all);
        assert_string_equal(buffer_text(&all), cases[i].records);
    }
}

static void
has_ceilings(void **state)
{
    AUTOBUFFER wide = BUFFER_INIT(4 * CSV_RECORD_CEILING);
    AUTOBUFFER all = BUFFER_INIT(4096);

    (void) state;
    for (int i = 0; i < CSV_FIELDS_CEILING; i++)
        buffer_append_byte(&wide, ',');
    read_all(buffer_text(&wide), ',', &all);
    assert_string_equal(buffer_text(&all),
                        "1: there are more than 256 columns");
    buffer_clear(&all);
    buffer_clear(&wide);
    for (int i = 0; i < 2 * CSV_RECORD_CEILING; i++)
        buffer_append_byte(&wide, 'x');
    read_all(buffer_text(&wide), ',', &all);
    assert_string_equal(buffer_text(&all), "1: the line is too long");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_records),
        cmocka_unit_test(has_ceilings),
    };

    return cmocka_run_group_tests_name("csv", tests, NULL, NULL);
}
