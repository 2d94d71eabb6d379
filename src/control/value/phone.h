/* SPDX-License-Identifier: Apache-2.0 */
/* Phone numbers in international form (ITU-T E.164). */
#ifndef PIKET_CONTROL_VALUE_PHONE_H
#define PIKET_CONTROL_VALUE_PHONE_H

#include <stdbool.h>

/* Whether the number is a plus sign and 7 to 15 digits, once blanks, dots,
 * dashes and parentheses are dropped. */
bool phone_valid(const char *number);

/* Whether two numbers are the same once these are dropped. */
bool phone_equal(const char *left, const char *right);

/* Orders as strcmp does, once these are dropped. */
int phone_compare(const char *left, const char *right);

#endif
