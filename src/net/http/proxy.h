/* SPDX-License-Identifier: Apache-2.0 */
/* The proxy that the environment names, for messages: libcurl itself decides
 * whether it is used. */
#ifndef PIKET_NET_HTTP_PROXY_H
#define PIKET_NET_HTTP_PROXY_H

/* "HOST port PORT" of the proxy for URLs like this one, never its user or
 * password, from the variables that libcurl reads; NO_PROXY is not looked
 * at. The caller frees it. NULL where none is set, it cannot be read, or
 * memory runs out. */
char *proxy_address(const char *url);

#endif
