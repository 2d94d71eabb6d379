/* SPDX-License-Identifier: Apache-2.0 */
/* The file of the certificates that are trusted. */
#ifndef PIKET_NET_HTTP_CA_FILE_H
#define PIKET_NET_HTTP_CA_FILE_H

#include <stdbool.h>

/* All CAs that browsers trust make 250 KiB. */
enum { CA_FILE_CEILING = 16 * 1024 * 1024 };

/* That of the options (chosen, or NULL), that of $SSL_CERT_FILE, or the
 * system's: libcurl itself reads no such variable. NULL where there is none.
 * ret_origin, which may be NULL, tells where it is from: "option",
 * "environment", "system". Borrowed. */
const char *ca_file_choose(const char *chosen, const char **ret_origin);

/* Whether OpenSSL can be given the file, which it reads to the end whatever
 * it is: a regular file, not larger than CA_FILE_CEILING, and not empty, as
 * those that the kernel makes up while they are read seem to be. If not,
 * *ret_why is the reason in words, a literal or strerror's. */
bool ca_file_check(const char *path, const char **ret_why);

#endif
