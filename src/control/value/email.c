/* SPDX-License-Identifier: Apache-2.0 */
/* Addresses: whether mail could be sent to one, by its form alone. */
#include "control/value/email.h"

#include <idn2.h>
#include <string.h>

#include "base/cleanup.h"
#include "base/text.h"

enum {
    EMAIL_LOCAL_CEILING = 64,    /* RFC 5321, 4.5.3.1.1 */
    EMAIL_ADDRESS_CEILING = 254, /* 4.5.3.1.3, without the angle brackets */
    EMAIL_LABEL_CEILING = 63,    /* RFC 1035, 2.3.4 */
    /* A domain of 253 letters takes at most four bytes for each. */
    EMAIL_DOMAIN_BYTES_CEILING = 4 * 253,
};

static bool
is_letter_or_digit(char letter)
{
    return (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z')
           || (letter >= '0' && letter <= '9');
}

/* RFC 5322, 3.2.3. */
static bool
is_atom_text(char letter)
{
    return is_letter_or_digit(letter)
           || (letter != '\0' && strchr("!#$%&'*+-/=?^_`{|}~", letter));
}

static bool
is_printable_ascii(char letter)
{
    return letter >= ' ' && letter <= '~';
}

static bool
dot_string_valid(const char *local, size_t length)
{
    char before = '.';

    for (size_t i = 0; i < length; i++) {
        if (local[i] == '.' ? before == '.' : !is_atom_text(local[i]))
            return false;
        before = local[i];
    }
    return before != '.';
}

/* Quotes included. */
static bool
quoted_string_valid(const char *local, size_t length)
{
    if (length < 2 || local[length - 1] != '"')
        return false;
    for (size_t i = 1; i < length - 1; i++) {
        if (local[i] == '"' || (local[i] == '\\' && ++i == length - 1))
            return false;
        if (!is_printable_ascii(local[i]))
            return false;
    }
    return true;
}

static bool
local_part_valid(const char *local, size_t length)
{
    if (length == 0 || length > EMAIL_LOCAL_CEILING)
        return false;
    return local[0] == '"' ? quoted_string_valid(local, length)
                           : dot_string_valid(local, length);
}

static bool
label_valid(const char *label, size_t length)
{
    if (length == 0 || length > EMAIL_LABEL_CEILING || label[0] == '-'
        || label[length - 1] == '-')
        return false;
    for (size_t i = 0; i < length; i++)
        if (!is_letter_or_digit(label[i]) && label[i] != '-')
            return false;
    return true;
}

/* A domain in A-label form. */
static bool
domain_valid(const char *domain)
{
    size_t labels = 0;
    const char *last = domain;

    for (const char *label = domain;; labels++) {
        const size_t length = strcspn(label, ".");
        if (!label_valid(label, length))
            return false;
        last = label;
        if (label[length] == '\0')
            break;
        label += length + 1;
    }
    return labels >= 1 && last[strspn(last, "0123456789")] != '\0';
}

static bool
needs_mapping(const char *domain)
{
    if (strcasestr(domain, "xn--") != NULL)
        return true;
    for (; *domain != '\0'; domain++)
        if ((unsigned char) *domain >= 0x80)
            return true;
    return false;
}

/* The A-label form, owned by the caller; NULL where the domain has none.
 * Returns -1 where memory runs out. Plain ASCII is not given to libidn2,
 * which refuses names in use, such as r3--sn.example. */
static int
domain_to_ascii(const char *domain, char **ret_ascii)
{
    uint8_t *mapped = NULL;

    if (strlen(domain) > EMAIL_DOMAIN_BYTES_CEILING) {
        *ret_ascii = NULL;
        return 0;
    }
    if (!needs_mapping(domain)) {
        *ret_ascii = strdup(domain);
        return *ret_ascii != NULL ? 0 : -1;
    }
    const int status = idn2_lookup_u8((const uint8_t *) domain, &mapped,
                                      IDN2_NFC_INPUT | IDN2_NONTRANSITIONAL);
    if (status == IDN2_MALLOC)
        return -1;
    if (status != IDN2_OK || mapped == NULL) {
        *ret_ascii = NULL;
        return 0;
    }
    /* libidn2 may have an allocator of its own. */
    *ret_ascii = strdup((const char *) mapped);
    idn2_free(mapped);
    return *ret_ascii != NULL ? 0 : -1;
}

/* What follows the last at-sign: one in quotes belongs to the local part.
 * NULL where there is none. */
static const char *
domain_of(const char *address)
{
    const char *at = strrchr(address, '@');

    return at != NULL ? at + 1 : NULL;
}

int
email_valid(const char *address, bool *ret_valid)
{
    AUTOFREE char *ascii = NULL;
    const char *domain = domain_of(address);

    *ret_valid = false;
    if (domain == NULL)
        return 0;
    const size_t local_length = (size_t) (domain - address) - 1;
    if (!local_part_valid(address, local_length))
        return 0;
    if (domain_to_ascii(domain, &ascii) < 0)
        return -1;
    *ret_valid = ascii != NULL && domain_valid(ascii)
                 && local_length + 1 + strlen(ascii) <= EMAIL_ADDRESS_CEILING;
    return 0;
}

/* Both in A-label form; pattern without its wildcard where below is set. */
static bool
domain_matches(const char *domain, const char *pattern, bool below)
{
    const size_t domain_length = strlen(domain);
    const size_t pattern_length = strlen(pattern);

    if (!below)
        return text_equal_ignoring_case(domain, pattern);
    return domain_length > pattern_length + 1
           && domain[domain_length - pattern_length - 1] == '.'
           && text_equal_ignoring_case(domain + domain_length - pattern_length,
                                       pattern);
}

int
email_in_domains(const char *address, const char *const *domains, size_t count,
                 bool *ret_allowed)
{
    AUTOFREE char *ascii = NULL;
    const char *domain = domain_of(address);
    bool allowed = false;

    if (domain != NULL && domain_to_ascii(domain, &ascii) < 0)
        return -1;
    for (size_t i = 0; ascii != NULL && i < count && !allowed; i++) {
        AUTOFREE char *pattern = NULL;
        const bool below = strncmp(domains[i], "*.", 2) == 0;
        if (domain_to_ascii(domains[i] + (below ? 2 : 0), &pattern) < 0)
            return -1;
        allowed = pattern != NULL && domain_matches(ascii, pattern, below);
    }
    *ret_allowed = allowed;
    return 0;
}

/* Whether what stands before the domains is the same. */
static int
local_parts_equal(const char *left, const char *left_domain, const char *right,
                  const char *right_domain, bool *ret_equal)
{
    const size_t length = (size_t) (left_domain - left);

    *ret_equal = false;
    if (length != (size_t) (right_domain - right))
        return 0;
    AUTOFREE char *local = strndup(left, length);
    if (local == NULL)
        return -1;
    *ret_equal = text_starts_with_ignoring_case(right, local);
    return 0;
}

int
email_equal(const char *left, const char *right, bool *ret_equal)
{
    AUTOFREE char *left_ascii = NULL, *right_ascii = NULL;
    const char *left_domain = domain_of(left);
    const char *right_domain = domain_of(right);

    *ret_equal = text_equal_ignoring_case(left, right);
    if (*ret_equal || left_domain == NULL || right_domain == NULL
        || (!needs_mapping(left_domain) && !needs_mapping(right_domain)))
        return 0;
    if (local_parts_equal(left, left_domain, right, right_domain, ret_equal)
        < 0)
        return -1;
    if (!*ret_equal)
        return 0;
    if (domain_to_ascii(left_domain, &left_ascii) < 0
        || domain_to_ascii(right_domain, &right_ascii) < 0)
        return -1;
    *ret_equal = left_ascii != NULL && right_ascii != NULL
                 && text_equal_ignoring_case(left_ascii, right_ascii);
    return 0;
}
