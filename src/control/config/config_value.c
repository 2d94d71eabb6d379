/* SPDX-License-Identifier: Apache-2.0 */
/* What the values of a configuration may be. */
#include "control/config/config_value.h"

#include <string.h>

#include "base/cleanup.h"
#include "base/text.h"
#include "control/requirement/requirement_table.h"
#include "control/value/email.h"
#include "control/value/glob.h"
#include "control/value/phone.h"
#include "control/requirement/profile.h"
#include "control/value/scope.h"

const char *
config_value_profile(size_t index)
{
    return index < profile_table_length ? profile_table[index].name : NULL;
}

const char *
config_value_requirement(size_t index)
{
    return index < requirement_table_length ? requirement_table[index].id
                                            : NULL;
}

/* Azure's words, in its letter case. */
static const char *const levels[] = { "Low", "Medium", "High", "Critical" };

const char *
config_value_severity(size_t index)
{
    return index < ARRAY_LENGTH(levels) - 1 ? levels[index] : NULL;
}

const char *
config_value_risk(size_t index)
{
    return index < ARRAY_LENGTH(levels) ? levels[index] : NULL;
}

const char *
config_value_role(size_t index)
{
    /* Those of 2023-12-01-preview. */
    static const char *const roles[] = { "Owner", "Contributor",
                                         "AccountAdmin", "ServiceAdmin" };

    return index < ARRAY_LENGTH(roles) ? roles[index] : NULL;
}

/* Whether text has the digits and dashes of 2027-03-01. */
static bool
has_form_of_date(const char *text)
{
    static const char form[] = "0000-00-00";

    for (size_t i = 0; i < sizeof(form); i++) {
        const bool digit = text[i] >= '0' && text[i] <= '9';
        if (form[i] == '0' ? !digit : text[i] != form[i])
            return false;
    }
    return true;
}

static unsigned
digits_at(const char *text, size_t count)
{
    unsigned number = 0;

    for (size_t i = 0; i < count; i++)
        number = number * 10 + (unsigned) (text[i] - '0');
    return number;
}

static unsigned
days_of_month(unsigned year, unsigned month)
{
    static const unsigned days[] = { 31, 28, 31, 30, 31, 30,
                                     31, 31, 30, 31, 30, 31 };
    const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;

    return month == 2 && leap ? 29 : days[month - 1];
}

int
config_value_check_date(const char *text, struct error *err)
{
    if (!has_form_of_date(text))
        return error_set(err, "'%s' is not a date such as 2027-03-01", text);
    const unsigned year = digits_at(text, 4), month = digits_at(text + 5, 2);
    const unsigned day = digits_at(text + 8, 2);
    if (month < 1 || month > 12 || day < 1 || day > days_of_month(year, month))
        return error_set(err, "there is no day %s", text);
    return 0;
}

int
config_value_check_domain(const char *text, struct error *err)
{
    AUTOFREE char *address = NULL;
    bool valid;

    if (asprintf(&address, "a@%s",
                 text + (strncmp(text, "*.", 2) == 0 ? 2 : 0))
        < 0) {
        address = NULL;
        return error_set_memory(err);
    }
    if (email_valid(address, &valid) < 0)
        return error_set_memory(err);
    if (!valid || strrchr(text, '@') != NULL)
        return error_set(err,
                         "'%s' is not a domain such as contoso.nl or "
                         "*.contoso.nl",
                         text);
    return 0;
}

int
config_value_check_email(const char *text, struct error *err)
{
    bool valid;

    if (email_valid(text, &valid) < 0)
        return error_set_memory(err);
    /* Azure keeps all addresses in one text, joined by semicolons. */
    if (!valid || strpbrk(text, ";,") != NULL)
        return error_set(err, "'%s' is not a valid e-mail address", text);
    return 0;
}

int
config_value_check_group(const char *text, struct error *err)
{
    if (!scope_valid_group(text))
        return error_set(err,
                         "'%s' is not the id of a management group: letters, "
                         "digits, and _-.() only",
                         text);
    return 0;
}

int
config_value_check_phone(const char *text, struct error *err)
{
    if (!phone_valid(text))
        return error_set(err,
                         "'%s' is not a phone number: a plus sign, then 7 to "
                         "15 digits",
                         text);
    return 0;
}

int
config_value_check_requirement(const char *text, struct error *err)
{
    const char *ids[PROFILE_REQUIREMENTS_CEILING];
    size_t count = 0;

    for (; count < requirement_table_length && count < ARRAY_LENGTH(ids);
         count++) {
        ids[count] = requirement_table[count].id;
        if (glob_match(text, ids[count]))
            return 0;
    }
    error_set(err, "there is no requirement '%s'", text);
    const char *nearest = text_nearest(text, ids, count);
    return nearest != NULL ? error_advise(err, "did you mean '%s'?", nearest)
                           : -1;
}

int
config_value_check_tenant(const char *text, struct error *err)
{
    if (!text_is_uuid(text))
        return error_set(err, "'%s' is not the id of a tenant", text);
    return 0;
}

static bool
is_one_of(const char *text, const char *const *words, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (text_equal_ignoring_case(text, words[i]))
            return true;
    return false;
}

static bool
is_number(const char *text)
{
    static const char digits[] = "0123456789_";
    static const char *const words[] = { ".inf", ".nan" };

    text += strspn(text, "+-") == 1 ? 1 : 0;
    if (is_one_of(text, words, ARRAY_LENGTH(words)))
        return true;
    if (text_starts_with_ignoring_case(text, "0x"))
        return text[2] != '\0'
               && text[2 + strspn(text + 2, "0123456789abcdefABCDEF_")]
                      == '\0';
    if (text_starts_with_ignoring_case(text, "0o"))
        return text[2] != '\0'
               && text[2 + strspn(text + 2, "01234567_")] == '\0';
    size_t length = strspn(text, digits);
    const size_t fraction =
        text[length] == '.' ? strspn(text + length + 1, digits) : 0;
    if (length + fraction == 0)
        return false;
    text += length + (text[length] == '.' ? 1 + fraction : 0);
    if (*text != 'e' && *text != 'E')
        return *text == '\0';
    text++;
    text += strspn(text, "+-") == 1 ? 1 : 0;
    length = strspn(text, digits);
    return length > 0 && text[length] == '\0';
}

const char *
config_value_plain_kind(const char *text)
{
    /* Those of YAML 1.1 as well as 1.2: other readers may go by either. */
    static const char *const nulls[] = { "", "~", "null" };
    static const char *const booleans[] = { "true", "false", "yes", "no",
                                            "on",   "off",   "y",   "n" };

    if (is_one_of(text, nulls, ARRAY_LENGTH(nulls)))
        return "null";
    if (is_one_of(text, booleans, ARRAY_LENGTH(booleans)))
        return "the boolean";
    return is_number(text) ? "the number" : NULL;
}
