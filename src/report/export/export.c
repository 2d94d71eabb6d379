/* SPDX-License-Identifier: Apache-2.0 */
/* A security contact in the languages in which estates are kept. */
#include "report/export/export.h"

#include <string.h>

#include "base/cleanup.h"
#include "base/text.h"
#include "report/export/export_writers.h"

const struct export_format export_table[] = {
    { "bicep", export_bicep_write },
    { "terraform", export_terraform_write },
    { "arm", export_arm_write },
    { "az", export_az_write },
    { "powershell", export_powershell_write },
    { "policy", export_policy_write },
};

const size_t export_table_length = ARRAY_LENGTH(export_table);

const struct export_format *
export_by_name(const char *name)
{
    for (size_t i = 0; i < ARRAY_LENGTH(export_table); i++)
        if (strcmp(export_table[i].name, name) == 0)
            return &export_table[i];
    return NULL;
}

/* Valid UTF-8 without control characters, or anything that a terminal or an
 * editor shows as something else. */
static int
check_value(const char *what, const char *value, struct error *err)
{
    size_t left = strlen(value);

    while (left > 0) {
        uint32_t point;
        const size_t length = text_utf8_point(value, left, &point);
        if (length == 0 || !text_point_is_printable(point))
            return error_set(err, "%s has a character that cannot be written",
                             what);
        value += length;
        left -= length;
    }
    return 0;
}

static int
check_emails(const struct contact *contact, struct error *err)
{
    for (size_t i = 0; i < contact->email_count; i++) {
        if (check_value("an address", contact->emails[i], err) < 0)
            return -1;
        if (strpbrk(contact->emails[i], ";,") != NULL)
            return error_set(err,
                             "'%s' cannot be written: Azure splits addresses "
                             "at semicolons and commas",
                             contact->emails[i]);
    }
    return 0;
}

int
export_write(const struct export_format *format, const struct contact *contact,
             struct buffer *target, struct error *err)
{
    if (check_emails(contact, err) < 0
        || (contact->phone != NULL
            && check_value("the phone number", contact->phone, err) < 0))
        return -1;
    for (size_t i = 0; i < contact->role_count; i++)
        if (check_value("a role", contact->roles[i], err) < 0)
            return -1;
    return format->write(contact, target, err);
}
