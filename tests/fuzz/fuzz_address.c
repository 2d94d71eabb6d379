/* SPDX-License-Identifier: Apache-2.0 */
/* Any texts as addresses and phone numbers. A valid address has one domain,
 * in which it is, and no blank; equality and order are what these words
 * promise; a valid number stays one, and the same, without its separators. */
#include "base/cleanup.h"
#include "control/value/email.h"
#include "control/value/phone.h"
#include "fuzz.h"

enum { ADDRESS_CEILING = 4 * 254 + 65, DIGITS_CEILING = 15 };

static bool
is_valid(const char *address)
{
    bool valid = false;

    fuzz_expect(email_valid(address, &valid) == 0);
    return valid;
}

static bool
are_equal(const char *left, const char *right)
{
    bool equal = false;

    fuzz_expect(email_equal(left, right, &equal) == 0);
    return equal;
}

static bool
is_in(const char *address, const char *domain)
{
    bool allowed = false;

    fuzz_expect(email_in_domains(address, &domain, 1, &allowed) == 0);
    return allowed;
}

static void
email_check(const char *address, const char *other)
{
    const char *at = strrchr(address, '@');
    const bool valid = is_valid(address);

    fuzz_expect(are_equal(address, address));
    fuzz_expect(are_equal(address, other) == are_equal(other, address));
    (void) is_in(address, other);
    if (!valid)
        return;
    fuzz_expect(at != NULL && strlen(address) <= ADDRESS_CEILING);
    fuzz_expect(strpbrk(address, "\r\n\t\033") == NULL);
    fuzz_expect(strpbrk(at, " ;,<>\"") == NULL && strchr(at, '.') != NULL);
    fuzz_expect(is_in(address, at + 1));
    /* Two of one mailbox are both valid, or none is. */
    fuzz_expect(!are_equal(address, other) || is_valid(other));
}

static void
phone_check(const char *number, const char *other)
{
    AUTOFREE char *bare = strdup(number);
    char *end = bare;

    fuzz_expect(bare != NULL && phone_equal(number, number));
    fuzz_expect((phone_compare(number, other) < 0)
                == (phone_compare(other, number) > 0));
    for (const char *at = number; *at != '\0'; at++)
        if (strchr(" .-()", *at) == NULL)
            *end++ = *at;
    *end = '\0';
    fuzz_expect(phone_equal(number, bare));
    fuzz_expect(phone_valid(number) == phone_valid(bare));
    if (phone_valid(number))
        fuzz_expect(bare[0] == '+' && strlen(bare) <= DIGITS_CEILING + 1
                    && bare[1 + strspn(bare + 1, "0123456789")] == '\0');
    if (phone_equal(number, other))
        fuzz_expect(phone_valid(number) == phone_valid(other));
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    struct fuzz_input input = FUZZ_INPUT_INIT(bytes, length);
    AUTOFREE char *first = fuzz_text(&input);
    AUTOFREE char *second = fuzz_text(&input);

    email_check(first, second);
    phone_check(first, second);
    return 0;
}
