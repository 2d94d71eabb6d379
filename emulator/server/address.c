/* SPDX-License-Identifier: Apache-2.0 */
/* HOST:PORT, where to listen. */
#include "server/address.h"

#include <netdb.h>
#include <stdlib.h>
#include <string.h>

#include "base/cleanup.h"

static void
addresses_clear(struct addrinfo **addresses)
{
    if (*addresses != NULL)
        freeaddrinfo(*addresses);
}

/* Without the brackets of [::1]. */
static char *
plain_host(const char *host)
{
    const size_t length = strlen(host);

    if (length > 2 && host[0] == '[' && host[length - 1] == ']')
        return strndup(host + 1, length - 2);
    return strdup(host);
}

int
address_parse(const char *text, struct address *ret_address, struct error *err)
{
    const char *colon = strrchr(text, ':');
    CLEANUP(addresses_clear) struct addrinfo *found = NULL;
    const struct addrinfo hints = { .ai_socktype = SOCK_STREAM,
                                    .ai_flags = AI_NUMERICSERV };

    if (colon == NULL || colon == text || colon[1] == '\0')
        return error_set(err, "%s: must be HOST:PORT", text);
    AUTOFREE char *host = strndup(text, (size_t) (colon - text));
    AUTOFREE char *plain = host != NULL ? plain_host(host) : NULL;
    if (plain == NULL)
        return error_set_memory(err);
    const int status = getaddrinfo(plain, colon + 1, &hints, &found);
    if (status != 0)
        return error_set(err, "%s: %s", text, gai_strerror(status));
    memset(&ret_address->socket, 0, sizeof(ret_address->socket));
    memcpy(&ret_address->socket, found->ai_addr, found->ai_addrlen);
    ret_address->host = take_pointer(host);
    return 0;
}

void
address_done(struct address *address)
{
    free(address->host);
    address->host = NULL;
}
