/* SPDX-License-Identifier: Apache-2.0 */
/* The variables that a tool gets. */
#include "identity/tool/tool_environment.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* PATH is not among them: see program_path. */
static const char *const common[] = {
    /* who runs it, where its files are, how it speaks */
    "HOME",
    "USER",
    "LOGNAME",
    "SHELL",
    "TERM",
    "TMPDIR",
    "TZ",
    "LANG",
    "LANGUAGE",
    "LC_*",
    "NO_COLOR",
    "XDG_*",
    /* the keyring, in which a tool may keep what it is signed in with */
    "DBUS_SESSION_BUS_ADDRESS",
    /* tools that were installed beside the system's own libraries */
    "LD_LIBRARY_PATH",
    /* the way to Entra */
    "HTTP_PROXY",
    "http_proxy",
    "HTTPS_PROXY",
    "https_proxy",
    "ALL_PROXY",
    "all_proxy",
    "NO_PROXY",
    "no_proxy",
    "SSL_CERT_FILE",
    "SSL_CERT_DIR",
    NULL,
};

/* Whether two "NAME=value" have the same name. */
static bool
same_name(const char *left, const char *right)
{
    return strncmp(left, right, strcspn(left, "=") + 1) == 0;
}

static bool
is_set(const char *variable, const char *const *set)
{
    for (; *set != NULL; set++)
        if (same_name(*set, variable))
            return true;
    return false;
}

static bool
is_named(const char *variable, const char *const *names)
{
    for (; names != NULL && *names != NULL; names++) {
        const size_t length = strcspn(*names, "*");
        if (strncmp(variable, *names, length) == 0
            && ((*names)[length] == '*' || variable[length] == '='))
            return true;
    }
    return false;
}

const char **
tool_environment(const char *const *names, const char *const *set)
{
    size_t own = 0, more = 0, count = 0;

    while (environ != NULL && environ[own] != NULL)
        own++;
    while (set[more] != NULL)
        more++;
    const char **list = calloc(own + more + 1, sizeof(*list));
    if (list == NULL)
        return NULL;
    for (size_t i = 0; i < more; i++)
        list[count++] = set[i];
    for (size_t i = 0; i < own; i++)
        if ((is_named(environ[i], common) || is_named(environ[i], names))
            && !is_set(environ[i], set))
            list[count++] = environ[i];
    return list;
}
