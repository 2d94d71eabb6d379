/* SPDX-License-Identifier: Apache-2.0 */
/* Which function answers which path. */
#include "server/route.h"

#include <string.h>
#include <strings.h>

/* Moves *text behind its first segment; returns the segment's length. */
static size_t
next_segment(const char **text, const char **ret_start)
{
    const char *start = *text + (**text == '/');
    const size_t length = strcspn(start, "/");

    *ret_start = start;
    *text = start + length;
    return length;
}

static bool
at_end(const char *text)
{
    return text[0] == '\0' || (text[0] == '/' && text[1] == '\0');
}

bool
route_fits(const char *pattern, const char *path, struct arena *arena,
           const char *parameters[EXCHANGE_PARAMETERS])
{
    const char *starts[EXCHANGE_PARAMETERS];
    size_t lengths[EXCHANGE_PARAMETERS];
    size_t found = 0;

    while (!at_end(pattern) && !at_end(path)) {
        const char *want;
        const char *have;
        const size_t want_length = next_segment(&pattern, &want);
        const size_t have_length = next_segment(&path, &have);
        if (want_length == 2 && want[0] == '{' && have_length > 0
            && found < EXCHANGE_PARAMETERS) {
            starts[found] = have;
            lengths[found++] = have_length;
        } else if (want_length != have_length
                   || strncasecmp(want, have, want_length) != 0) {
            return false;
        }
    }
    if (!at_end(pattern) || !at_end(path))
        return false;
    for (size_t i = 0; i < found; i++) {
        parameters[i] = arena_copy_bytes(arena, starts[i], lengths[i]);
        if (parameters[i] == NULL)
            return false;
    }
    return true;
}

const struct route *
route_find(const struct route *routes, size_t count, struct exchange *exchange,
           bool *ret_known)
{
    *ret_known = false;
    for (size_t i = 0; i < count; i++) {
        if (routes[i].plane != exchange->plane
            || !route_fits(routes[i].pattern, exchange->path, exchange->arena,
                           exchange->parameters))
            continue;
        *ret_known = true;
        if (strcmp(routes[i].method, exchange->method) == 0)
            return &routes[i];
    }
    return NULL;
}
