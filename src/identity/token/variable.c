/* SPDX-License-Identifier: Apache-2.0 */
/* The environment, as the Azure SDKs read it. */
#include "identity/token/variable.h"

#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"

enum { VARIABLE_NAMES_CEILING = 1024 };

const char *
variable_get(const char *name)
{
    const char *value = getenv(name);

    return value != NULL && *value != '\0' ? value : NULL;
}

bool
variable_is_wrapped(const char *value)
{
    static const char strays[] = " \t\r\n\"'";

    return value != NULL && *value != '\0'
           && (strchr(strays, value[0]) != NULL
               || strchr(strays, value[strlen(value) - 1]) != NULL);
}

bool
variable_missing(const struct variable *variables, size_t count,
                 struct error *err)
{
    AUTOBUFFER names = BUFFER_INIT(VARIABLE_NAMES_CEILING);

    for (size_t i = 0; i < count; i++)
        if (variables[i].value == NULL)
            buffer_printf(&names, "%s%s", names.length > 0 ? ", " : "",
                          variables[i].name);
    if (names.length == 0)
        return false;
    error_set(err, "not set: %s", buffer_text(&names));
    return true;
}
