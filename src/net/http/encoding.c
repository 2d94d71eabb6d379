/* SPDX-License-Identifier: Apache-2.0 */
/* How answers may be encoded. */
#include "net/http/encoding.h"

#include <string.h>
#include <strings.h>

#include "base/cleanup.h"

/* What may stand in which header (RFC 9110, 8.4.1; RFC 9112, 7). */
static const struct {
    const char *header;
    const char *name;
    unsigned layers;
} encodings[] = {
    { "Content-Encoding:", "identity", 0 },
    { "Content-Encoding:", "gzip", 1 },
    { "Content-Encoding:", "x-gzip", 1 },
    { "Content-Encoding:", "deflate", 1 },
    { "Transfer-Encoding:", "identity", 0 },
    { "Transfer-Encoding:", "chunked", 0 },
};

static bool
begins_with(const char *line, size_t length, const char *header)
{
    return length >= strlen(header)
           && strncasecmp(line, header, strlen(header)) == 0;
}

static bool
is_blank(char byte)
{
    return byte == ' ' || (byte >= '\t' && byte <= '\r');
}

/* One name of the list, with blanks around it. */
static bool
name_take(unsigned *layers, const char *header, const char *name,
          size_t length)
{
    for (; length > 0 && is_blank(name[0]); length--)
        name++;
    while (length > 0 && is_blank(name[length - 1]))
        length--;
    if (length == 0)
        return true;
    for (size_t i = 0; i < ARRAY_LENGTH(encodings); i++)
        if (strcmp(encodings[i].header, header) == 0
            && strlen(encodings[i].name) == length
            && strncasecmp(encodings[i].name, name, length) == 0) {
            *layers += encodings[i].layers;
            return *layers <= 1;
        }
    return false;
}

static bool
list_take(unsigned *layers, const char *header, const char *list,
          const char *end)
{
    while (list < end) {
        const char *comma = memchr(list, ',', (size_t) (end - list));
        const char *stop = comma != NULL ? comma : end;
        if (!name_take(layers, header, list, (size_t) (stop - list)))
            return false;
        list = stop + 1;
    }
    return true;
}

bool
encoding_take(unsigned *layers, const char *line, size_t length)
{
    static const char *const headers[] = { "Content-Encoding:",
                                           "Transfer-Encoding:" };

    for (size_t i = 0; i < ARRAY_LENGTH(headers); i++)
        if (begins_with(line, length, headers[i]))
            return list_take(layers, headers[i], line + strlen(headers[i]),
                             line + length);
    return true;
}
