/* SPDX-License-Identifier: Apache-2.0 */
/* The dates of HTTP's headers. */
#ifndef PIKET_NET_HTTP_HTTP_DATE_H
#define PIKET_NET_HTTP_HTTP_DATE_H

#include <stdint.h>

/* The moment that an HTTP-date (RFC 9110, section 5.6.7) names, in
 * milliseconds since 1970; -1 where text is NULL or no such date. Whole
 * seconds: they may have begun up to one second earlier. */
int64_t http_date_parse(const char *text);

#endif
