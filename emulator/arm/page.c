/* SPDX-License-Identifier: Apache-2.0 */
/* Lists that come in pages. The skip token is the number of what came
 * before, in base64url, so that nobody is tempted to count with it. */
#include "arm/page.h"

#include <string.h>

#include "arm/arm_error.h"
#include "base/text.h"
#include "token/base64url.h"

enum { TOKEN_MAXIMUM = 64 };

bool
page_start(struct exchange *exchange, size_t *ret_start)
{
    const char *token = exchange_argument(exchange, "$skiptoken");
    AUTOBUFFER text = BUFFER_INIT(TOKEN_MAXIMUM);
    uint64_t start;

    *ret_start = 0;
    if (token == NULL)
        return true;
    if (base64url_decode(&text, token, strlen(token)) < 0
        || !text_starts_with_ignoring_case(buffer_text(&text), "start=")
        || text_to_unsigned(buffer_text(&text) + strlen("start="), UINT32_MAX,
                            &start)
               < 0) {
        arm_refuse(exchange, 400, "InvalidSkipToken",
                   "The provided skip token '%s' is invalid.", token);
        return false;
    }
    *ret_start = (size_t) start;
    return true;
}

const char *
page_link(struct exchange *exchange, size_t start)
{
    AUTOBUFFER plain = BUFFER_INIT(TOKEN_MAXIMUM);
    AUTOBUFFER token = BUFFER_INIT(TOKEN_MAXIMUM * 2);
    const char *top = exchange_argument(exchange, "$top");

    buffer_printf(&plain, "start=%zu", start);
    if (base64url_encode(&token, buffer_text(&plain), plain.length) < 0)
        exchange->failed = true;
    const char *link = arena_printf(
        exchange->arena, "%s%s?api-version=%s%s%s&%%24skiptoken=%s",
        exchange_origin(exchange), exchange->path, exchange->api_version,
        top != NULL ? "&%24top=" : "", top != NULL ? top : "",
        buffer_text(&token));
    exchange->failed |= link == NULL;
    return link;
}
