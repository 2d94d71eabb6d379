/* SPDX-License-Identifier: Apache-2.0 */
/* What every unit test begins with: cmocka, and the headers that it wants to
 * stand before it. */
#ifndef PIKET_TESTS_UNIT_UNIT_H
#define PIKET_TESTS_UNIT_UNIT_H

/* clang-format off: cmocka needs those above it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
/* clang-format on */

#endif
