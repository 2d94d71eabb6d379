/* SPDX-License-Identifier: Apache-2.0 */
/* How answers may be encoded. libcurl puts one decoder behind the other for
 * whatever a header lists, asked for or not: five layers of gzip make days of
 * work of a few kilobytes, within one call that nobody can end, and often
 * without a byte at the end. */
#ifndef PIKET_NET_HTTP_ENCODING_H
#define PIKET_NET_HTTP_ENCODING_H

#include <stdbool.h>
#include <stddef.h>

/* What is asked for. */
#define ENCODING_ACCEPTED "gzip, deflate"

/* Looks at one header line of an answer. *layers counts the decoders of all
 * its header lines, informational answers (1xx) and trailers included, and is
 * 0 before the first. Returns whether the answer may go on: there is one layer
 * of gzip or deflate at the most, and no Transfer-Encoding but chunked. */
bool encoding_take(unsigned *layers, const char *line, size_t length);

#endif
