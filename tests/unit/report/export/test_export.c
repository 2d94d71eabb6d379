/* SPDX-License-Identifier: Apache-2.0 */
#include "report/export/export.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jansson.h>

#include "base/cleanup.h"
#include "unit/report/golden.h"
#include "unit/unit.h"

static const char *const owner[] = { "Owner" };
static const char *const plain[] = { "soc@contoso.nl" };

/* Addresses that each have what means something to somebody. The last is not
 * valid, but PowerShell takes U+2018 for a quote. */
static const char *const hostile[] = {
    "o'neil`id`${HOME}%{x}@contoso.nl",
    "\"\\\"$(id)' && rm -rf ~ #\"@contoso.nl",
    "soc@\xe2\x80\x98m\xc3\xbcnchen.example",
};
static const char *const two_roles[] = { "Owner", "Contributor" };

static const struct contact modest = {
    .enabled = CONTACT_ON,
    .emails = plain,
    .email_count = 1,
    .alerts = { CONTACT_LEVEL_HIGH, "High" },
    .attack_paths = { CONTACT_LEVEL_OFF, NULL },
    .roles_notified = CONTACT_ON,
    .roles = owner,
    .role_count = 1,
};

static struct contact
full_contact(void)
{
    struct contact contact = modest;

    contact.emails = hostile;
    contact.email_count = 2;
    contact.phone = "+31 (0)20 123-4567";
    contact.alerts = (struct contact_threshold){ CONTACT_LEVEL_LOW, "Low" };
    contact.attack_paths =
        (struct contact_threshold){ CONTACT_LEVEL_CRITICAL, "Critical" };
    contact.roles = two_roles;
    contact.role_count = 2;
    return contact;
}

static void
write_format(const struct export_format *format, const struct contact *contact,
             struct buffer *target)
{
    AUTOERROR err = ERROR_INIT;

    if (export_write(format, contact, target, &err) < 0)
        fail_msg("%s: %s", format->name, error_message(&err));
}

static void
each_format_is_as_accepted(void **state)
{
    static const char *const endings[] = { "bicep", "tf",  "json",
                                           "sh",    "ps1", "json" };
    const struct contact full = full_contact();

    (void) state;
    for (size_t i = 0; i < export_table_length; i++) {
        const struct export_format *format = &export_table[i];
        AUTOBUFFER text = BUFFER_INIT(1024 * 1024);
        AUTOFREE char *path = NULL, *other = NULL;
        assert_ptr_equal(export_by_name(format->name), format);
        assert_true(asprintf(&path, "export/%s.%s", format->name, endings[i])
                    > 0);
        write_format(format, &full, &text);
        golden_compare(path, &text);
        buffer_clear(&text);
        assert_true(
            asprintf(&other, "export/%s-plain.%s", format->name, endings[i])
            > 0);
        write_format(format, &modest, &text);
        golden_compare(other, &text);
    }
    assert_null(export_by_name("Bicep"));
}

/* The value that stands behind a text of the document, up to a line's end. */
static char *
line_behind(const struct buffer *document, const char *start)
{
    const char *line = strstr(buffer_text(document), start);

    assert_non_null(line);
    line += strlen(start);
    return strndup(line, strcspn(line, "\n"));
}

/* Takes the quotes of a language away again: each pair of letters that stands
 * for one. */
static char *
unquote(const char *quoted, const char *const (*pairs)[2], size_t count)
{
    AUTOBUFFER text = BUFFER_INIT(64 * 1024);
    const size_t length = strlen(quoted);

    assert_true(length >= 2 && quoted[0] == quoted[length - 1]);
    for (const char *next = quoted + 1; next < quoted + length - 1;) {
        size_t i = 0;
        while (i < count
               && strncmp(next, pairs[i][0], strlen(pairs[i][0])) != 0)
            i++;
        /* What is not escaped may not end the text, nor begin another. */
        if (i == count) {
            assert_int_not_equal(*next, quoted[0]);
            buffer_append_byte(&text, *next++);
        } else {
            buffer_append_text(&text, pairs[i][1]);
            next += strlen(pairs[i][0]);
        }
    }
    return buffer_take(&text, NULL);
}

