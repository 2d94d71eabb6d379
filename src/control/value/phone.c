/* SPDX-License-Identifier: Apache-2.0 */
/* Phone numbers in international form. */
#include "control/value/phone.h"

#include <stddef.h>
#include <string.h>

enum { PHONE_DIGITS_LEAST = 7, PHONE_DIGITS_MOST = 15 };

static const char separators[] = " .-()";

bool
phone_valid(const char *number)
{
    size_t digits = 0;

    number += strspn(number, separators);
    if (*number++ != '+')
        return false;
    for (; *number != '\0'; number++) {
        if (*number >= '0' && *number <= '9')
            digits++;
        else if (strchr(separators, *number) == NULL)
            return false;
    }
    return digits >= PHONE_DIGITS_LEAST && digits <= PHONE_DIGITS_MOST;
}

int
phone_compare(const char *left, const char *right)
{
    for (;; left++, right++) {
        left += strspn(left, separators);
        right += strspn(right, separators);
        if (*left != *right || *left == '\0')
            return (unsigned char) *left - (unsigned char) *right;
    }
}

bool
phone_equal(const char *left, const char *right)
{
    return phone_compare(left, right) == 0;
}
