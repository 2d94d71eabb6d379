/* SPDX-License-Identifier: Apache-2.0 */
/* URLs, as libcurl reads them: the same reader decides where a request goes
 * and whether it may. */
#ifndef PIKET_NET_HTTP_URL_H
#define PIKET_NET_HTTP_URL_H

#include <stdbool.h>

#include "base/error.h"

/* Whether both are absolute https URLs without user information, and equal
 * in scheme, host (ignoring case) and port (443 where none is written). */
bool url_same_origin(const char *left, const char *right);

/* Whether a request may go to url: absolute, of this scheme ("https"), with
 * a host, without user information or fragment, below HTTP_URL_CEILING.
 * Messages name no part of it but the host: queries may hold secrets. */
int url_check(const char *url, const char *scheme, struct error *err);

/* The absolute URL that reference means on the page base, with characters
 * that a URL may not hold (blanks, in ARM's nextLinks) encoded, without its
 * fragment. The caller frees it. Fails where either cannot be read. */
char *url_resolve(const char *base, const char *reference, struct error *err);

/* Checks an endpoint given by a person: https, a host, no user, no query,
 * no fragment. Returns a copy without slashes at its end, which the caller
 * frees; NULL with an error that names the option or variable it came from
 * (origin). */
char *url_endpoint(const char *text, const char *origin, struct error *err);

/* The host of an absolute URL, in lower case; the caller frees it. NULL
 * where there is none, or memory runs out. */
char *url_host(const char *url);

/* The path of an absolute URL, percent-decoded; the caller frees it. NULL
 * where there is none, or memory runs out. */
char *url_path(const char *url);

/* Whether the host is this machine by a loopback address, or its name
 * "localhost". What merely looks like one, such as 127.0.0.1.example.com, is
 * a name. */
bool url_is_loopback(const char *url);

/* Percent-encodes everything but unreserved characters (RFC 3986), which is
 * valid in paths, queries and forms. The caller gives it to secret_free: it
 * may be a secret. NULL where memory runs out. */
char *url_escape(const char *text);

#endif