static char *
join(const struct contact *contact)
{
    AUTOBUFFER text = BUFFER_INIT(64 * 1024);

    for (size_t i = 0; i < contact->email_count; i++)
        buffer_printf(&text, "%s%s", i > 0 ? ";" : "", contact->emails[i]);
    return buffer_take(&text, NULL);
}

static void
expect_emails(const char *format, const char *start,
              const char *const (*pairs)[2], size_t count)
{
    AUTOBUFFER text = BUFFER_INIT(1024 * 1024);
    const struct contact full = full_contact();
    AUTOFREE char *wanted = join(&full);

    write_format(export_by_name(format), &full, &text);
    AUTOFREE char *quoted = line_behind(&text, start);
    AUTOFREE char *value = unquote(quoted, pairs, count);
    assert_string_equal(value, wanted);
}

static void
a_value_cannot_leave_its_quotes(void **state)
{
    static const char *const bicep[][2] = { { "\\\\", "\\" },
                                            { "\\'", "'" },
                                            { "\\${", "${" } };
    static const char *const terraform[][2] = {
        { "\\\\", "\\" }, { "\\\"", "\"" }, { "$${", "${" }, { "%%{", "%{" }
    };

    (void) state;
    expect_emails("bicep", "emails: ", bicep, ARRAY_LENGTH(bicep));
    expect_emails("terraform", "emails    = ", terraform,
                  ARRAY_LENGTH(terraform));
}

/* The addresses in the JSON that a script holds between single quotes. */
static void
expect_script(const char *format, const char *start, const char *apostrophe)
{
    const char *const pairs[][2] = { { apostrophe, "'" } };
    AUTOBUFFER text = BUFFER_INIT(1024 * 1024);
    struct contact full = full_contact();

    full.email_count = ARRAY_LENGTH(hostile);
    AUTOFREE char *wanted = join(&full);
    write_format(export_by_name(format), &full, &text);
    for (size_t i = 0; i < text.length; i++)
        assert_true((unsigned char) text.data[i] < 0x80);
    AUTOFREE char *quoted = line_behind(&text, start);
    AUTOFREE char *body = unquote(quoted, pairs, 1);
    json_t *document = json_loads(body, 0, NULL);
    const json_t *properties = json_object_get(document, "properties");
    assert_string_equal(
        json_string_value(json_object_get(properties, "emails")), wanted);
    json_decref(document);
}

static void
a_script_holds_its_body_between_single_quotes(void **state)
{
    (void) state;
    expect_script("az", "\nbody=", "'\\''");
    expect_script("powershell", "$payload = ", "''");
}

static void
what_cannot_be_promised_is_refused(void **state)
{
    static const struct {
        const char *email, *phone, *role, *error;
    } cases[] = {
        { "a@x.nl\nrm", NULL, "Owner",
          "an address has a character that cannot be written" },
        { "a\xe2\x80\xae@x.nl", NULL, "Owner",
          "an address has a character that cannot be written" },
        { "a\xff@x.nl", NULL, "Owner",
          "an address has a character that cannot be written" },
        { "\"a;b\"@x.nl", NULL, "Owner",
          "'\"a;b\"@x.nl' cannot be written: Azure splits addresses at "
          "semicolons and commas" },
        { "a@x.nl", "+31\r20", "Owner",
          "the phone number has a character that cannot be written" },
        { "a@x.nl", NULL, "Owner\t",
          "a role has a character that cannot be written" },
    };

    (void) state;
    for (size_t i = 0; i < ARRAY_LENGTH(cases); i++) {
        struct contact contact = modest;
        contact.emails = &cases[i].email;
        contact.phone = cases[i].phone;
        contact.roles = &cases[i].role;
        for (size_t j = 0; j < export_table_length; j++) {
            AUTOBUFFER text = BUFFER_INIT(1024 * 1024);
            AUTOERROR err = ERROR_INIT;
            assert_int_equal(
                export_write(&export_table[j], &contact, &text, &err), -1);
            assert_string_equal(error_message(&err), cases[i].error);
            assert_int_equal(text.length, 0);
        }
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_format_is_as_accepted),
        cmocka_unit_test(a_value_cannot_leave_its_quotes),
        cmocka_unit_test(a_script_holds_its_body_between_single_quotes),
        cmocka_unit_test(what_cannot_be_promised_is_refused),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
