/* SPDX-License-Identifier: Apache-2.0 */
/* The file of the certificates that are trusted. */
#include "net/http/ca_file.h"

#include <curl/curl.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

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

bool
ca_file_check(const char *path, const char **ret_why)
{
    const char *why = NULL;
    struct stat status;

    if (stat(path, &status) < 0)
        why = strerror(errno);
    else if (S_ISDIR(status.st_mode))
        why = "it is a directory";
    else if (!S_ISREG(status.st_mode))
        why = "it is not a regular file";
    else if (status.st_size == 0)
        why = "it is empty";
    else if (status.st_size > CA_FILE_CEILING)
        why = "it is larger than 16 MiB";
    else if (access(path, R_OK) < 0)
        why = strerror(errno);
    if (why != NULL)
        *ret_why = why;
    return why == NULL;
}
