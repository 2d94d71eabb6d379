/* SPDX-License-Identifier: Apache-2.0 */
/* The file of the certificates that are trusted. */
#ifndef PIKET_HTTP_CA_FILE_H
#define PIKET_HTTP_CA_FILE_H

/* That of the options (chosen, or NULL), that of $SSL_CERT_FILE, or the
 * system's: libcurl itself reads no such variable. NULL where there is none.
 * ret_origin, which may be NULL, tells where it is from: "option",
 * "environment", "system". Borrowed. */
const char *ca_file_choose(const char *chosen, const char **ret_origin);

#endif
