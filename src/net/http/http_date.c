/* SPDX-License-Identifier: Apache-2.0 */
/* The dates of HTTP's headers. */
#include "net/http/http_date.h"

#include <curl/curl.h>
#include <stddef.h>
#include <string.h>

int64_t
http_date_parse(const char *text)
{
    /* libcurl's reader takes more than HTTP-dates, "-5" among it. */
    if (text == NULL || strchr(text, ':') == NULL)
        return -1;
    const time_t moment = curl_getdate(text, NULL);
    return moment < 0 ? -1 : (int64_t) moment * 1000;
}
