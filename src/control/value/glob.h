/* SPDX-License-Identifier: Apache-2.0 */
/* Patterns for names: * is any text, ? any one letter, all else itself. */
#ifndef PIKET_CONTROL_VALUE_GLOB_H
#define PIKET_CONTROL_VALUE_GLOB_H

#include <stdbool.h>

/* Whether text is a pattern, rather than a name of its own. */
bool glob_is_pattern(const char *text);

/* Whether pattern covers the whole of text, without regard to the case of
 * ASCII letters. Both are valid UTF-8: ? stands for one code point. Takes no
 * more than length times length steps. */
bool glob_match(const char *pattern, const char *text);

#endif
