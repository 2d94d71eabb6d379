/* SPDX-License-Identifier: Apache-2.0 */
/* The dates in which issuers write the end of a token. */
#ifndef PIKET_IDENTITY_TOKEN_TOKEN_TIME_H
#define PIKET_IDENTITY_TOKEN_TOKEN_TIME_H

#include <stdint.h>

/* The end of the year 9999, in seconds since 1970. */
#define TOKEN_TIME_LAST INT64_C(253402300799)

/* Reads a time in UTC, or with its own offset: RFC 3339, the same with a
 * blank for the T, or MM/dd/yyyy HH:mm:ss, which App Service has been seen
 * to send, also with AM or PM and a blank before
 * the offset ("1/16/2020 5:24:12 AM +00:00"). Results are milliseconds since
 * 1970. Returns 0 or -1. */
int token_time_utc(const char *text, int64_t *ret_milliseconds);

/* Reads yyyy-MM-dd HH:mm:ss.ffffff in the local time zone, which is how the
 * Azure CLI writes "expiresOn". */
int token_time_local(const char *text, int64_t *ret_milliseconds);

#endif
