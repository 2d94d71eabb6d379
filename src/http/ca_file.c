/* SPDX-License-Identifier: Apache-2.0 */
/* The file of the certificates that are trusted. */
#include "http/ca_file.h"

#include <curl/curl.h>
#include <stdlib.h>

#include "base/translatable.h"

const char *
ca_file_choose(const char *chosen, const char **ret_origin)
{
    const char *from_environment = getenv("SSL_CERT_FILE");
    const char *origin = N_("system");
    const char *file = curl_version_info(CURLVERSION_NOW)->cainfo;

    if (chosen != NULL && chosen[0] != '\0') {
        origin = N_("option");
        file = chosen;
    } else if (from_environment != NULL && from_environment[0] != '\0') {
        origin = N_("environment");
        file = from_environment;
    }
    if (ret_origin != NULL)
        *ret_origin = origin;
    return file;
}
